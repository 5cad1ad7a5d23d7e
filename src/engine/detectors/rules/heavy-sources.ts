import type { AddressIndex } from '../../../shared/model/units';

const COUNTERS = 8;
const REGISTER_BITS = 8;
const REGISTERS = 1 << REGISTER_BITS;
/** Of Flajolet et al. 2007 for 256 registers. */
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/**
 * Who sends most and how many there are, in 350 bytes whatever their number: counters of Misra and Gries (1982), which a source with more than
 * a ninth of all cannot escape, and a HyperLogLog (Flajolet et al. 2007, error about 6.5 %).
 */
export class HeavySources {
  total = 0;
  readonly #address = new Int32Array(COUNTERS).fill(-1);
  readonly #count = new Int32Array(COUNTERS);
  readonly #registers = new Uint8Array(REGISTERS);

  clear(): void {
    this.total = 0;
    this.#address.fill(-1);
    this.#count.fill(0);
    this.#registers.fill(0);
  }

  add(source: AddressIndex): void {
    this.total++;
    let hash = Math.imul(source ^ (source >>> 16), 0x7feb352d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
    hash ^= hash >>> 16;
    const register = hash & (REGISTERS - 1);
    const rank = Math.clz32(hash | (REGISTERS - 1)) + 1;
    if (rank > (this.#registers[register] ?? 0)) this.#registers[register] = rank;

    let free = -1;
    for (let i = 0; i < COUNTERS; i++) {
      if (this.#address[i] === source) {
        this.#count[i] = (this.#count[i] ?? 0) + 1;
        return;
      }
      if (this.#count[i] === 0) free = i;
    }
    if (free >= 0) {
      this.#address[free] = source;
      this.#count[free] = 1;
      return;
    }
    for (let i = 0; i < COUNTERS; i++) this.#count[i] = (this.#count[i] ?? 0) - 1;
  }

  /** Distinct sources, about. */
  get distinct(): number {
    let sum = 0;
    let empty = 0;
    for (const rank of this.#registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty++;
    }
    const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
    return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
  }

  /** The source that sent more than half of all; -1: none did. */
  get majority(): AddressIndex {
    for (let i = 0; i < COUNTERS; i++) if ((this.#count[i] ?? 0) * 2 > this.total) return this.#address[i] ?? -1;
    return -1;
  }

  /** Those that stand out, most first; each sent a hundredth of all at least. */
  top(): AddressIndex[] {
    return [...this.#address.keys()]
      .filter((i) => (this.#count[i] ?? 0) > 1 && (this.#count[i] ?? 0) * 100 >= this.total)
      .sort((a, b) => (this.#count[b] ?? 0) - (this.#count[a] ?? 0))
      .map((i) => this.#address[i] ?? -1);
  }
}
