import { PacketFlag } from '../../shared/model/packet-flags';
import { NONE_32 } from '../../shared/model/units';
import type { Direction } from '../flows/flow-records';
import type { SessionTables } from '../session-tables';
import { eachShown } from './each-shown';
import type { PacketView } from './packet-view';

/** Flows with what counts of each; the sums are those of the flow at this place of `flows`. */
export interface Traffic {
  /** In the order in which they began. */
  readonly flows: Uint32Array;
  packets(at: number): number;
  bytes(at: number): number;
  /** On the wire, of what the originator (0) or the responder (1) sent. */
  bytesFrom(at: number, end: Direction): number;
}

/** All kept flows, whole. */
export function allTraffic(tables: SessionTables): Traffic {
  const { oldest, count } = tables.flows;
  return wholeTraffic(
    tables,
    new Uint32Array(count - oldest).map((_, i) => oldest + i),
  );
}

/** These flows, with all of their packets. */
export function wholeTraffic({ flows }: SessionTables, wanted: Uint32Array): Traffic {
  const flowAt = (at: number): number => wanted[at] ?? 0;
  return {
    flows: wanted,
    packets: (at) => flows.packets(flowAt(at), 0) + flows.packets(flowAt(at), 1),
    bytes: (at) => flows.bytes(flowAt(at), 0) + flows.bytes(flowAt(at), 1),
    bytesFrom: (at, end) => flows.bytes(flowAt(at), end),
  };
}

/** Of each view the newest count, for as long as the view lives: 21 bytes for each kept flow and four for each shown one. */
const kept = new WeakMap<PacketView, { readonly key: string; readonly traffic: Promise<Traffic> }>();

/**
 * The flows of the shown packets; of each only those packets count. An ICMP error shows the flow that it quotes, but is none of its packets.
 * Counted once for all who ask of the same packets, in turns.
 */
export function shownTraffic(tables: SessionTables, view: PacketView): Promise<Traffic> {
  const { flows } = tables;
  const key = `${view.forgotten} ${view.count} ${flows.oldest} ${flows.count}`;
  const before = kept.get(view);
  if (before?.key === key) return before.traffic;
  const traffic = countTraffic(tables, view);
  kept.set(view, { key, traffic });
  return traffic;
}

async function countTraffic({ flows, packets }: SessionTables, view: PacketView): Promise<Traffic> {
  const { oldest, count } = flows;
  const seen = new Uint8Array(count - oldest);
  const packetsOf = new Uint32Array(count - oldest);
  /** Of both ends one after the other. */
  const bytesOf = new Float64Array(2 * (count - oldest));
  let found = 0;
  await eachShown(packets, view, (chunk, p) => {
    const flow = chunk.flow[p] ?? NONE_32;
    const at = flow - oldest;
    if (flow === NONE_32 || at < 0 || at >= seen.length) return;
    if (seen[at] === 0) {
      seen[at] = 1;
      found++;
    }
    const flags = chunk.flags[p] ?? 0;
    if (flags & PacketFlag.IcmpError) return;
    const end = 2 * at + (flags & PacketFlag.Backward ? 1 : 0);
    packetsOf[at] = (packetsOf[at] ?? 0) + 1;
    bytesOf[end] = (bytesOf[end] ?? 0) + (chunk.length[p] ?? 0);
  });
  const shown = new Uint32Array(found);
  let used = 0;
  for (let at = 0; at < seen.length; at++) if (seen[at] === 1) shown[used++] = oldest + at;
  const placeOf = (at: number): number => (shown[at] ?? 0) - oldest;
  const bytesFrom = (at: number, end: Direction): number => bytesOf[2 * placeOf(at) + end] ?? 0;
  return {
    flows: shown,
    packets: (at) => packetsOf[placeOf(at)] ?? 0,
    bytes: (at) => bytesFrom(at, 0) + bytesFrom(at, 1),
    bytesFrom,
  };
}
