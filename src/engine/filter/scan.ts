import type { PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK, CHUNK_ROWS } from '../columns/column-chunk';
import { BLOCK_ROWS, type Block, NO, UNSURE } from './block';
import type { DisplayFilter } from './display-filter';
import type { DecodedPacket } from './tree-reader';

/** Decodes rows for a scan: one result a row, null where the frame cannot be read. At most MAX_DECODE_ROWS rows a call. */
export type DecodeRows = (rows: Uint32Array) => Promise<readonly (DecodedPacket | null)[]>;

/**
 * Rows that are handed to the decoder at once: their trees live at the same time. With hundreds of them the garbage collector copies what it
 * could forget: half of the search's time, in pauses of 50 ms and more.
 */
export const MAX_DECODE_ROWS = 16;
/** Between two looks at the clock: halved where a block took longer than this many milliseconds. */
const BLOCK_TIME = 2;
const SMALLEST_BLOCK = 64;

export interface ScanOptions {
  readonly decodeRows: DecodeRows;
  /** Milliseconds of work between two pauses; default 8. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** After each piece of work: `rows` and `count` may have grown. */
  readonly onProgress?: () => void;
}

/** 'done': every row up to the end is decided. 'more': the budget is used up. 'decode': `pending` rows wait for their trees. */
export type ScanState = 'done' | 'more' | 'decode';

/**
 * Finds the rows that a filter takes, in order, piece by piece. Columns are read in blocks; rows that they leave open are kept in their place
 * until their trees are there.
 */
export class FilterScan {
  readonly filter: DisplayFilter;
  #end: PacketIndex;
  #next: PacketIndex = 0;
  #rows = new Uint32Array(1024);
  #count = 0;
  /** Behind `#count`: rows that are taken or open, up to here. */
  #found = 0;
  /** Places in `#rows` of the open ones, ascending. */
  readonly #open = new Uint32Array(MAX_DECODE_ROWS + BLOCK_ROWS);
  #openCount = 0;
  /** Of `#open`: these have their answer already. */
  #decided = 0;
  #blockRows = 1024;
  readonly #out = new Uint8Array(BLOCK_ROWS);

  constructor(filter: DisplayFilter, toRow: PacketIndex = filter.tables.packets.count) {
    this.filter = filter;
    this.#end = toRow;
  }

  /** Matching rows so far, ascending: the first `count` of this array, which is replaced as it grows. */
  get rows(): Uint32Array {
    return this.#rows;
  }

  get count(): number {
    return this.#count;
  }

  /** Rows before this one are decided. */
  get scanned(): PacketIndex {
    return this.#openCount > this.#decided ? (this.#rows[this.#open[this.#decided] ?? 0] ?? 0) : this.#next;
  }

  get done(): boolean {
    return this.#next >= this.#end && this.#openCount === 0;
  }

