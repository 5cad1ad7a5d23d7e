import { Turn } from '../budget';
import { sortInTurns } from './sort-in-turns';

/** Null is unknown. */
export type SortKey = number | string | null;

/** Numbers 0..count in the order of their keys; what is unknown stands last in either direction. Half-done when aborted. */
export async function sortByKey(
  count: number,
  keyOf: (i: number) => SortKey,
  descending: boolean,
  signal: AbortSignal,
): Promise<Uint32Array> {
  const keys: SortKey[] = [];
  const turn = new Turn();
  for (let i = 0; i < count && !signal.aborted; i++) {
    keys.push(keyOf(i));
    if ((i & 0x3ff) === 0x3ff && turn.over) await turn.next();
  }
  const direction = descending ? -1 : 1;
  const compare = (a: number, b: number): number => {
    const x = keys[a] ?? null;
    const y = keys[b] ?? null;
    if (x === y) return a - b;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -direction : direction;
  };
  return sortInTurns(count, compare, signal);
}
