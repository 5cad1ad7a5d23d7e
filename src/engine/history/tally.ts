/** Packets and bytes by number, for the first `capacity` numbers that come; what is beyond is counted together. Memory is taken once. */
export class Tally {
  count = 0;
  /** Entry i, in the order in which they came. */
  readonly keys: Uint32Array;
  readonly packets: Float64Array;
  readonly bytes: Float64Array;
  otherPackets = 0;
  otherBytes = 0;
  readonly #capacity: number;
  /** Open addressing, at most half full: entry + 1, 0 is free. */
  readonly #slots: Uint16Array;
  readonly #mask: number;

  /** `capacity`: a power of two, at most 32,768. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.keys = new Uint32Array(capacity);
    this.packets = new Float64Array(capacity);
    this.bytes = new Float64Array(capacity);
    this.#slots = new Uint16Array(2 * capacity);
    this.#mask = 2 * capacity - 1;
  }

  add(key: number, bytes: number): void {
    let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & this.#mask;
    for (;;) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0) return this.#addNew(slot, key, bytes);
      if (this.keys[entry] === key) {
        this.packets[entry] = (this.packets[entry] ?? 0) + 1;
        this.bytes[entry] = (this.bytes[entry] ?? 0) + bytes;
        return;
      }
      slot = (slot + 1) & this.#mask;
    }
  }

  clear(): void {
    this.#slots.fill(0);
    this.count = 0;
    this.otherPackets = 0;
    this.otherBytes = 0;
  }

  #addNew(slot: number, key: number, bytes: number): void {
    if (this.count === this.#capacity) {
      this.otherPackets++;
      this.otherBytes += bytes;
      return;
    }
    const entry = this.count++;
    this.#slots[slot] = entry + 1;
    this.keys[entry] = key;
    this.packets[entry] = 1;
    this.bytes[entry] = bytes;
  }
}
