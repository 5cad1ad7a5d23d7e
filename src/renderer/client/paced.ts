/**
 * Runs one job again and again: never twice at a time, and begun no more often than once in `interval()` ms unless asked for urgently.
 * News that come while it runs or waits make one more run.
 */
export class Paced {
  readonly #run: () => Promise<void>;
  readonly #interval: () => number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #begun = Number.NEGATIVE_INFINITY;
  #busy = false;
  #wanted = false;
  #urgent = false;

  constructor(run: () => Promise<void>, interval: number | (() => number)) {
    this.#run = run;
    this.#interval = typeof interval === 'number' ? () => interval : interval;
  }

  /** `urgent` skips the wait, not the run that is under way. */
  ask(urgent = false): void {
    this.#wanted = true;
    this.#urgent ||= urgent;
    if (!this.#busy && (this.#timer === null || urgent)) this.#schedule();
  }

  /** Nothing is begun any more, until asked again. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#wanted = false;
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const wait = this.#urgent ? 0 : Math.max(0, this.#begun + this.#interval() - performance.now());
    this.#timer = setTimeout(() => void this.#begin(), wait);
  }

  async #begin(): Promise<void> {
    this.#timer = null;
    this.#busy = true;
    this.#wanted = false;
    this.#urgent = false;
    this.#begun = performance.now();
    try {
      await this.#run();
    } finally {
      this.#busy = false;
      if (this.#wanted) this.#schedule();
    }
  }
}
