export interface Rate {
  readonly packetsPerSecond: number;
  readonly bitsPerSecond: number;
}

interface Count {
  readonly time: number;
  readonly packets: number;
  readonly bytes: number;
}

/** Rates are of so long a time: what is shown can be read before it changes. Milliseconds. */
const WINDOW_MS = 3000;
/** Of less time than this no rate is told. */
const LEAST_MS = 500;

/** How fast two counts rise, over the last seconds. Nothing is counted where nothing rises, so that no news means no packets. */
export class RateMeter {
  #counts: Count[] = [];

  /** Counts begin anew. */
  clear(): void {
    this.#counts = [];
  }

  /** `time` in milliseconds, never before the one of the last call. */
  add(time: number, packets: number, bytes: number): void {
    this.#counts.push({ time, packets, bytes });
    // Of what is older than the window only the newest is needed: what was so when the window began.
    const from = this.#counts.findLastIndex((count) => count.time <= time - WINDOW_MS);
    if (from > 0) this.#counts.splice(0, from);
  }

  /** null: nothing is known yet. */
  rate(now: number): Rate | null {
    const first = this.#counts.findLast((count) => count.time <= now - WINDOW_MS) ?? this.#counts[0];
    const last = this.#counts.at(-1);
    if (first === undefined || last === undefined) return null;
    const milliseconds = Math.min(WINDOW_MS, now - first.time);
    if (milliseconds < LEAST_MS) return null;
    return {
      packetsPerSecond: (1000 * (last.packets - first.packets)) / milliseconds,
      bitsPerSecond: (8000 * (last.bytes - first.bytes)) / milliseconds,
    };
  }
}
