import { InvariantError } from '../../shared/base/assert';
import type { Bytes, Nanoseconds, PacketIndex } from '../../shared/model/units';
import { CHUNK_BITS, CHUNK_MASK, CHUNK_ROWS, ColumnChunk } from './column-chunk';

const NANOSECONDS_A_SECOND = 1_000_000_000;
const MAX_INT32 = 0x7fffffff;
/** What one of `positionHigh` stands for. */
export const POSITION_HIGH = 0x1_0000_0000;

/** The packet list as struct of arrays. Rows are appended by the pipeline and never move; readers take `chunk(row >> CHUNK_BITS)`. */
export class PacketTable {
  readonly chunks: ColumnChunk[] = [];
  /** Chunks before this one were given up; before `#freed` they are gone. */
  #released = 0;
  #freed = 0;
  count = 0;
  /** Epoch second that `seconds` columns count from: that of the first packet with a time. */
  startSecond = 0;
  #hasStart = false;
  /** Second and nanosecond of row 0, once it is not kept any more. */
  #beginning: readonly [number, number] | null = null;

  /** Makes room for one row more and gives its chunk; the row's index within it is `count & CHUNK_MASK` before `count` is raised by the caller. */
  chunkForAppend(): ColumnChunk {
    const index = this.count >> CHUNK_BITS;
    let chunk = this.chunks[index];
    if (chunk === undefined) {
      chunk = new ColumnChunk();
      this.chunks.push(chunk);
    }
    return chunk;
  }

  chunkOf(row: PacketIndex): ColumnChunk {
    const chunk = this.chunks[row >> CHUNK_BITS];
    // The message is made only when it is needed: this is called for every packet.
    if (chunk === undefined || row >= this.count) throw new InvariantError(`row ${row} of ${this.count}`);
    return chunk;
  }

  /** The oldest row that is kept. */
  get first(): PacketIndex {
    return Math.min(this.count, this.#released * CHUNK_ROWS);
  }

  /** Second and nanosecond of the session's first row since its start, whether that row is kept or not. */
  get beginning(): readonly [number, number] {
    return this.#beginning ?? [this.chunks[0]?.seconds[0] ?? 0, this.chunks[0]?.nanoseconds[0] ?? 0];
  }

  has(row: PacketIndex): boolean {
    return row >= this.first && row < this.count;
  }

  /** Gives up the chunks before this one. Whoever is at work on their rows may finish: they are gone when others are given up. */
  release(chunk: number): void {
    if (this.#released === 0 && chunk > 0) this.#beginning = this.beginning;
    if (chunk <= this.#released) return;
    for (; this.#freed < this.#released; this.#freed++) delete this.chunks[this.#freed];
    this.#released = chunk;
  }

  /** Seconds since the session's start; the first call decides the start. Clamped to 68 years either way. */
  relativeSecond(epochSecond: number): number {
    if (!this.#hasStart) {
      this.#hasStart = true;
      this.startSecond = epochSecond;
    }
    const relative = epochSecond - this.startSecond;
    return relative > MAX_INT32 ? MAX_INT32 : relative < -MAX_INT32 ? -MAX_INT32 : relative;
  }

  /** Time since the session's first second; exact up to 104 days, then to 2^-52 of its size. */
  time(row: PacketIndex): Nanoseconds {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    return (chunk.seconds[i] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[i] ?? 0);
  }

  /** Epoch seconds with 9 decimals, exact. */
  timeText(row: PacketIndex): string {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    return epochText(this.startSecond + (chunk.seconds[i] ?? 0), chunk.nanoseconds[i] ?? 0);
  }

  /** Of the frame's first byte in the capture's byte stream. */
  positionOf(row: PacketIndex): Bytes {
    const chunk = this.chunkOf(row);
    const i = row & CHUNK_MASK;
    return (chunk.positionHigh[i] ?? 0) * POSITION_HIGH + (chunk.positionLow[i] ?? 0);
  }

  capturedLengthOf(row: PacketIndex): number {
    return this.chunkOf(row).capturedLength[row & CHUNK_MASK] ?? 0;
  }

  /** Bytes of the rows that are kept. What is reserved behind the last row takes no memory until it is written. */
  get bytes(): number {
    return (this.count - this.#freed * CHUNK_ROWS) * BYTES_A_ROW;
  }
}

const BYTES_A_ROW = 57;

/** Epoch seconds and nanoseconds as text with 9 decimals. */
export const epochText = (second: number, nanosecond: number): string => `${second}.${String(nanosecond).padStart(9, '0')}`;
