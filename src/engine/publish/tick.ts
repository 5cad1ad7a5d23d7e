import type { CaptureInterfaceInfo, Tick } from '../../shared/contract/engine';
import type { ReplayState } from '../../shared/contract/live';
import { linkTypeName } from '../../shared/model/link-types';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';
import type { LagMeter } from './lag-meter';

/** Warnings and interfaces that a tick carries: it must stay small. */
const MAX_WARNINGS = 100;
const MAX_INTERFACES = 64;

const NO_FILTER: Tick['filter'] = { id: 0, text: '', range: null, scanning: false, scanned: 0, shown: 0, forgotten: 0 };

const NO_ANNOTATIONS: Tick['annotations'] = { revision: 0, marked: 0, commented: 0 };

/** The state of everything that the window's frame shows. */
export function makeTick(session: Session | null, view: PacketView | null, lag: LagMeter): Tick {
  const engine = { memory: process.memoryUsage.rss(), indexBytes: session?.capture.tables.indexBytes ?? 0, lagMs: lag.milliseconds };
  if (!session || !view) {
    return {
      session: null,
      load: { state: 'none', consumed: 0, total: null, following: false },
      warnings: [],
      warningCount: 0,
      interfaces: [],
      packets: 0,
      firstPacket: 0,
      bytes: 0,
      startSecond: 0,
      firstTime: null,
      lastTime: null,
      flows: { total: 0, active: 0, evicted: 0 },
      dropped: null,
      live: null,
      replay: null,
      filter: NO_FILTER,
      annotations: NO_ANNOTATIONS,
      engine,
    };
  }
  const { source, tables } = session.capture;
  const { packets, flows } = tables;
  const live = session.live?.state(packets.startSecond) ?? null;
  return {
    session: session.info,
    load: { state: session.load, ...source.progress(), following: session.following },
    warnings: session.warnings.slice(0, MAX_WARNINGS),
    warningCount: session.warnings.length,
    interfaces: source.interfaces.slice(0, MAX_INTERFACES).map(interfaceInfo),
    packets: packets.count,
    firstPacket: packets.first,
    bytes: session.statistics.bytes,
    startSecond: packets.startSecond,
    firstTime: session.statistics.firstTime,
    lastTime: session.statistics.lastTime,
    flows: { total: flows.count, active: flows.activeCount, evicted: flows.evicted },
    dropped: live ? live.dropped : dropped(session),
    live,
    replay: replayState(session),
    filter: {
      id: view.id,
      text: view.text,
      range: view.range,
      scanning: view.scanning,
      scanned: view.scanned,
      shown: view.count,
      forgotten: view.forgotten,
    },
    annotations: session.annotations.news,
    engine,
  };
}

const interfaceInfo = (captured: Session['capture']['source']['interfaces'][number]): CaptureInterfaceInfo => ({
  name: captured.name,
  description: captured.description,
  linkType: linkTypeName(captured.linkType),
  snapLength: captured.snapLength,
  droppedPackets: captured.droppedPackets,
});

function replayState({ replay, outline, statistics }: Session): ReplayState | null {
  if (!replay) return null;
  const { speed, paused, position, ended } = replay;
  return { speed, paused, position, ended, end: outline?.to ?? (ended ? statistics.lastTime : null) };
}

function dropped(session: Session): number | null {
  let sum: number | null = null;
  for (const { droppedPackets } of session.capture.source.interfaces) if (droppedPackets !== null) sum = (sum ?? 0) + droppedPackets;
  return sum;
}
