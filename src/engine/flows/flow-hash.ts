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

/**
 * Finds a key's newest record: open addressing with linear probing, at most half full. An entry is the record's slot plus one in the low bits,
 * 0 where empty, and bits of the hash above it, so that a foreign record is hardly ever looked at. Whole hashes lie beside them by slot:
 * moving an entry must not fetch its record.
 */
export class FlowHash {
  entries: Uint32Array = new Uint32Array(1 << FIRST_BITS);
  mask: number = (1 << FIRST_BITS) - 1;
  readonly slotMask: number;
  readonly tagMask: number;
  #count = 0;
  #hashes: Int32Array = new Int32Array(1 << (FIRST_BITS - 1));

  constructor(capacity: number) {
    this.slotMask = 2 ** (32 - Math.clz32(capacity)) - 1;
    this.tagMask = ~this.slotMask;
  }

  get bytes(): number {
    return this.entries.byteLength + this.#hashes.byteLength;
  }

  /** `at` is the empty entry that the probe for `hash` ended at. */
  insert(at: number, hash: number, slot: number): void {
    this.replace(at, hash, slot);
    this.#count++;
    if (this.#count * 2 > this.entries.length) this.#grow();
  }

  /** The key at this entry has a newer record. */
  replace(at: number, hash: number, slot: number): void {
    if (slot >= this.#hashes.length) {
      const hashes = new Int32Array(this.#hashes.length * 2);
      hashes.set(this.#hashes);
      this.#hashes = hashes;
    }
    this.#hashes[slot] = hash;
    this.entries[at] = (hash & this.tagMask) | (slot + 1);
  }

  /** Takes a record out before it is overwritten; nothing where a newer record of the same key took its place. */
  remove(slot: number): void {
    const entries = this.entries;
    const mask = this.mask;
    let hole = (this.#hashes[slot] ?? 0) & mask;
    while (((entries[hole] ?? 0) & this.slotMask) !== slot + 1) {
      if (entries[hole] === 0) return;
      hole = (hole + 1) & mask;
    }
    // Back-shift: later entries of the run move into the hole, so that no probe ends early.
    for (let next = (hole + 1) & mask; entries[next] !== 0; next = (next + 1) & mask) {
      const home = this.#home(entries[next] ?? 0, mask);
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      entries[hole] = entries[next] ?? 0;
      hole = next;
    }
    entries[hole] = 0;
    this.#count--;
  }

  #home(entry: number, mask: number): number {
    return (this.#hashes[(entry & this.slotMask) - 1] ?? 0) & mask;
  }

  #grow(): void {
    const old = this.entries;
    // By four: a table that fills in one go is rebuilt half as often.
    const entries = new Uint32Array(old.length * 4);
    const mask = entries.length - 1;
    for (let i = 0; i < old.length; i++) {
      const entry = old[i] ?? 0;
      if (entry === 0) continue;
      let at = this.#home(entry, mask);
      while (entries[at] !== 0) at = (at + 1) & mask;
      entries[at] = entry;
    }
    this.entries = entries;
    this.mask = mask;
  }
}
