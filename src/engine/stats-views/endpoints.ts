import { NONE_32 } from '../../shared/model/units';
import { roundTrip } from '../api/flow-rows';
import { Turn } from '../budget';
import type { FlowTable } from '../flows/flow-table';
import { ConversationTable, TCP_FIELDS } from './conversation-table';

const STEP = 0xfff;

/** Ends of conversations: of their two directions the first is what the end sent, the second what it received. */
export interface Endpoints {
  readonly table: ConversationTable;
  /** By slot. */
  readonly conversations: Uint32Array;
}

/** Sums of each end: an address with its port, or without (`byPort` false). Works in turns; half-done when aborted. */
export async function countEndpoints(from: ConversationTable, byPort: boolean, signal: AbortSignal): Promise<Endpoints> {
  // Each conversation has two ends.
  const table = new ConversationTable(2 * from.limit);
  const conversations = new Uint32Array(2 * from.count);
  const turn = new Turn();
  for (let slot = 0; slot < from.count && !signal.aborted; slot++) {
    if ((slot & STEP) === STEP && turn.over) await turn.next();
    for (const end of ENDS) {
      const endpoint = endpointOf(table, from, slot, end, byPort);
      conversations[endpoint] = (conversations[endpoint] ?? 0) + 1;
      for (const direction of ENDS) {
        const to = 2 * endpoint + direction;
        const at = 2 * slot + (end ^ direction);
        table.packets[to] = (table.packets[to] ?? 0) + (from.packets[at] ?? 0);
        table.bytes[to] = (table.bytes[to] ?? 0) + (from.bytes[at] ?? 0);
        for (const field of TCP_FIELDS) table[field][to] = (table[field][to] ?? 0) + (from[field][at] ?? 0);
      }
      table.addTime(endpoint, from.firstTime[slot] ?? 0);
      table.addTime(endpoint, from.lastTime[slot] ?? 0);
    }
  }
  return { table, conversations };
}

const ENDS = [0, 1] as const;

function endpointOf(table: ConversationTable, from: ConversationTable, slot: number, end: 0 | 1, byPort: boolean): number {
  const address = (end === 0 ? from.a[slot] : from.b[slot]) ?? NONE_32;
  const ports = from.ports[slot] ?? 0;
  const port = !byPort ? 0 : end === 0 ? ports >>> 16 : ports & 0xffff;
  return table.find(address, port, NONE_32, 0) >>> 1;
}

/** Round trips of handshakes by host, each host's from the shortest. */
export interface RoundTrips {
  /** Nanoseconds of the host in slot i: times[starts[i]] to times[starts[i + 1]]. */
  readonly starts: Uint32Array;
  readonly times: Float64Array;
}

export async function collectRoundTrips(
  flows: FlowTable,
  from: ConversationTable,
  hosts: ConversationTable,
  signal: AbortSignal,
): Promise<RoundTrips> {
  const starts = new Uint32Array(hosts.count + 1);
  const known = new Float64Array(from.count).fill(-1);
  const turn = new Turn();
  for (let slot = 0; slot < from.count && !signal.aborted; slot++) {
    if ((slot & STEP) === STEP && turn.over) await turn.next();
    const time = handshake(flows, from, slot);
    if (time === null) continue;
    known[slot] = time;
    for (const end of ENDS) {
      const host = endpointOf(hosts, from, slot, end, false);
      starts[host + 1] = (starts[host + 1] ?? 0) + 1;
    }
  }
  for (let host = 0; host < hosts.count; host++) starts[host + 1] = (starts[host + 1] ?? 0) + (starts[host] ?? 0);
  const next = starts.slice();
  const times = new Float64Array(starts[hosts.count] ?? 0);
  for (let slot = 0; slot < from.count && !signal.aborted; slot++) {
    if ((slot & STEP) === STEP && turn.over) await turn.next();
    const time = known[slot] ?? -1;
    if (time < 0) continue;
    for (const end of ENDS) {
      const host = endpointOf(hosts, from, slot, end, false);
      const at = next[host] ?? 0;
      times[at] = time;
      next[host] = at + 1;
    }
  }
  for (let host = 0; host < hosts.count && !signal.aborted; host++) {
    if ((host & STEP) === STEP && turn.over) await turn.next();
    times.subarray(starts[host], starts[host + 1]).sort();
  }
  return { starts, times };
}

/** Of the connection's first flow; null where its handshake was not seen. */
export function handshake(flows: FlowTable, table: ConversationTable, slot: number): number | null {
  const flow = table.firstFlow[slot] ?? NONE_32;
  return flow !== NONE_32 && flows.has(flow) ? roundTrip(flows, flow) : null;
}

export const handshakesOf = ({ starts }: RoundTrips, host: number): number => (starts[host + 1] ?? 0) - (starts[host] ?? 0);

/** The least time that so many of the host's handshakes do not exceed (nearest rank); null where there is none. */
export function percentile(trips: RoundTrips, host: number, share: number): number | null {
  const count = handshakesOf(trips, host);
  if (count === 0) return null;
  const rank = Math.max(1, Math.ceil(share * count));
  return trips.times[(trips.starts[host] ?? 0) + rank - 1] ?? null;
}
