import type { Session } from '../session';

/** While a capture is read, an answer is used for so long, and so many times as long as it took: each goes over all flows. */
const FRESH_MS = 1000;
const COST_FACTOR = 10;

/** An answer under way or given, for as long as nothing that it rests on changed. */
export interface Cached<T> {
  readonly key: string;
  readonly result: Promise<T>;
  /** By the wall clock, when it was given and how long it took; null while it is under way. */
  done: { readonly at: number; readonly took: number } | null;
  /** It is asked for anew. */
  failed: boolean;
}

export function cached<T>(key: string, result: Promise<T>): Cached<T> {
  const begun = performance.now();
  const entry: Cached<T> = { key, result, done: null, failed: false };
  void result.then(
    () => {
      const at = performance.now();
      entry.done = { at, took: at - begun };
    },
    () => {
      entry.failed = true;
    },
  );
  return entry;
}

export function isFresh<T>(entry: Cached<T> | null, key: string, { load }: Session): entry is Cached<T> {
  if (entry?.key !== key || entry.failed) return false;
  if (load !== 'loading' || entry.done === null) return true;
  return performance.now() - entry.done.at <= Math.max(FRESH_MS, COST_FACTOR * entry.done.took);
}
