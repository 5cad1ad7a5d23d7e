import type { AddressIndex } from '../../../shared/model/units';
import { HeavySources } from './heavy-sources';
import { SynWindow } from './syn-window';

/** Completed connections a second below which a server counts as quiet. */
const MIN_MEAN = 30;
/** Excess, in means, that is let pass each second (the parameter `a` of Wang, Zhang and Shin). */
const ALLOWANCE = 0.35;
/** Of the mean's moving average. */
const MEMORY = 0.9;
/** Idle seconds after which nothing is left of the sum. */
const LONG_IDLE = 60;

/**
 * One target's half-open connections from everyone: the non-parametric CUSUM of Wang, Zhang and Shin, "Detecting SYN Flooding Attacks"
 * (INFOCOM 2002), over seconds, with connections that were completed in the place of FINs. A second is summed up when the next one is over, so
 * that its handshakes had time.
 */
export class SynTarget extends SynWindow {
  readonly sources = new HeavySources();
  /** In means. */
  sum = 0;
  mean = MIN_MEAN;
  /** An alert of many sources says what each of them does. */
  flooded = false;
  #closed = -1;

  override reset(source: AddressIndex, target: AddressIndex, second: number): void {
    super.reset(source, target, second);
    this.sources.clear();
    this.sum = 0;
    this.mean = MIN_MEAN;
    this.flooded = false;
    this.#closed = second - 1;
  }

  override advance(second: number): void {
    if (second <= this.second) return;
    const before = this.second;
    // What leaves the window is summed up first.
    this.close(Math.min(before, second - 2));
    super.advance(second);
    if (second - before > LONG_IDLE) {
      this.sum = 0;
      this.mean = MIN_MEAN;
      this.#closed = second - 1;
    } else {
      this.close(second - 2);
    }
  }

  /** Neither the sum nor what is usual changes by seconds that nobody saw. */
  override skipTo(second: number): void {
    if (second <= this.second) return;
    this.close(this.second);
    super.advance(second);
    this.#closed = second - 1;
  }

  /** Sums up the seconds to `last`. */
  close(last: number): void {
    for (let s = this.#closed + 1; s <= last; s++) {
      const known = s <= this.second;
      const excess = known ? this.open(s) / this.mean : 0;
      this.sum = Math.max(0, this.sum + excess - ALLOWANCE);
      this.mean = Math.max(MIN_MEAN, MEMORY * this.mean + (1 - MEMORY) * (known ? this.completed(s) : 0));
      if (this.sum === 0 && this.sources.total > 0 && s === last) this.sources.clear();
    }
    if (last > this.#closed) this.#closed = last;
  }

  /** SYNs without a connection beyond what is let pass, as a quiet server would have them. */
  get excess(): number {
    return this.sum * MIN_MEAN;
  }
}
