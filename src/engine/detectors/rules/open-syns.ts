import type { AddressIndex } from '../../../shared/model/units';

/** Pairs share a place where their hashes do: about one does in 10,000 connections within the window. */
const PLACES = 1 << 15;
const MASK = PLACES - 1;
const MAX = 255;

/**
 * About how many SYNs between two ends wait for their connection, in 64 KB that stay in a core's cache: what tells the pairs that deserve a
 * window of their own from the many that do not. Never too low: pairs that share a place are counted together.
 */
export class OpenSyns {
  #now = new Uint8Array(PLACES);
  #before = new Uint8Array(PLACES);
  readonly #seconds: number;
  #ends = Number.NEGATIVE_INFINITY;

  /** SYNs are counted for this many seconds at least, and for twice as many at most. */
  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  /** One more; gives how many there are with it. */
  add(source: AddressIndex, target: AddressIndex, second: number): number {
    if (second >= this.#ends) this.#turn(second);
    const at = placeOf(source, target);
    const count = this.#now[at] as number;
    if (count < MAX) this.#now[at] = count + 1;
    return count + 1 + (this.#before[at] as number);
  }

  /** One of them has become a connection. */
  complete(source: AddressIndex, target: AddressIndex): void {
    const at = placeOf(source, target);
    if ((this.#now[at] as number) > 0) this.#now[at] = (this.#now[at] as number) - 1;
    else if ((this.#before[at] as number) > 0) this.#before[at] = (this.#before[at] as number) - 1;
  }

  clear(): void {
    this.#now.fill(0);
    this.#before.fill(0);
  }

  #turn(second: number): void {
    const spare = this.#before;
    this.#before = this.#now;
    this.#now = spare.fill(0);
    if (second >= this.#ends + this.#seconds) this.#before.fill(0);
    this.#ends = second + this.#seconds;
  }
}

function placeOf(source: AddressIndex, target: AddressIndex): number {
  const hash = Math.imul(source + 1, 0x9e3779b1) ^ Math.imul(target, 0x85ebca6b);
  return (hash ^ (hash >>> 15)) & MASK;
}
