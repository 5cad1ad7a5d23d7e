import type { Nanoseconds } from '../../shared/model/units';

/** Gaps that are remembered; the oldest goes. No rule looks back further than an hour. */
const MAX_GAPS = 256;
/** Losses closer together are one. */
const ADJACENT: Nanoseconds = 1_000_000_000;
/** Part that has to be missing until silence says nothing: what answers is mostly several packets, and with fewer missing one of them is seen. */
const SILENCING = 0.25;

/** A time of which packets are missing. */
export interface Gap {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** Part of its packets that is missing, 0..1; 1: nothing was captured. */
  readonly share: number;
}

/** What is known to be missing so far, by the packet clock. */
export class Gaps {
  #known: Gap[] = [];

  add(gap: Gap): void {
    const last = this.#known.at(-1);
    if (last && last.share < 1 && gap.share < 1 && gap.from - last.to <= ADJACENT) {
      this.#known[this.#known.length - 1] = { from: last.from, to: gap.to, share: Math.max(last.share, gap.share) };
      return;
    }
    this.#known.push(gap);
    if (this.#known.length > MAX_GAPS) this.#known.shift();
  }

  /** Whether so much is missing between these times that what did not come may be among it. */
  silenced(from: Nanoseconds, to: Nanoseconds): boolean {
    for (let i = this.#known.length - 1; i >= 0; i--) {
      const gap = this.#known[i] as Gap;
      if (gap.share >= SILENCING && gap.from <= to && gap.to >= from) return true;
    }
    return false;
  }

  /** Times in which nothing at all was captured, oldest first. */
  whole(): readonly Gap[] {
    return this.#known.filter(({ share }) => share === 1);
  }

  between(from: Nanoseconds, to: Nanoseconds): readonly Gap[] {
    return this.#known.filter((gap) => gap.from <= to && gap.to >= from);
  }
}
