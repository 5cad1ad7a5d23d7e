import { AddressKind, formatAddress } from '../../shared/model/addresses';
import type { AddressIndex } from '../../shared/model/units';

export { AddressKind };

/** Bound of the table: an address costs 21 bytes and 8 of index; a flood of spoofed sources beyond it shows no address, the frame keeps it. */
const MAX_ADDRESSES = 1 << 24;
const NONE = -1;

/**
 * Interns addresses: the same bytes are the same small number everywhere in the session. Open addressing with linear probing;
 * an entry is four 32-bit words (an IPv4 address uses the first, a MAC the first two) and a kind.
 */
export class AddressTable {
  count = 0;
  #words = new Uint32Array(4 * 4096);
  #kinds = new Uint8Array(4096);
  #slots = new Int32Array(16384).fill(NONE);
  #mask = 16383;

  get bytes(): number {
    return this.#words.byteLength + this.#kinds.byteLength + this.#slots.byteLength;
  }

  internIpv4(word: number): AddressIndex {
    const w0 = word >>> 0;
    // Nearly every look-up is this one: the other words of an IPv4 address are zero, the kind and the first decide.
    let slot = hash(AddressKind.Ipv4, w0, 0, 0, 0) & this.#mask;
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index === NONE) return this.#intern(AddressKind.Ipv4, w0, 0, 0, 0);
      if (this.#words[index * 4] === w0 && this.#kinds[index] === AddressKind.Ipv4) return index;
      slot = (slot + 1) & this.#mask;
    }
  }

  internMac(bytes: Uint8Array, at: number): AddressIndex {
    return this.#intern(AddressKind.Mac, word32(bytes, at), ((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0), 0, 0);
  }

  internIpv6(bytes: Uint8Array, at: number): AddressIndex {
    return this.#intern(AddressKind.Ipv6, word32(bytes, at), word32(bytes, at + 4), word32(bytes, at + 8), word32(bytes, at + 12));
  }

  /** -1 where the address was never seen. For look-ups by people (filters), not for the packet path. */
  find(kind: number, w0: number, w1 = 0, w2 = 0, w3 = 0): AddressIndex {
    let slot = hash(kind, w0, w1, w2, w3) & this.#mask;
    for (;;) {
      const index = this.#slots[slot] ?? NONE;
      if (index === NONE) return NONE;
      if (this.#is(index, kind, w0 >>> 0, w1 >>> 0, w2 >>> 0, w3 >>> 0)) return index;
      slot = (slot + 1) & this.#mask;
    }
  }

  kind(index: AddressIndex): number {
    return this.#kinds[index] ?? 0;
  }

  /** Word 0..3 of the address, big-endian. */
  word(index: AddressIndex, word: number): number {
    return this.#words[index * 4 + word] ?? 0;
  }

  /** As Wireshark prints it; '' for -1 and NONE_32. */
  text(index: AddressIndex): string {
    if (index < 0 || index >= this.count) return '';
    const at = index * 4;
    const words = this.#words;
    return formatAddress(this.#kinds[index] ?? 0, words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0);
  }

  /** Puts kind and words into these at entry `at`; no kind for -1 and NONE_32. */
  copyTo(index: AddressIndex, kinds: Uint8Array, words: Uint32Array, at: number): void {
    if (index < 0 || index >= this.count) return;
    const from = index * 4;
    const to = at * 4;
    kinds[at] = this.#kinds[index] ?? 0;
    for (let word = 0; word < 4; word++) words[to + word] = this.#words[from + word] ?? 0;
  }

  /** Texts that sort as the addresses do: by kind, then by number. */
  sortKey(index: AddressIndex): string {
    if (index < 0 || index >= this.count) return '';
    const words = [0, 1, 2, 3].map((word) => this.word(index, word).toString(16).padStart(8, '0'));
    return `${this.kind(index)}${words.join('')}`;
  }

  #is(index: number, kind: number, w0: number, w1: number, w2: number, w3: number): boolean {
    const words = this.#words;
    const at = index * 4;
    return words[at] === w0 && words[at + 1] === w1 && words[at + 2] === w2 && words[at + 3] === w3 && this.#kinds[index] === kind;
  }

  #intern(kind: number, w0: number, w1: number, w2: number, w3: number): AddressIndex {
    let slot = hash(kind, w0, w1, w2, w3) & this.#mask;
    for (;;) {
      const index = this.#slots[slot] ?? NONE;
      if (index === NONE) break;
      if (this.#is(index, kind, w0, w1, w2, w3)) return index;
      slot = (slot + 1) & this.#mask;
    }
    if (this.count >= MAX_ADDRESSES) return NONE;
    const index = this.count++;
    if (index >= this.#kinds.length) this.#growEntries();
    const at = index * 4;
    this.#words[at] = w0;
    this.#words[at + 1] = w1;
    this.#words[at + 2] = w2;
    this.#words[at + 3] = w3;
    this.#kinds[index] = kind;
    this.#slots[slot] = index;
    if (this.count * 2 > this.#slots.length) this.#growSlots();
    return index;
  }

  #growEntries(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    const kinds = new Uint8Array(this.#kinds.length * 2);
    kinds.set(this.#kinds);
    this.#words = words;
    this.#kinds = kinds;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(NONE);
    const mask = slots.length - 1;
    const words = this.#words;
    for (let index = 0; index < this.count; index++) {
      const at = index * 4;
      let slot = hash(this.#kinds[index] ?? 0, words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0) & mask;
      while (slots[slot] !== NONE) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

// The seed differs in each process, so that nobody can send addresses that all fall into one slot.
const SEED = (Math.random() * 0x100000000) | 0;

function hash(kind: number, w0: number, w1: number, w2: number, w3: number): number {
  let h = SEED ^ kind;
  h = Math.imul(h ^ w0, 0x85ebca6b);
  h ^= h >>> 15;
  if ((w1 | w2 | w3) !== 0) {
    h = Math.imul(h ^ w1, 0xc2b2ae35);
    h ^= h >>> 13;
    h = Math.imul(h ^ w2, 0x27d4eb2f);
    h ^= h >>> 15;
    h = Math.imul(h ^ w3, 0x165667b1);
  }
  h = Math.imul(h ^ (h >>> 16), 0x9e3779b1);
  return h ^ (h >>> 14);
}

function word32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}