  /** Rows before this one are not kept any more: gives how many of the matching ones were dropped. Nothing while rows wait for their trees. */
  forget(row: PacketIndex): number {
    if (this.#openCount > 0) return 0;
    let gone = 0;
    while (gone < this.#count && (this.#rows[gone] ?? 0) < row) gone++;
    if (gone > 0) {
      this.#rows.copyWithin(0, gone, this.#count);
      this.#count -= gone;
      this.#found = this.#count;
    }
    if (this.#next < row) this.#next = Math.min(row, this.#end);
    return gone;
  }

  /** Rows that were appended to the table. */
  extend(toRow: PacketIndex): void {
    if (toRow > this.#end) this.#end = toRow;
  }

  /** Reads columns for at most about `budgetMs` milliseconds. */
  step(budgetMs: number): ScanState {
    const until = performance.now() + budgetMs;
    for (let now = performance.now(); ; ) {
      if (this.#openCount >= MAX_DECODE_ROWS || (this.#openCount > 0 && this.#next >= this.#end)) return 'decode';
      if (this.#next >= this.#end) return 'done';
      if (now >= until) return 'more';
      this.#scanBlock();
      const after = performance.now();
      if (after - now > BLOCK_TIME) this.#blockRows = Math.max(SMALLEST_BLOCK, this.#blockRows >> 1);
      else if (after - now < BLOCK_TIME / 4) this.#blockRows = Math.min(BLOCK_ROWS, this.#blockRows << 1);
      now = after;
    }
  }

  /** Rows whose trees are needed next, at most MAX_DECODE_ROWS: to be given to `settle` in this order. */
  pending(): Uint32Array {
    const rows = new Uint32Array(Math.min(MAX_DECODE_ROWS, this.#openCount - this.#decided));
    for (let i = 0; i < rows.length; i++) rows[i] = this.#rows[this.#open[this.#decided + i] ?? 0] ?? 0;
    return rows;
  }

  /** The tree of the first pending row; null: it cannot be read, so it does not match. */
  settle(packet: DecodedPacket | null): void {
    const place = this.#open[this.#decided++] ?? 0;
    const row = this.#rows[place] ?? 0;
    // What is open is behind what is decided: everything up to this place keeps its order when it moves forward.
    const before = this.#decided > 1 ? (this.#open[this.#decided - 2] ?? 0) + 1 : this.#count;
    this.#move(before, place);
    if (packet !== null && this.filter.decide(row, packet)) this.#rows[this.#count++] = row;
    if (this.#decided < this.#openCount) return;
    this.#move(place + 1, this.#found);
    this.#found = this.#count;
    this.#openCount = 0;
    this.#decided = 0;
  }

  /** Scans to the end with pauses, so that whoever shares the thread goes on. Ends early when `signal` is aborted. Rejects as `decodeRows` does. */
  async run(options: ScanOptions): Promise<void> {
    const { decodeRows, budgetMs = 8, signal, onProgress } = options;
    const stopped = (): boolean => signal?.aborted === true;
    while (!stopped()) {
      const state = this.step(budgetMs);
      if (state === 'decode') {
        const packets = await decodeRows(this.pending());
        let until = performance.now() + budgetMs;
        for (const packet of packets) {
          if (stopped()) return;
          this.settle(packet);
          if (performance.now() < until) continue;
          onProgress?.();
          await pause();
          until = performance.now() + budgetMs;
        }
      }
      onProgress?.();
      if (this.done) return;
      await pause();
    }
  }

  #scanBlock(): void {
    const row = this.#next;
    const from = row & CHUNK_MASK;
    const rows = Math.min(this.#blockRows, this.#end - row, CHUNK_ROWS - from);
    const chunk = this.filter.tables.packets.chunkOf(row);
    const block: Block = { chunk, from, to: from + rows, row };
    const out = this.#out;
    this.filter.fill(block, out);
    this.#reserve(rows);
    const found = this.#rows;
    let place = this.#found;
    for (let i = 0; i < rows; i++) {
      const answer = out[i];
      if (answer === NO) continue;
      if (answer === UNSURE) this.#open[this.#openCount++] = place;
      found[place++] = row + i;
    }
    this.#found = place;
    // Up to the first open row nothing is left to wait for.
    if (this.#decided === 0) this.#count = this.#openCount === 0 ? place : (this.#open[0] ?? place);
    this.#next = row + rows;
  }

  /** Moves places `from..to` to the end of what is decided. */
  #move(from: number, to: number): void {
    if (from === this.#count) this.#count = to;
    else {
      this.#rows.copyWithin(this.#count, from, to);
      this.#count += to - from;
    }
  }

  #reserve(rows: number): void {
    if (this.#found + rows <= this.#rows.length) return;
    const grown = new Uint32Array(Math.max(this.#rows.length * 2, this.#found + rows));
    grown.set(this.#rows.subarray(0, this.#found));
    this.#rows = grown;
  }
}

// A macrotask: promises alone would keep the port and the timers waiting.
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
