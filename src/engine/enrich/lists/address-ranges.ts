import { assert } from '../../../shared/base/assert';

/** More than the entries that a list may have. */
const PLACES = 2 ** 20;

/** Sorted ranges without overlap, of numbers of 32 bits; two searches a look-up at most, nothing allocated. */
export class Ipv4Ranges {
  readonly #first: Uint32Array;
  readonly #last: Uint32Array;

  /** First and last of each range in turn, in any order; at most 2^20 ranges. */
  constructor(pairs: readonly number[]) {
    const count = pairs.length / 2;
    assert(count <= PLACES, `${count} ranges are more than their places can be written in`);
    // Number and place in one double of 53 bits, because typed arrays are sorted without a comparison in JavaScript.
    const keys = Float64Array.from({ length: count }, (_, place) => (pairs[2 * place] as number) * PLACES + place).sort();
    const first = new Uint32Array(count);
    const last = new Uint32Array(count);
    let kept = -1;
    for (const key of keys) {
      const from = Math.floor(key / PLACES);
      const to = pairs[2 * (key % PLACES) + 1] as number;
      if (kept >= 0 && from <= (last[kept] as number) + 1) last[kept] = Math.max(last[kept] as number, to);
      else {
        kept++;
        first[kept] = from;
        last[kept] = to;
      }
    }
    this.#first = first.slice(0, kept + 1);
    this.#last = last.slice(0, kept + 1);
  }

  get size(): number {
    return this.#first.length;
  }

  has(address: number): boolean {
    return holds(this.#first, this.#last, address);
  }
}

/** The same, of numbers of 128 bits. */
export class Ipv6Ranges {
  readonly #first: bigint[];
  readonly #last: bigint[];

  constructor(pairs: readonly bigint[]) {
    const merged = merge(pairs);
    this.#first = merged.map(([first]) => first);
    this.#last = merged.map(([, last]) => last);
  }

  get size(): number {
    return this.#first.length;
  }

  has(address: bigint): boolean {
    return holds(this.#first, this.#last, address);
  }
}

function merge(pairs: readonly bigint[]): [bigint, bigint][] {
  const ranges: [bigint, bigint][] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) ranges.push([pairs[i] as bigint, pairs[i + 1] as bigint]);
  ranges.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of ranges) {
    const before = merged.at(-1);
    if (before === undefined || first > before[1] + 1n) merged.push([first, last]);
    else if (last > before[1]) before[1] = last;
  }
  return merged;
}

function holds<T extends number | bigint>(first: ArrayLike<T>, last: ArrayLike<T>, address: T): boolean {
  let low = 0;
  let high = first.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((first[middle] as T) <= address) low = middle + 1;
    else high = middle;
  }
  return low > 0 && address <= (last[low - 1] as T);
}
