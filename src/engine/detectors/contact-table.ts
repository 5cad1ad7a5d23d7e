const WAYS = 4;
/** A set of records has one cache line of 64 bytes: four words of each kind. */
const SET_WORDS = 4 * WAYS;
const A = 0;
const B = WAYS;
const LAST = 2 * WAYS;
const TAG = 3 * WAYS;

/** A record with this tag has more about it elsewhere: it makes room only where all its neighbours have, too. */
export const HELD = 0xffffffff;

/**
 * Records found by two words, in fixed memory: a key may be in four places, and the one of them that was touched longest ago makes room. It
 * allocates nothing and a look-up reads one cache line: a flood of forged sources makes hundreds of thousands of them.
 */
export class ContactTable {
  /** `width` words a record. What a new record holds is left from another: its tag says what counts. */
  readonly words: Uint32Array;
  readonly #heads: Uint32Array;
  readonly #mask: number;
  readonly #width: number;
  readonly #forget: (record: number) => void;
  /** What the last look-up found: the packets of a handshake or a scan often ask for the same. */
  #latest = 0;

  /** 2^bits records; `forget` is told of held ones that make room. */
  constructor(bits: number, width: number, forget: (record: number) => void = () => undefined) {
    this.#mask = (1 << bits) / WAYS - 1;
    this.#width = width;
    this.#heads = new Uint32Array(WAYS << bits);
    this.words = new Uint32Array(width << bits);
    this.#forget = forget;
  }

  /** The record, -1 where there is none. `a` is not 2^32 - 1. */
  find(a: number, b: number): number {
    const own = (a + 1) | 0;
    if (this.#isAt(this.#latest, own, b | 0)) return this.#latest;
    const first = this.#set(a, b) * WAYS;
    for (let record = first; record < first + WAYS; record++) {
      if (this.#isAt(record, own, b | 0)) {
        this.#latest = record;
        return record;
      }
    }
    return -1;
  }

  /** A new record with tag 0; to be called only where `find` finds none. `tick` is the time in a unit of the caller's. */
  add(a: number, b: number, tick: number): number {
    const heads = this.#heads;
    const set = this.#set(a, b);
    const head = set * SET_WORDS;
    let chosen = 0;
    let best = -1;
    for (let way = 0; way < WAYS; way++) {
      if (heads[head + A + way] === 0) {
        chosen = way;
        break;
      }
      const age = ((tick - (heads[head + LAST + way] as number)) >>> 1) & 0x3fffffff;
      const order = heads[head + TAG + way] === HELD ? age : age + 0x40000000;
      if (order > best) {
        best = order;
        chosen = way;
      }
    }
    const record = set * WAYS + chosen;
    if (heads[head + TAG + chosen] === HELD) this.#forget(record);
    heads[head + A + chosen] = a + 1;
    heads[head + B + chosen] = b;
    heads[head + LAST + chosen] = tick;
    heads[head + TAG + chosen] = 0;
    this.#latest = record;
    return record;
  }

  /** Place of the record's first word in `words`. */
  start(record: number): number {
    return record * this.#width;
  }

  touch(record: number, tick: number): void {
    this.#heads[(record >>> 2) * SET_WORDS + LAST + (record & 3)] = tick;
  }

  tag(record: number): number {
    return this.#heads[(record >>> 2) * SET_WORDS + TAG + (record & 3)] as number;
  }

  setTag(record: number, tag: number): void {
    this.#heads[(record >>> 2) * SET_WORDS + TAG + (record & 3)] = tag;
  }

  #isAt(record: number, own: number, b: number): boolean {
    const heads = this.#heads;
    const head = (record >>> 2) * SET_WORDS + (record & 3);
    return ((heads[head + A] as number) | 0) === own && ((heads[head + B] as number) | 0) === b;
  }

  #set(a: number, b: number): number {
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & this.#mask;
  }
}
