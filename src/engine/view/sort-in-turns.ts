import { Turn } from '../budget';

/** Sorted by comparison at once: about a millisecond. */
const RUN = 4096;

/** Numbers 0..count in the order of `compare`, which must tell any two apart. A merge sort that lets others run; half-done when aborted. */
export async function sortInTurns(count: number, compare: (a: number, b: number) => number, signal: AbortSignal): Promise<Uint32Array> {
  const turn = new Turn();
  let from = new Uint32Array(count).map((_, i) => i);
  for (let start = 0; start < count && !signal.aborted; start += RUN) {
    from.subarray(start, start + RUN).sort(compare);
    if (turn.over) await turn.next();
  }
  let to = new Uint32Array(count);
  for (let width = RUN; width < count && !signal.aborted; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(count, start + width);
      const end = Math.min(count, start + 2 * width);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const takesLeft = left < middle && (right >= end || compare(from[left] ?? 0, from[right] ?? 0) <= 0);
        to[at] = from[takesLeft ? left++ : right++] ?? 0;
        if (at % RUN === 0 && turn.over) await turn.next();
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
