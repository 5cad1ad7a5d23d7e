import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_BITS, CHUNK_ROWS } from '../columns/column-chunk';
import type { PacketView } from '../view/packet-view';
import type { Annotations } from './annotations';

/** Rows between two looks at the clock. */
const STEP = 0x4000;

/** The nearest marked packet of the view behind (or before) `from`; beyond the end it goes on at the other one, down to `from` itself. */
export async function nextMark(
  annotations: Annotations,
  view: PacketView,
  from: PacketIndex,
  backward: boolean,
  signal: AbortSignal,
): Promise<{ packet: PacketIndex | null; wrapped: boolean }> {
  const at = view.position(from);
  const isShown = view.row(at) === from;
  const search = (begin: number, end: number): Promise<PacketIndex | null> => marked(annotations, view, begin, end, signal);
  const packet = backward ? await search(at - 1, -1) : await search(isShown ? at + 1 : at, view.count);
  if (packet !== null) return { packet, wrapped: false };
  const again = backward ? await search(view.count - 1, at - 1) : await search(0, isShown ? at + 1 : at);
  return { packet: again, wrapped: again !== null };
}

/** The first marked one of the positions `begin`, ... up to but without `end`, which may lie before it. */
async function marked(
  annotations: Annotations,
  view: PacketView,
  begin: number,
  end: number,
  signal: AbortSignal,
): Promise<PacketIndex | null> {
  const step = end < begin ? -1 : 1;
  const turn = new Turn();
  let looked = 0;
  for (let position = begin; position !== end && !signal.aborted; position += step) {
    if ((++looked & (STEP - 1)) === 0 && turn.over) await turn.next();
    const row = view.row(position);
    if (row < 0) continue;
    const chunk = row >> CHUNK_BITS;
    if (annotations.hasMarksIn(chunk)) {
      if (annotations.isMarked(row)) return row;
      continue;
    }
    // On to the first or last shown row of the next chunk that this one leads to.
    const border = view.position(step > 0 ? (chunk + 1) * CHUNK_ROWS : chunk * CHUNK_ROWS) - 1;
    position = step > 0 ? Math.min(border, end - 1) : Math.max(border + 1, end + 1);
  }
  return null;
}
