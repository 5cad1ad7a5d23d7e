const PERIOD_MS = 20;
/** Samples of one second. */
const SAMPLES = 50;

/** Measures how late the event loop is: the longest delay of a timer in about the last second. */
export class LagMeter {
  readonly #samples = new Float64Array(SAMPLES);
  #next = 0;
  #last = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#samples[this.#next] = Math.max(0, now - this.#last - PERIOD_MS);
      this.#next = (this.#next + 1) % SAMPLES;
      this.#last = now;
    }, PERIOD_MS);
    this.#timer.unref();
  }

  get milliseconds(): number {
    return Math.max(...this.#samples);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
