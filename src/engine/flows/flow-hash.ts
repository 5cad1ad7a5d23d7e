import type { FlowChunk } from './flow-chunk';
import { Byte, FLOW_CHUNK_BITS, FLOW_CHUNK_MASK, RECORD_BYTES, WORDS, Word } from './flow-chunk';

const FIRST_BITS = 16;

// Secret to the process: nobody can choose addresses and ports that all fall into one slot.
const random32 = (): number => (Math.random() * 0x100000000) | 0;
const ADDRESS_FACTOR = random32() | 1;
const PORT_FACTOR = random32() | 1;
const OFFSET = random32();

function end(address: number, port: number): number {
  let x = (Math.imul(address, ADDRESS_FACTOR) + Math.imul(port, PORT_FACTOR) + OFFSET) | 0;
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  return x ^ (x >>> 13);
}

/** The same for both directions. */
export function flowHash(source: number, sourcePort: number, destination: number, destinationPort: number, protocol: number): number {
  let h = (end(source, sourcePort) + end(destination, destinationPort) + Math.imul(protocol, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x297a2d39);
  return h ^ (h >>> 15);
}

/** Hash of the record in `slot`. */
function recordHash(chunks: readonly FlowChunk[], slot: number): number {
  const chunk = chunks[slot >>> FLOW_CHUNK_BITS];
  if (chunk === undefined) return 0;
  const row = slot & FLOW_CHUNK_MASK;
  const at = row * WORDS;
  const words = chunk.words;
  const ports = words[at + Word.ports] ?? 0;
  const protocol = chunk.bytes[row * RECORD_BYTES + Byte.protocol] ?? 0;
  return flowHash(words[at + Word.source] ?? 0, ports >>> 16, words[at + Word.destination] ?? 0, ports & 0xffff, protocol);
}

/**
 * Finds a key's newest record: open addressing with linear probing, at most half full. An entry is the record's slot plus one in the low bits,
 * 0 where empty, and bits of the hash above it, so that a foreign record is hardly ever looked at.
 */
export class FlowHash {
  entries: Uint32Array = new Uint32Array(1 << FIRST_BITS);
  mask = (1 << FIRST_BITS) - 1;
  count = 0;
  readonly slotMask: number;
  readonly tagMask: number;

  constructor(capacity: number) {
    const bits = 32 - Math.clz32(capacity);
    this.slotMask = (1 << bits) - 1;
    this.tagMask = ~this.slotMask;
  }

  get bytes(): number {
    return this.entries.byteLength;
  }

  /** `at` is the empty entry that the probe for `hash` ended at. */
  insert(at: number, hash: number, slot: number, chunks: readonly FlowChunk[]): void {
    this.entries[at] = (hash & this.tagMask) | (slot + 1);
    this.count++;
    if (this.count * 2 > this.entries.length) this.#grow(chunks);
  }

  /** The key at this entry has a newer record. */
  replace(at: number, hash: number, slot: number): void {
    this.entries[at] = (hash & this.tagMask) | (slot + 1);
  }

  /** Takes a record out before it is overwritten; nothing where a newer record of the same key took its place. */
  remove(slot: number, chunks: readonly FlowChunk[]): void {
    const entries = this.entries;
    const mask = this.mask;
    let at = recordHash(chunks, slot) & mask;
    for (;;) {
      const entry = entries[at] ?? 0;
      if (entry === 0) return;
      if ((entry & this.slotMask) === slot + 1) break;
      at = (at + 1) & mask;
    }
    // Back-shift: later entries of the run move into the hole, so that no probe ends early.
    let hole = at;
    for (let next = (hole + 1) & mask; ; next = (next + 1) & mask) {
      const entry = entries[next] ?? 0;
      if (entry === 0) break;
      const home = recordHash(chunks, (entry & this.slotMask) - 1) & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        entries[hole] = entry;
        hole = next;
      }
    }
    entries[hole] = 0;
    this.count--;
  }

  #grow(chunks: readonly FlowChunk[]): void {
    const old = this.entries;
    // By four: a table that fills in one go is rebuilt half as often.
    const entries = new Uint32Array(old.length * 4);
    const mask = entries.length - 1;
    for (let i = 0; i < old.length; i++) {
      const entry = old[i] ?? 0;
      if (entry === 0) continue;
      let at = recordHash(chunks, (entry & this.slotMask) - 1) & mask;
      while (entries[at] !== 0) at = (at + 1) & mask;
      entries[at] = entry;
    }
    this.entries = entries;
    this.mask = mask;
  }
}
