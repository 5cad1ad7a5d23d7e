import type { Ranked } from '../../shared/model/hosts';

/** Keys that one page tells apart, some 100 bytes each: who talks to more peers is a scanner, and its first 65,536 show that. */
export const MAX_TOLD_APART = 65_536;

export interface Sums<K> {
  readonly key: K;
  flows: number;
  packets: number;
  bytes: number;
}

/** Flows, packets and bytes by key, for the first `limit` keys; of others only their number of flows is known. */
export class Tally<K> {
  readonly sums = new Map<K, Sums<K>>();
  /** Flows of keys that found no room. */
  others = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(key: K, packets: number, bytes: number): void {
    let sums = this.sums.get(key);
    if (!sums) {
      if (this.sums.size >= this.#limit) {
        this.others++;
        return;
      }
      sums = { key, flows: 0, packets: 0, bytes: 0 };
      this.sums.set(key, sums);
    }
    sums.flows++;
    sums.packets += packets;
    sums.bytes += bytes;
  }
}

/** Those with the most bytes; of equals the first seen. */
export function top<K>({ sums }: Tally<K>, limit: number): Ranked<Sums<K>> {
  const rows = [...sums.values()].sort((a, b) => b.bytes - a.bytes);
  return { rows: rows.slice(0, limit), total: rows.length };
}
