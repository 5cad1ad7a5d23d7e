/** A pair's record has one cache line of 64 bytes. */
const WORDS = 16;
const A = 0;
const B = 1;
const LAST = 2;
const TAG = 3;
/** What the owner keeps of a pair. */
const DATA = 4;

/** Words of a pair that are the owner's. */
export const PAIR_WORDS = WORDS - DATA;

/** A pair with this tag has more about it elsewhere: it makes room only where its neighbour has, too. */
export const HELD = 0xffffffff;

/**
 * Records of pairs of addresses, in fixed memory: a pair may be in two places beside each other, and the one of them that was touched longer ago
 * makes room. It allocates nothing and a look-up reads one cache line or two neighbours, keys and data together: every flow that begins makes one.
 */
export class PairTable {
  /** `PAIR_WORDS` words from `start` on; what a new record holds is left from another: its tag says what counts. */
  readonly words: Uint32Array;
  readonly #mask: number;
  readonly #forget: (record: number) => void;
  /** What the last look-up found: the packets of a handshake or a scan often ask for the same. */
  #latest = 0;

  /** 2^bits records; `forget` is told of held ones that make room. */
  constructor(bits: number, forget: (record: number) => void) {
    this.#mask = (1 << bits) - 2;
    this.words = new Uint32Array(WORDS << bits);
    this.#forget = forget;
  }

  /** The record, -1 where there is none. `a` is not 2^32 - 1. */
  find(a: number, b: number): number {
    const own = (a + 1) | 0;
    if (this.#isAt(this.#latest, own, b | 0)) return this.#latest;
    const first = this.#place(a, b);
    if (this.#isAt(first, own, b | 0)) {
      this.#latest = first;
      return first;
    }
    if (!this.#isAt(first + 1, own, b | 0)) return -1;
    this.#latest = first + 1;
    return first + 1;
  }

  /** A new record with tag 0; to be called only where `find` finds none. `tick` is the time in a unit of the caller's. */
  add(a: number, b: number, tick: number): number {
    const { words } = this;
    const first = this.#place(a, b);
    const record = this.#rank(first, tick) >= this.#rank(first + 1, tick) ? first : first + 1;
    const at = record * WORDS;
    if (words[at + A] !== 0 && words[at + TAG] === HELD) this.#forget(record);
    words[at + A] = a + 1;
    words[at + B] = b;
    words[at + LAST] = tick;
    words[at + TAG] = 0;
    this.#latest = record;
    return record;
  }

  /** Place of the record's first word of data in `words`. */
  start(record: number): number {
    return record * WORDS + DATA;
  }

  /** When it was touched last. */
  last(record: number): number {
    return this.words[record * WORDS + LAST] as number;
  }

  touch(record: number, tick: number): void {
    this.words[record * WORDS + LAST] = tick;
  }

  tag(record: number): number {
    return this.words[record * WORDS + TAG] as number;
  }

  setTag(record: number, tag: number): void {
    this.words[record * WORDS + TAG] = tag;
  }

  #isAt(record: number, own: number, b: number): boolean {
    const at = record * WORDS;
    return ((this.words[at + A] as number) | 0) === own && ((this.words[at + B] as number) | 0) === b;
  }

  /** The higher, the sooner it makes room. */
  #rank(record: number, tick: number): number {
    const at = record * WORDS;
    if (this.words[at + A] === 0) return Number.POSITIVE_INFINITY;
    const age = (tick - (this.words[at + LAST] as number)) >>> 0;
    return this.words[at + TAG] === HELD ? age : age + 2 ** 32;
  }

  #place(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }
}
