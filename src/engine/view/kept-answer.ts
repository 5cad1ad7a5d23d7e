import { ProblemError } from '../../shared/base/result';

/** While packets come, an answer is used for so long, and so many times as long as it took to make. */
const FRESH_MS = 1000;
const COST_FACTOR = 10;

/** The newest answer to one question, for as long as nothing that it rests on changed: all who ask meanwhile get the same. */
export class KeptAnswer<T> {
  #kept: { readonly key: string; readonly result: Promise<T>; readonly stop: AbortController } | null = null;
  /** By the wall clock, when it was given and how long it took; null while it is under way. */
  #done: { readonly at: number; readonly took: number } | null = null;

  /** `grows`: what it rests on changes all the time, so it only becomes old by time. What is asked for another key gives up the one before. */
  get(key: string, grows: boolean, make: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#kept?.key === key && (!grows || this.#isFresh())) return this.#kept.result;
    this.#kept?.stop.abort();
    const stop = new AbortController();
    const begun = performance.now();
    const result = make(stop.signal).then((made) => {
      // What was given up is half-done: nobody's answer.
      if (stop.signal.aborted) throw new ProblemError({ code: 'cancelled', sentence: 'Something else was asked for meanwhile.' });
      return made;
    });
    const kept = { key, result, stop };
    this.#kept = kept;
    this.#done = null;
    result.then(
      () => {
        const at = performance.now();
        if (this.#kept === kept) this.#done = { at, took: at - begun };
      },
      () => {
        if (this.#kept === kept) this.#kept = null;
      },
    );
    return result;
  }

  /** Nothing is kept, and what is being made is given up. */
  clear(): void {
    this.#kept?.stop.abort();
    this.#kept = null;
  }

  #isFresh(): boolean {
    return this.#done === null || performance.now() - this.#done.at <= Math.max(FRESH_MS, COST_FACTOR * this.#done.took);
  }
}
