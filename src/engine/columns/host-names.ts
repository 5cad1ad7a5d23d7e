import type { AddressIndex, TextIndex } from '../../shared/model/units';

const NONE = -1;

/** The name that a DNS answer last gave to an address: a text for each interned address, in an array that grows with them. */
export class HostNames {
  #names = new Int32Array(1024).fill(NONE);

  get(address: AddressIndex): TextIndex {
    return this.#names[address] ?? NONE;
  }

  set(address: AddressIndex, name: TextIndex): void {
    if (address < 0) return;
    if (address >= this.#names.length) {
      let size = this.#names.length;
      while (size <= address) size *= 2;
      const grown = new Int32Array(size).fill(NONE);
      grown.set(this.#names);
      this.#names = grown;
    }
    this.#names[address] = name;
  }

  get bytes(): number {
    return this.#names.byteLength;
  }
}
