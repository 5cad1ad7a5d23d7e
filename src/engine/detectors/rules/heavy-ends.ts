import type { AddressIndex, Bytes, FlowIndex, PacketIndex } from '../../../shared/model/units';

const SLOTS = 256;
const SHIFT = 24;

/** The pair of ends, or the one end, that most bytes were of. */
export interface HeavyEnds {
  readonly source: AddressIndex;
  readonly destination: AddressIndex;
  /** Lower bound. */
  readonly bytes: Bytes;
  readonly row: PacketIndex;
  readonly flow: FlowIndex;
}

/**
 * Who made most of the bytes, in constant space: each of 256 slots keeps one majority candidate (Boyer and Moore's vote, weighted by bytes).
 * A candidate's weight is never more than its true bytes, and an end with most of all bytes is always found.
 */
export class HeavyCounter {
  readonly #first = new Int32Array(SLOTS).fill(-1);
  readonly #second = new Int32Array(SLOTS).fill(-1);
  readonly #weight = new Float64Array(SLOTS);
  readonly #row = new Uint32Array(SLOTS);
  readonly #flow = new Int32Array(SLOTS);

  /** `source` -1: counted by destination alone. */
  add(source: AddressIndex, destination: AddressIndex, bytes: Bytes, row: PacketIndex, flow: FlowIndex): void {
    const slot = (Math.imul(Math.imul(source, 0x9e3779b1) ^ destination, 0x85ebca6b) >>> SHIFT) & (SLOTS - 1);
    const weight = this.#weight[slot] ?? 0;
    if (this.#first[slot] === source && this.#second[slot] === destination) {
      this.#weight[slot] = weight + bytes;
    } else if (weight >= bytes) {
      this.#weight[slot] = weight - bytes;
    } else {
      this.#first[slot] = source;
      this.#second[slot] = destination;
      this.#weight[slot] = bytes - weight;
      this.#row[slot] = row;
      this.#flow[slot] = flow;
    }
  }

  heaviest(): HeavyEnds {
    let best = 0;
    for (let slot = 1; slot < SLOTS; slot++) if ((this.#weight[slot] ?? 0) > (this.#weight[best] ?? 0)) best = slot;
    return {
      source: this.#first[best] ?? -1,
      destination: this.#second[best] ?? -1,
      bytes: this.#weight[best] ?? 0,
      row: this.#row[best] ?? 0,
      flow: this.#flow[best] ?? -1,
    };
  }

  clear(): void {
    this.#weight.fill(0);
    this.#first.fill(-1);
    this.#second.fill(-1);
  }
}
