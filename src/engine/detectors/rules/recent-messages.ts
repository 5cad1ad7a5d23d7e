import type { Nanoseconds } from '../../../shared/model/units';
import type { MessageFacts } from '../facts';

/** Messages that are remembered: what is captured on several interfaces comes twice with little between. */
const KEPT = 8;

/** Knows the copy of a message that came just before: one that two interfaces saw or, with a longer limit, that was sent again for want of an answer. */
export class RecentMessages {
  readonly #name = new Int32Array(KEPT).fill(-1);
  readonly #number = new Float64Array(KEPT);
  readonly #flow = new Int32Array(KEPT);
  readonly #time = new Float64Array(KEPT);
  readonly #limit: Nanoseconds;
  #next = 0;

  /** What comes later than `limit` is none. */
  constructor(limit: Nanoseconds) {
    this.#limit = limit;
  }

  /** Whether the same was said in the same flow just before. Remembers it. */
  isCopy({ name, number, flow, now }: MessageFacts): boolean {
    for (let at = 0; at < KEPT; at++) {
      if (this.#name[at] === name && this.#number[at] === number && this.#flow[at] === flow && now - (this.#time[at] ?? 0) < this.#limit)
        return true;
    }
    const at = this.#next;
    this.#name[at] = name;
    this.#number[at] = number;
    this.#flow[at] = flow;
    this.#time[at] = now;
    this.#next = (at + 1) % KEPT;
    return false;
  }
}
