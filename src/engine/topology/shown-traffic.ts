import { NONE_32 } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { SessionTables } from '../session-tables';
import type { PacketView } from '../view/packet-view';

/** Flows with what counts of each. */
export interface Traffic {
  /** In the order in which they began. */
  readonly flows: Uint32Array;
  /** Of the flow at this place of `flows`. */
  packets(at: number): number;
  bytes(at: number): number;
}

/** All kept flows, whole. */
export function allTraffic({ flows }: SessionTables): Traffic {
  const { oldest, count } = flows;
  const all = new Uint32Array(count - oldest).map((_, i) => oldest + i);
  const flowAt = (at: number): number => all[at] ?? 0;
  return {
    flows: all,
    packets: (at) => flows.packets(flowAt(at), 0) + flows.packets(flowAt(at), 1),
    bytes: (at) => flows.bytes(flowAt(at), 0) + flows.bytes(flowAt(at), 1),
  };
}

/** The flows of the shown packets; of each only those packets count. Twelve bytes for each kept flow. Works in turns; half-done when aborted. */
export async function shownTraffic({ flows, packets }: SessionTables, view: PacketView, signal: AbortSignal): Promise<Traffic> {
  const { oldest, count } = flows;
  const packetsOf = new Uint32Array(count - oldest);
  const bytesOf = new Float64Array(count - oldest);
  const turn = new Turn();
  let found = 0;
  for (let position = 0; position < view.count && !signal.aborted; position++) {
    if ((position & 0x3fff) === 0x3fff && turn.over) await turn.next();
    const row = view.row(position);
    if (!packets.has(row)) continue;
    const chunk = packets.chunkOf(row);
    const flow = chunk.flow[row & CHUNK_MASK] ?? NONE_32;
    const at = flow - oldest;
    if (flow === NONE_32 || at < 0 || at >= packetsOf.length) continue;
    if (packetsOf[at] === 0) found++;
    packetsOf[at] = (packetsOf[at] ?? 0) + 1;
    bytesOf[at] = (bytesOf[at] ?? 0) + (chunk.length[row & CHUNK_MASK] ?? 0);
  }
  const shown = new Uint32Array(found);
  let used = 0;
  for (let at = 0; at < packetsOf.length; at++) if ((packetsOf[at] ?? 0) > 0) shown[used++] = oldest + at;
  return {
    flows: shown,
    packets: (at) => packetsOf[(shown[at] ?? 0) - oldest] ?? 0,
    bytes: (at) => bytesOf[(shown[at] ?? 0) - oldest] ?? 0,
  };
}
