import { type FlowIndex, NONE_32, type PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import type { PacketView } from '../view/packet-view';

/** Packets to be written, in the order of the capture; those that were given up meanwhile are no rows of the table any more. */
export interface RowList {
  readonly count: number;
  row(i: number): PacketIndex;
}

/** How far an export is; `total` 0: not known yet. */
export interface Progress {
  done: number;
  total: number;
}

/** What the view shows now. */
export function shownRows(view: PacketView): RowList {
  const { forgotten } = view;
  // Positions move when packets are given up.
  return { count: view.count, row: (i) => view.row(forgotten + i - view.forgotten) };
}

/** Of the shown packets those in these ranges, first and last packet of each. */
export async function rowsIn(
  view: PacketView,
  ranges: readonly (readonly [PacketIndex, PacketIndex])[],
  signal: AbortSignal,
): Promise<RowList> {
  const rows = new GrowingRows();
  const turn = new Turn();
  let next = 0;
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    next = Math.max(next, first);
    let position = view.position(next);
    while (!signal.aborted && position < view.count) {
      const row = view.row(position);
      if (row > last) break;
      rows.add(row);
      next = row + 1;
      position++;
      if ((rows.count & 0x3fff) === 0 && turn.over) {
        await turn.next();
        // Positions move when packets are given up.
        position = view.position(next);
      }
    }
    next = Math.max(next, last + 1);
  }
  return rows;
}

/** Shown or not. */
export async function rowsOfFlows(packets: PacketTable, flows: ReadonlySet<FlowIndex>, signal: AbortSignal): Promise<RowList> {
  const rows = new GrowingRows();
  const turn = new Turn();
  const end = packets.count;
  for (let row = packets.first; row < end && !signal.aborted; row++) {
    if (packets.has(row) && flows.has(packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32)) rows.add(row);
    if ((row & 0x3fff) === 0 && turn.over) await turn.next();
  }
  return rows;
}

/** Just these. */
export const theseRows = (rows: Uint32Array): RowList => ({ count: rows.length, row: (i) => rows[i] ?? -1 });

/** Four bytes a packet. */
class GrowingRows implements RowList {
  #rows = new Uint32Array(1024);
  count = 0;

  add(row: PacketIndex): void {
    if (this.count === this.#rows.length) {
      const grown = new Uint32Array(this.count * 2);
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[this.count++] = row;
  }

  row(i: number): PacketIndex {
    return this.#rows[i] ?? -1;
  }
}
