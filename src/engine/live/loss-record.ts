import type { LossInfo } from '../../shared/contract/live';
import type { Nanoseconds } from '../../shared/model/units';

/** Losses that are told apart. */
const MAX_LOSSES = 100;

/** When packets were lost, by a counter that is read from time to time. Bounded: the two that are closest in time become one. */
export class LossRecord {
  readonly #losses: LossInfo[] = [];
  readonly #limit: number;
  #dropped = 0;
  #read: Nanoseconds | null = null;

  constructor(limit = MAX_LOSSES) {
    this.#limit = limit;
  }

  /** Oldest first. */
  get losses(): readonly LossInfo[] {
    return this.#losses;
  }

  /** `time`: that of the newest packet; `dropped`: all that were lost so far. Gives what was lost since the last call. */
  add(time: Nanoseconds, dropped: number): LossInfo | null {
    const packets = dropped - this.#dropped;
    const from = Math.min(this.#read ?? time, time);
    this.#read = time;
    if (packets <= 0) return null;
    this.#dropped = dropped;
    const loss = { from, to: time, packets };
    this.#losses.push(loss);
    if (this.#losses.length > this.#limit) this.#mergeClosest();
    return loss;
  }

  #mergeClosest(): void {
    const losses = this.#losses;
    let at = 0;
    let shortest = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < losses.length; i++) {
      const span = (losses[i + 1]?.to ?? 0) - (losses[i]?.from ?? 0);
      if (span < shortest) {
        shortest = span;
        at = i;
      }
    }
    const [first, second] = losses.slice(at, at + 2);
    if (first && second) losses.splice(at, 2, { from: first.from, to: second.to, packets: first.packets + second.packets });
  }
}
