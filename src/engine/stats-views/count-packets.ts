import type { LengthClass, PacketSums } from '../../shared/contract/statistics-views';
import { PacketFlag } from '../../shared/model/packet-flags';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { SessionTables } from '../session-tables';
import type { PacketView } from '../view/packet-view';
import { hierarchyOf, type LayerSum } from './hierarchy';

const STEP = 0x3fff;
const NANOSECONDS_A_SECOND = 1_000_000_000;
/** Sets of layers with a protocol that are told apart; real captures have dozens. Beyond them the protocol is left out. */
const MAX_SETS = 4096;
/** More than there are protocol names. */
const PROTOCOLS = 8192;
/** Bounds of tshark's packet lengths: 0 to 19, then doubling from 20. */
const CLASSES = 10;

const classOf = (length: number): number => Math.min(32 - Math.clz32(length / 20), CLASSES - 1);

/** Sums over the shown packets. Works in turns; half-done when aborted. */
export async function countPackets({ packets }: SessionTables, view: PacketView, signal: AbortSignal): Promise<PacketSums> {
  const counts = new Float64Array(CLASSES);
  const sums = new Float64Array(CLASSES);
  const least = new Float64Array(CLASSES).fill(Number.POSITIVE_INFINITY);
  const greatest = new Float64Array(CLASSES);
  const sets = new Map<number, LayerSum>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let tunnelled = 0;
  let seen: LayerSum | null = null;
  let seenKey = -1;
  const turn = new Turn();
  for (let position = 0; position < view.count && !signal.aborted; position++) {
    if ((position & STEP) === STEP && turn.over) await turn.next();
    const row = view.row(position);
    if (!packets.has(row)) continue;
    const chunk = packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    const length = chunk.length[p] ?? 0;
    const at = classOf(length);
    counts[at] = (counts[at] ?? 0) + 1;
    sums[at] = (sums[at] ?? 0) + length;
    if (length < (least[at] ?? 0)) least[at] = length;
    if (length > (greatest[at] ?? 0)) greatest[at] = length;
    const flags = chunk.flags[p] ?? 0;
    if (flags & PacketFlag.Tunnel) tunnelled++;
    if (flags & PacketFlag.Time) {
      const time = (chunk.seconds[p] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[p] ?? 0);
      if (time < first) first = time;
      if (time > last) last = time;
    }
    const layers = chunk.layers[p] ?? 0;
    const protocol = chunk.protocol[p] ?? 0;
    const key = layers * PROTOCOLS + protocol;
    // Neighbours are often alike.
    if (seen === null || key !== seenKey) {
      seen = sets.get(key) ?? begin(sets, key, layers, protocol);
      seenKey = key;
    }
    seen.packets++;
    seen.bytes += length;
  }
  const lengths = Array.from(counts, (packets, at): LengthClass => {
    const from = at === 0 ? 0 : 20 * 2 ** (at - 1);
    const to = at === CLASSES - 1 ? null : 20 * 2 ** at - 1;
    return { from, to, packets, bytes: sums[at] ?? 0, least: packets === 0 ? 0 : (least[at] ?? 0), greatest: greatest[at] ?? 0 };
  });
  return {
    packets: counts.reduce((sum, count) => sum + count, 0),
    bytes: sums.reduce((sum, bytes) => sum + bytes, 0),
    duration: Math.max(0, last - first) || 0,
    hierarchy: hierarchyOf(sets.values()),
    tunnelled,
    lengths,
  };
}

function begin(sets: Map<number, LayerSum>, key: number, layers: number, protocol: number): LayerSum {
  if (sets.size < MAX_SETS) {
    const sum: LayerSum = { layers, protocol, packets: 0, bytes: 0 };
    sets.set(key, sum);
    return sum;
  }
  // There are no more sets of layers than link types and tunnels allow; invented protocol names are not worth a row.
  const bare = layers * PROTOCOLS;
  const known = sets.get(bare);
  if (known) return known;
  const sum: LayerSum = { layers, protocol: 0, packets: 0, bytes: 0 };
  sets.set(bare, sum);
  return sum;
}
