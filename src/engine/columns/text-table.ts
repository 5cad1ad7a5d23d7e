import type { TextIndex } from '../../shared/model/units';

/** Bounds of the table: names beyond them are not kept beside the columns (the frame still has them). */
const MAX_TEXTS = 1 << 20;
const MAX_BYTES = 64 << 20;
/** A name longer than this is cut: DNS allows 255, URIs are what make this large. */
export const MAX_TEXT_LENGTH = 2048;
const NONE = -1;

/** Interns byte strings without making a JavaScript string of them until somebody reads one. */
export class TextTable {
  count = 0;
  /** Texts that found no room. */
  refused = 0;
  #bytes = new Uint8Array(1 << 16);
  #used = 0;
  #starts = new Uint32Array(1025);
  #slots = new Int32Array(4096).fill(NONE);
  #mask = 4095;

  /** Without what is reserved: it takes no memory until it is written. */
  get bytes(): number {
    return this.#used + this.count * 4 + this.#slots.byteLength;
  }

  /** Index of bytes[start..end), cut to MAX_TEXT_LENGTH; -1 where the table is full. Allocates only when it grows. */
  intern(bytes: Uint8Array, start: number, end: number): TextIndex {
    const length = Math.min(end - start, MAX_TEXT_LENGTH);
    let h = SEED;
    for (let i = 0; i < length; i++) h = Math.imul(h ^ (bytes[start + i] ?? 0), 0x01000193);
    h ^= h >>> 15;
    let slot = h & this.#mask;
    for (;;) {
      const index = this.#slots[slot] ?? NONE;
      if (index === NONE) break;
      if (this.#is(index, bytes, start, length)) return index;
      slot = (slot + 1) & this.#mask;
    }
    if (this.count >= MAX_TEXTS || this.#used + length > MAX_BYTES) {
      this.refused++;
      return NONE;
    }
    const index = this.#append(bytes, start, length);
    this.#slots[slot] = index;
    // At most two thirds full.
    if (this.count * 3 > this.#slots.length * 2) this.#growSlots();
    return index;
  }

  /** For callers that have a string already; not for the packet path. */
  internString(text: string): TextIndex {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** '' for -1. Bytes that are not UTF-8 become U+FFFD. */
  text(index: TextIndex): string {
    if (index < 0 || index >= this.count) return '';
    return decoder.decode(this.#bytes.subarray(this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0));
  }

  #is(index: number, bytes: Uint8Array, start: number, length: number): boolean {
    const at = this.#starts[index] ?? 0;
    if ((this.#starts[index + 1] ?? 0) - at !== length) return false;
    for (let i = 0; i < length; i++) if (this.#bytes[at + i] !== bytes[start + i]) return false;
    return true;
  }

  #append(bytes: Uint8Array, start: number, length: number): TextIndex {
    if (this.#used + length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 1.5, this.#used + length));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    if (this.count + 2 > this.#starts.length) {
      const grown = new Uint32Array(Math.ceil(this.#starts.length * 1.5));
      grown.set(this.#starts);
      this.#starts = grown;
    }
    const index = this.count++;
    for (let i = 0; i < length; i++) this.#bytes[this.#used + i] = bytes[start + i] ?? 0;
    this.#starts[index] = this.#used;
    this.#used += length;
    this.#starts[index + 1] = this.#used;
    return index;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(NONE);
    const mask = slots.length - 1;
    for (let index = 0; index < this.count; index++) {
      let h = SEED;
      for (let i = this.#starts[index] ?? 0; i < (this.#starts[index + 1] ?? 0); i++) h = Math.imul(h ^ (this.#bytes[i] ?? 0), 0x01000193);
      h ^= h >>> 15;
      let slot = h & mask;
      while (slots[slot] !== NONE) slot = (slot + 1) & mask;
      slots[slot] = index;
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

const SEED = (Math.random() * 0x100000000) | 0;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
