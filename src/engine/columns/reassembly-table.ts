import type { Bytes, PacketIndex } from '../../shared/model/units';

/** Where the first bytes of a message that spans segments are: `length` bytes from `offset` of the first row's payload on. */
export interface MessagePieces {
  readonly rows: Uint32Array;
  readonly offset: Bytes;
  readonly length: Bytes;
  /** Bytes of the last row's payload that come after the message. */
  readonly rest: Bytes;
}

/** Rows that all messages may name, and as many that datagrams may: beyond them the details of a completing packet show its own bytes only. */
const MAX_ROWS = 4_000_000;
/** Numbers of an entry: completing row, begin in `#rows`, count, offset, length, rest. */
const ENTRY = 6;

/** Which packets hold what a later packet completes; sparse, in the order of the completing rows. The bytes themselves stay in the file. */
export class ReassemblyTable {
  #entries = new Uint32Array(64 * ENTRY);
  #count = 0;
  #rows = new Uint32Array(1024);
  #used = 0;
  readonly #datagrams = new Map<PacketIndex, readonly PacketIndex[]>();
  #fragments = 0;

  /** Rows ascend from call to call; `rows[0..count)` hold the message's bytes, `row` last. */
  addMessage(row: PacketIndex, rows: Uint32Array, count: number, offset: Bytes, length: Bytes): void {
    if (this.#used + count > MAX_ROWS) return;
    this.#reserve(count);
    const entries = this.#entries;
    const at = this.#count++ * ENTRY;
    entries[at] = row;
    entries[at + 1] = this.#used;
    entries[at + 2] = count;
    entries[at + 3] = offset;
    entries[at + 4] = length;
    entries[at + 5] = 0;
    for (let i = 0; i < count; i++) this.#rows[this.#used + i] = rows[i] as number;
    this.#used += count;
  }

  /** Of the message that was added last, if this row completes it. */
  setRest(row: PacketIndex, rest: Bytes): void {
    const at = (this.#count - 1) * ENTRY;
    if (at >= 0 && this.#entries[at] === row) this.#entries[at + 5] = rest;
  }

  addDatagram(row: PacketIndex, fragments: readonly PacketIndex[]): void {
    if (this.#fragments + fragments.length > MAX_ROWS) return;
    this.#fragments += fragments.length;
    this.#datagrams.set(row, fragments);
  }

  message(row: PacketIndex): MessagePieces | null {
    const entry = this.#firstAtOrAfter(row);
    const at = entry * ENTRY;
    if (entry === this.#count || this.#entries[at] !== row) return null;
    const [, start = 0, count = 0, offset = 0, length = 0, rest = 0] = this.#entries.subarray(at, at + ENTRY);
    return { rows: this.#rows.slice(start, start + count), offset, length, rest };
  }

  /** Rows of the fragments of the datagram that this row completes, itself last. */
  datagram(row: PacketIndex): readonly PacketIndex[] | null {
    return this.#datagrams.get(row) ?? null;
  }

  /** Drops what rows before this one complete. */
  forget(row: PacketIndex): void {
    for (const [completing, fragments] of this.#datagrams) {
      if (completing >= row) break;
      this.#datagrams.delete(completing);
      this.#fragments -= fragments.length;
    }
    const kept = this.#firstAtOrAfter(row);
    if (kept === 0) return;
    const start = kept === this.#count ? this.#used : (this.#entries[kept * ENTRY + 1] ?? 0);
    this.#entries.copyWithin(0, kept * ENTRY, this.#count * ENTRY);
    this.#rows.copyWithin(0, start, this.#used);
    this.#count -= kept;
    this.#used -= start;
    for (let i = 0; i < this.#count; i++) this.#entries[i * ENTRY + 1] = (this.#entries[i * ENTRY + 1] ?? 0) - start;
  }

  #firstAtOrAfter(row: PacketIndex): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle * ENTRY] ?? 0) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Without what is reserved: it takes no memory until it is written. */
  get bytes(): Bytes {
    return this.#count * ENTRY * 4 + this.#used * 4 + this.#fragments * 8;
  }

  #reserve(rows: number): void {
    if ((this.#count + 1) * ENTRY > this.#entries.length) this.#entries = enlarged(this.#entries, (this.#count + 1) * ENTRY);
    if (this.#used + rows > this.#rows.length) this.#rows = enlarged(this.#rows, this.#used + rows);
  }
}

function enlarged(from: Uint32Array, need: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(Math.max(need, Math.ceil(from.length * 1.5)));
  to.set(from);
  return to;
}
