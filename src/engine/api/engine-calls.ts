import type { z } from 'zod';
import { ProblemError } from '../../shared/base/result';
import type { AlertQuery } from '../../shared/contract/alerts';
import type { EngineCalls } from '../../shared/contract/engine';
import type { CallHandler } from '../../shared/rpc/server';
import { annotationCalls } from '../annotations/calls';
import type { Engine } from '../engine';
import { exportCalls } from '../exports/calls';
import { exposureCalls } from '../exposure/exposure-service';
import { findCalls } from '../find/calls';
import { liveCalls } from '../live/calls';
import { mapCalls } from '../map/calls';
import { overviewCalls } from '../overview/calls';
import { settingsCalls } from '../settings/calls';
import { statisticsCalls } from '../stats-views/calls';
import { streamCalls } from '../streams/calls';
import { schemas } from './schemas';

type Handlers = {
  [K in keyof EngineCalls]: (
    args: EngineCalls[K]['args'],
    signal: AbortSignal,
  ) => Promise<EngineCalls[K]['result']> | EngineCalls[K]['result'];
};

/** Calls that go over all that the filter shows: they wait a moment for the search. */
const COUNTING: ReadonlySet<keyof EngineCalls> = new Set([
  'flows.rows',
  'statistics',
  'timeline',
  'alerts.rows',
  'alerts.groups',
  'map.places',
  'map.events',
  'overview.places',
  'overview.new',
  'statistics.packets',
  'statistics.conversations',
  'statistics.endpoints',
  'statistics.tcpHosts',
  'exposure.rows',
  'hosts.rows',
  'topology.graph',
]);

/** The contract's calls on this engine, each behind the check of its arguments. */
export function engineCalls(engine: Engine): Readonly<Record<string, CallHandler>> {
  /** Null: all. */
  const alertsIn = async ({ scope }: AlertQuery): Promise<ReadonlySet<number> | null> =>
    scope === 'shown' ? engine.shownAlerts.ids() : null;
  const handlers: Handlers = {
    'session.open': ({ path, follow }) => engine.open(path, follow ?? false),
    'session.cancel': () => engine.cancel(),
    'session.close': () => engine.close(),
    'filter.set': ({ text, range }) => engine.setFilter(text, range),
    'filter.check': ({ text }) => engine.checkFilter(text),
    'filter.complete': ({ text, cursor }) => engine.completeFilter(text, cursor),
    'packets.rows': (args, signal) => engine.packetRows(args, signal),
    'packets.position': ({ index }) => engine.packetPosition(index),
    'packets.details': ({ index }) => engine.packetDetails(index),
    'flows.rows': (args, signal) => engine.flowRows(args, signal),
    'flows.get': ({ index }) => engine.flow(index),
    statistics: ({ scope }, signal) => engine.statistics(scope, signal),
    databases: () => engine.databases(),
    timeline: ({ buckets, last }, signal) => engine.timeline(buckets, last ?? null, signal),
    'alerts.rows': async (args) => engine.alerts.rows(args, await alertsIn(args.query)),
    'alerts.groups': async (args) => engine.alerts.groups(args, await alertsIn(args.query)),
    'alerts.get': ({ id }) => engine.alerts.get(id),
    'alerts.marks': () => engine.alerts.marks(),
    'alerts.handle': ({ ids, status, note }) => engine.alerts.handle(ids, status, note),
    'alerts.export': async (args) => engine.alerts.export(args, await alertsIn(args.query)),
    'alerts.send': async (args) => engine.alerts.send(args, await alertsIn(args.query)),
    ...annotationCalls(engine.annotations),
    ...findCalls(engine.finds),
    ...mapCalls(engine.map),
    ...overviewCalls(engine.reports.overview),
    ...statisticsCalls(engine.reports.statistics),
    ...exposureCalls(engine.reports.exposure),
    ...exportCalls(engine.exports),
    'hosts.rows': (args) => engine.hosts.rows(args),
    'hosts.get': ({ address }) => engine.hosts.get(address),
    'hosts.block': ({ address }, signal) => engine.hosts.block(address, signal),
    'topology.graph': (query) => engine.topology.graph(query),
    'mutes.list': () => ({ mutes: engine.alerts.mutes() }),
    'mutes.add': ({ mute }) => engine.alerts.addMute(mute),
    'mutes.remove': ({ id }) => engine.alerts.removeMute(id),
    ...settingsCalls(engine),
    ...liveCalls(engine),
    ...streamCalls(engine),
    listeners: () => engine.processes?.listeners() ?? { listeners: [] },
    'interfaces.series': () => engine.processes?.series() ?? { times: [], interfaces: [] },
    'history.captures': (args) => engine.history.captures(args),
    'history.host': ({ address }) => engine.history.host(address),
    'history.series': (query) => engine.history.series(query),
    'history.forget': ({ captureId }) => engine.history.forget(captureId),
  };
  const calls: Record<string, CallHandler> = {};
  for (const name of Object.keys(handlers) as (keyof EngineCalls)[]) {
    const handler = handlers[name] as (args: unknown, signal: AbortSignal) => unknown;
    const schema: z.ZodType = schemas[name];
    calls[name] = async (args, signal) => {
      const parsed = schema.safeParse(args);
      if (!parsed.success)
        throw new ProblemError({ code: 'bad-arguments', sentence: `The arguments of "${name}" are not what the engine expects.` });
      if (COUNTING.has(name)) await engine.caughtUp();
      return handler(parsed.data, signal);
    };
  }
  return calls;
}
