/**
 * Mean and deviation of the last `capacity` samples, in constant time and space. Sums are made anew once a round, so that rounding errors do
 * not add up.
 */
export class RateBaseline {
  count = 0;
  readonly #samples: Float64Array;
  #at = 0;
  #sum = 0;
  #squares = 0;

  constructor(capacity: number) {
    this.#samples = new Float64Array(capacity);
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.#sum / this.count;
  }

  get deviation(): number {
    return this.count === 0 ? 0 : Math.sqrt(Math.max(0, this.#squares / this.count - this.mean ** 2));
  }

  add(sample: number): void {
    const samples = this.#samples;
    if (this.count === samples.length) {
      const old = samples[this.#at] ?? 0;
      this.#sum -= old;
      this.#squares -= old * old;
    } else {
      this.count++;
    }
    samples[this.#at] = sample;
    this.#sum += sample;
    this.#squares += sample * sample;
    this.#at++;
    if (this.#at === samples.length) this.#sumAnew();
  }

  clear(): void {
    this.count = 0;
    this.#at = 0;
    this.#sum = 0;
    this.#squares = 0;
  }

  #sumAnew(): void {
    this.#at = 0;
    this.#sum = 0;
    this.#squares = 0;
    for (const sample of this.#samples) {
      this.#sum += sample;
      this.#squares += sample * sample;
    }
  }
}
