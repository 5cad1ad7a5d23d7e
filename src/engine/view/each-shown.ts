import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_BITS, CHUNK_MASK, type ColumnChunk } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import type { PacketView } from './packet-view';

/** Rows between two looks at the clock. */
const STEP = 0x4000;

/** Hands over the shown packets that are still kept, by their places in the columns. Works in turns. */
export async function eachShown(
  packets: PacketTable,
  view: PacketView,
  visit: (chunk: ColumnChunk, place: number, row: PacketIndex) => void,
  signal?: AbortSignal,
): Promise<void> {
  const turn = new Turn();
  for (let position = 0; position < view.count && !signal?.aborted; position += STEP) {
    visitSome(packets, view, position, Math.min(view.count, position + STEP), visit);
    if (turn.over) await turn.next();
  }
}

/** The same of the positions `from..to`, at once. */
export function visitSome(
  packets: PacketTable,
  view: PacketView,
  from: number,
  to: number,
  visit: (chunk: ColumnChunk, place: number, row: PacketIndex) => void,
): void {
  let number = -1;
  let chunk: ColumnChunk | null = null;
  for (let position = from; position < to; position++) {
    const row = view.row(position);
    // Rows rise, and chunks are given up as a whole.
    if (row >> CHUNK_BITS !== number) {
      number = row >> CHUNK_BITS;
      chunk = packets.has(row) ? packets.chunkOf(row) : null;
    }
    if (chunk !== null) visit(chunk, row & CHUNK_MASK, row);
  }
}
