import type { PacketIndex } from '../shared/model/units';

/** Which rows a filter took: one bit each. */
export class ListedRows {
  #bits = new Uint8Array(1 << 16);

  add(row: PacketIndex): void {
    const at = row >>> 3;
    if (at >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(this.#bits.length * 2, at + 1));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row & 7));
  }

  has(row: PacketIndex): boolean {
    return ((this.#bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}
