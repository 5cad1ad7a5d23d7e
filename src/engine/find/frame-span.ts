import type { Bytes, PacketIndex } from '../../shared/model/units';
import { CHUNK_MASK } from '../columns/column-chunk';
import { type PacketTable, POSITION_HIGH } from '../columns/packet-table';
import type { FrameStore } from '../sources/source';

/** Rows that one reading may bring, and their bytes: two pages of the frame store. */
const MAX_ROWS = 2048;
const MAX_SPAN: Bytes = 512 * 1024;
/** Bytes between two frames (headers, hidden packets) that are rather read than jumped over. */
const MAX_GAP: Bytes = 16 * 1024;

const EMPTY = new Uint8Array(0);

/** Frames that lie one behind the other in the store, read in one piece: `frame k` is `bytes[start(k) .. end(k))`. */
export class FrameSpan {
  /** Of everything from the first frame to the last, what is between them included. */
  bytes: Uint8Array = EMPTY;
  count = 0;
  readonly #packets: PacketTable;
  readonly #store: FrameStore | null;
  readonly #positions = new Float64Array(MAX_ROWS);
  readonly #lengths = new Uint32Array(MAX_ROWS);
  #origin: Bytes = 0;
  #rises = true;

  constructor(packets: PacketTable, store: FrameStore | null) {
    this.#packets = packets;
    this.#store = store;
  }

  /** Reads the frames of `rows[from]` and as many after it as lie together, in the rows' order. False: that one cannot be read, or only in part. */
  async read(rows: Uint32Array, from: number): Promise<boolean> {
    this.#gather(rows, from);
    if (await this.#load()) return true;
    if (this.count === 1) return false;
    // A file of the ring ends within them, or something is missing: this one alone.
    this.count = 1;
    return this.#load();
  }

  /** Of frame `k` within `bytes`. */
  start(k: number): number {
    return Math.min((this.#positions[k] ?? 0) - this.#origin, this.bytes.length);
  }

  end(k: number): number {
    return Math.min((this.#positions[k] ?? 0) - this.#origin + (this.#lengths[k] ?? 0), this.bytes.length);
  }

  /** The frame that begins at or before `offset` and nearest to it; -1 where none does. */
  frameAt(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const before = this.start(this.#inOrder(middle)) <= offset;
      if (before) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? -1 : this.#inOrder(low - 1);
  }

  /** Where the frame behind this one begins; the span's end where there is none. */
  startBehind(k: number): number {
    const next = this.#rises ? k + 1 : k - 1;
    return next < 0 || next >= this.count ? this.bytes.length : this.start(next);
  }

  /** Frames by their place in the store. */
  #inOrder(place: number): number {
    return this.#rises ? place : this.count - 1 - place;
  }

  #gather(rows: Uint32Array, from: number): void {
    this.#put(0, rows[from] ?? 0);
    this.count = 1;
    this.#rises = (rows[from + 1] ?? Number.POSITIVE_INFINITY) > (rows[from] ?? 0);
    for (let at = from + 1; at < rows.length && this.count < MAX_ROWS; at++) {
      this.#put(this.count, rows[at] ?? 0);
      if (!this.#fits(this.count)) break;
      this.count++;
    }
  }

  #put(k: number, row: PacketIndex): void {
    const chunk = this.#packets.has(row) ? this.#packets.chunkOf(row) : null;
    const i = row & CHUNK_MASK;
    this.#positions[k] = (chunk?.positionHigh[i] ?? 0) * POSITION_HIGH + (chunk?.positionLow[i] ?? 0);
    this.#lengths[k] = chunk?.capturedLength[i] ?? 0;
  }

  #fits(k: number): boolean {
    const [first, before, own] = [this.#positions[0] ?? 0, this.#positions[k - 1] ?? 0, this.#positions[k] ?? 0];
    const gap = this.#rises ? own - before - (this.#lengths[k - 1] ?? 0) : before - own - (this.#lengths[k] ?? 0);
    const span = this.#rises ? own + (this.#lengths[k] ?? 0) - first : first + (this.#lengths[0] ?? 0) - own;
    return gap >= 0 && gap <= MAX_GAP && span <= MAX_SPAN;
  }

  async #load(): Promise<boolean> {
    const last = this.count - 1;
    const [low, high] = this.#rises ? [0, last] : [last, 0];
    this.#origin = this.#positions[low] ?? 0;
    const length = (this.#positions[high] ?? 0) + (this.#lengths[high] ?? 0) - this.#origin;
    this.bytes = length === 0 ? EMPTY : ((await this.#store?.read(this.#origin, length)) ?? EMPTY);
    return this.bytes.length === length;
  }
}
