import type { BrushRange } from '../time-brush/range';
import { ROUND_SECONDS } from '../time-brush/ticks';

const SECOND = 1e9;
/** Of a session, the shortest and the longest window that is offered, and the one that is taken unless another is chosen. */
const SHORTEST = 1 / 250;
const LONGEST = 1 / 2;
const USUAL = 1 / 20;
const MAX_OFFERED = 8;

/** Round lengths of windows for a session of `span` ns, the shortest first; none where it has no length. */
export function windowLengths(span: number): number[] {
  const fitting = ROUND_SECONDS.map((seconds) => seconds * SECOND).filter(
    (length) => length >= span * SHORTEST && length <= span * LONGEST,
  );
  const every = Math.max(1, (fitting.length - 1) / (MAX_OFFERED - 1));
  return [...new Set(Array.from({ length: MAX_OFFERED }, (_, i) => fitting[Math.round(i * every)]))].filter(
    (length) => length !== undefined,
  );
}

export function usualLength(span: number): number {
  const wanted = span * USUAL;
  const lengths = windowLengths(span);
  return lengths.reduce((best, length) => (Math.abs(length - wanted) < Math.abs(best - wanted) ? length : best), lengths[0] ?? span);
}

/** The window of this length that begins at `from`, to the nanosecond, or as near to it as there is room. */
export function windowAt(extent: BrushRange, from: number, length: number): BrushRange {
  const begin = Math.max(extent.from, Math.min(Math.round(from), extent.to - length));
  return { from: begin, to: Math.min(extent.to, begin + length) };
}

/** The window so much later (below 0: earlier); null where it is at that end already. */
export function moved(extent: BrushRange, window: BrushRange, by: number): BrushRange | null {
  const next = windowAt(extent, window.from + by, window.to - window.from);
  return by > 0 ? (next.from > window.from ? next : null) : next.from < window.from ? next : null;
}

/**
 * The next window while playing: `elapsed` ms after the last one, the whole session in `seconds`. Never farther than its own length, so that
 * nothing is passed over; null at the end.
 */
export function played(extent: BrushRange, window: BrushRange, elapsed: number, seconds: number): BrushRange | null {
  const by = ((extent.to - extent.from) * elapsed) / (seconds * 1000);
  return moved(extent, window, Math.min(by, window.to - window.from));
}
