/** Sorted ranges without overlap, of numbers of 32 bits; two searches a look-up at most, nothing allocated. */
export class Ipv4Ranges {
  readonly #first: Uint32Array;
  readonly #last: Uint32Array;

  /** First and last of each range in turn, in any order. */
  constructor(pairs: readonly number[]) {
    const merged = merge(
      pairs,
      (a, b) => a - b,
      (last) => last + 1,
    );
    this.#first = Uint32Array.from(merged, ([first]) => first);
    this.#last = Uint32Array.from(merged, ([, last]) => last);
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
    const merged = merge(
      pairs,
      (a, b) => (a < b ? -1 : a > b ? 1 : 0),
      (last) => last + 1n,
    );
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

function merge<T extends number | bigint>(pairs: readonly T[], compare: (a: T, b: T) => number, next: (last: T) => T): [T, T][] {
  const ranges: [T, T][] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) ranges.push([pairs[i] as T, pairs[i + 1] as T]);
  ranges.sort((a, b) => compare(a[0], b[0]));
  const merged: [T, T][] = [];
  for (const [first, last] of ranges) {
    const before = merged.at(-1);
    if (before === undefined || first > next(before[1])) merged.push([first, last]);
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
