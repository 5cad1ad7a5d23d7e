import { AuthOutcome, EventKind } from '../../shared/model/event-kinds';
import type { AddressIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { Alert } from '../detectors/alert';
import type { Direction } from '../flows/flow-records';
import type { SessionTables } from '../session-tables';
import { HostCounters } from './host-counters';
import { chooseHosts } from './host-slots';

const STEP = 0xfff;

/** What a census reads beside the tables. */
export interface CensusContext {
  readonly tables: SessionTables;
  /** Alerts that stand: listed, and no mute hides them. */
  readonly alerts: readonly Alert[];
  /** Multicast or broadcast. */
  isGroup(address: AddressIndex): boolean;
}

/** The hosts of a session and their numbers, at one moment. */
export interface Census {
  readonly counters: HostCounters;
  readonly hosts: number;
  /** Slot of an address; -1: it is not listed. */
  slotOf(address: AddressIndex): number;
}

/** Counts all hosts, at most `limit`. Works in turns; half-done when aborted. */
export async function takeCensus(context: CensusContext, signal: AbortSignal, limit?: number): Promise<Census> {
  const { tables, alerts } = context;
  const wanted = new Set<AddressIndex>();
  for (const alert of alerts) for (const { address } of partsIn(alert)) wanted.add(address);
  const { chosen, slotOf, hosts } = await chooseHosts(tables.addresses, tables.flows, wanted, signal, limit);
  const counters = new HostCounters(chosen.length);
  counters.addresses.set(chosen);
  await countHosts(context, counters, slotOf, signal);
  return { counters, hosts, slotOf };
}

/** The numbers of one address, listed or not. */
export async function countHost(context: CensusContext, address: AddressIndex, signal: AbortSignal): Promise<HostCounters> {
  const counters = new HostCounters(1);
  counters.addresses[0] = address;
  await countHosts(context, counters, (each) => (each === address ? 0 : -1), signal);
  return counters;
}

async function countHosts(
  context: CensusContext,
  counters: HostCounters,
  slotOf: (address: AddressIndex) => number,
  signal: AbortSignal,
): Promise<void> {
  const { tables, alerts } = context;
  const { flows, events, packets } = tables;
  const turn = new Turn();
  for (let flow = flows.oldest; flow < flows.count && !signal.aborted; flow++) {
    if ((flow & STEP) === STEP && turn.over) await turn.next();
    // While a file is read the oldest flows may go between two turns.
    if (!flows.has(flow)) continue;
    const destination = flows.destination(flow);
    for (const end of ENDS) {
      const slot = slotOf(end === 0 ? flows.source(flow) : destination);
      if (slot >= 0) counters.addFlow(slot, flows, flow, end, context.isGroup(destination));
    }
  }
  for (let event = 0; event < events.count && !signal.aborted; event++) {
    if ((event & STEP) === STEP && turn.over) {
      const next = events.row[event] ?? 0;
      await turn.next();
      // A capture that goes on may have dropped old ones meanwhile, and the others moved up.
      if (events.row[event] !== next) event = events.firstAtOrAfter(next);
    }
    if (events.kind[event] !== EventKind.Authentication) continue;
    const row = events.row[event] ?? 0;
    const flow = packets.has(row) ? (packets.chunkOf(row).flow[row & CHUNK_MASK] ?? -1) : -1;
    const slot = flows.has(flow) ? slotOf(flows.source(flow)) : -1;
    if (slot >= 0) counters.addLogin(slot, outcomeOfNumber(events.number[event] ?? 0));
  }
  for (const alert of alerts) {
    for (const { address, isSource } of partsIn(alert)) {
      const slot = slotOf(address);
      if (slot >= 0) counters.addAlert(slot, alert.type, alert.severity, isSource);
    }
  }
}

const ENDS: readonly Direction[] = [0, 1];

/** Of an Authentication event's number: `AuthService` << 8 | `AuthOutcome`. */
const outcomeOfNumber = (number: number): number =>
  (number & 0xff) === AuthOutcome.Succeeded ? AuthOutcome.Succeeded : AuthOutcome.Failed;

export interface AlertPart {
  readonly address: AddressIndex;
  readonly isSource: boolean;
}

/** Whom an alert names, itself or in what it absorbed (a sweep has no single target, its parts have); each once a role. */
export function partsIn(alert: Alert): AlertPart[] {
  const sources = new Set<AddressIndex>();
  const targets = new Set<AddressIndex>();
  for (const { source, target } of [alert, ...alert.children]) {
    if (source >= 0) sources.add(source);
    if (target >= 0) targets.add(target);
  }
  return [
    ...Array.from(sources, (address) => ({ address, isSource: true })),
    ...Array.from(targets, (address) => ({ address, isSource: false })),
  ];
}
