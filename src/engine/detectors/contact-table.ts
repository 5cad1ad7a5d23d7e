const WAYS = 4;
/** Words of a record that the table itself uses. */
export const ContactWord = {
  /** When it was last touched, in the caller's ticks. */
  last: 0,
  /** Not 0: there is more about it elsewhere; it makes room only where all its neighbours have more, too. */
  held: 1,
  /** The caller's own begin here. */
  first: 2,
} as const;

/**
 * Records found by two words, in fixed memory: a key may be in four places, and the one of them that was touched longest ago makes room. No
 * allocation and one or two cache lines a look-up, which a flood of forged sources makes hundreds of thousands of.
 */
export class ContactTable {
  /** Records, `width` words each; a record is named by the place of its first word. */
  readonly words: Uint32Array;
  readonly #keys: Uint32Array;
  readonly #mask: number;
  readonly #width: number;
  readonly #forget: (record: number) => void;

  /** 2^bits records of `width` words; `forget` is told of held records that make room. */
  constructor(bits: number, width: number, forget: (record: number) => void = () => undefined) {
    this.#mask = (1 << bits) / WAYS - 1;
    this.#width = width;
    this.#keys = new Uint32Array(2 << bits);
    this.words = new Uint32Array(width << bits);
    this.#forget = forget;
  }

  /** -1 where there is none. `a` is not 2^32 - 1. */
  find(a: number, b: number): number {
    const keys = this.#keys;
    const own = (a + 1) >>> 0;
    const start = this.#set(a, b) * WAYS;
    for (let at = start; at < start + WAYS; at++) {
      if (keys[2 * at] === own && keys[2 * at + 1] === b) return at * this.#width;
    }
    return -1;
  }

  /** A new record, all zero but `last`; to be called only where `find` finds none. */
  add(a: number, b: number, tick: number): number {
    const { words } = this;
    const width = this.#width;
    const keys = this.#keys;
    const start = this.#set(a, b) * WAYS;
    let chosen = -1;
    let best = -1;
    for (let at = start; at < start + WAYS; at++) {
      if (keys[2 * at] === 0) {
        chosen = at;
        break;
      }
      // Age, and above all ages: whether it can go without loss.
      const age = ((tick - (words[at * width + ContactWord.last] ?? 0)) >>> 0) + (words[at * width + ContactWord.held] === 0 ? 2 ** 32 : 0);
      if (age > best) {
        best = age;
        chosen = at;
      }
    }
    const record = chosen * width;
    if (words[record + ContactWord.held] !== 0) this.#forget(record);
    keys[2 * chosen] = (a + 1) >>> 0;
    keys[2 * chosen + 1] = b;
    for (let word = record; word < record + width; word++) words[word] = 0;
    words[record + ContactWord.last] = tick;
    return record;
  }

  #set(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }
}
