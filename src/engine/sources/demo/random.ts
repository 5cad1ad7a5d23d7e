/** Bytes drawn at the beginning, of which encrypted data is cut: drawing each anew would take most of the time. */
const POOL = 1 << 18;

/** Numbers drawn by lot that are the same for the same seed: sfc32 (Chris Doty-Humphrey, PractRand; public domain). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  readonly #pool = new Uint8Array(POOL);

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = Math.imul(seed, 0x9e3779b1) | 0;
    this.#c = 0x85ebca6b;
    for (let i = 0; i < 12; i++) this.word();
    for (let at = 0; at < POOL; at++) this.#pool[at] = this.word() >>> 24;
  }

  /** 32 bits. */
  word(): number {
    const drawn = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  }

  /** From 0 to below 1. */
  part(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.part() * (to - from + 1));
  }

  between(from: number, to: number): number {
    return from + this.part() * (to - from);
  }

  chance(probability: number): boolean {
    return this.part() < probability;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.whole(0, list.length - 1)] ?? list[0];
  }

  /** Time to the next of events that come by chance, `mean` apart; at most ten times the mean. */
  wait(mean: number): number {
    return Math.min(10 * mean, -Math.log(1 - this.part()) * mean);
  }

  /** Port of a client. */
  port(): number {
    return this.whole(32_768, 60_999);
  }

  /** At most POOL of them, not to be changed. */
  bytes(count: number): Uint8Array {
    const from = this.whole(0, POOL - count);
    return this.#pool.subarray(from, from + count);
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.word().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const drawn = [...list];
    for (let at = drawn.length - 1; at > 0; at--) {
      const other = this.whole(0, at);
      const held = drawn[at] as T;
      drawn[at] = drawn[other] as T;
      drawn[other] = held;
    }
    return drawn;
  }
}
