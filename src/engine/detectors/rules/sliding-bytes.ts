import type { Bytes, Nanoseconds } from '../../../shared/model/units';

const BUCKETS = 60;

/** Bytes of the last `window`, in 60 buckets: up to a sixtieth of the window too much. */
export class SlidingBytes {
  total: Bytes = 0;
  readonly #buckets = new Float64Array(BUCKETS);
  readonly #width: Nanoseconds;
  #current = Number.NEGATIVE_INFINITY;

  constructor(window: Nanoseconds) {
    this.#width = window / BUCKETS;
  }

  add(now: Nanoseconds, bytes: Bytes): void {
    const bucket = Math.floor(now / this.#width);
    if (bucket - this.#current >= BUCKETS) {
      this.#buckets.fill(0);
      this.total = 0;
    } else {
      for (let passed = this.#current + 1; passed <= bucket; passed++) {
        const at = place(passed);
        this.total -= this.#buckets[at] ?? 0;
        this.#buckets[at] = 0;
      }
    }
    this.#current = bucket;
    const at = place(bucket);
    this.#buckets[at] = (this.#buckets[at] ?? 0) + bytes;
    this.total += bytes;
  }
}

/** Times before the session's start are negative. */
const place = (bucket: number): number => ((bucket % BUCKETS) + BUCKETS) % BUCKETS;
