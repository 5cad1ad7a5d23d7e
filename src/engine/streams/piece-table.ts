import type { StreamPieceKind, StreamSender } from '../../shared/contract/stream';
import type { Bytes, PacketIndex } from '../../shared/model/units';

const KINDS = ['data', 'lost', 'cut'] as const satisfies readonly StreamPieceKind[];
export type StoredKind = (typeof KINDS)[number];
const SENDER = 1;
const LOOSE = 2;
const KIND_SHIFT = 2;

/** Pieces of one stream that are remembered, 19 bytes each: 2.8 GB of full segments, and 38 MB however small they are. */
export const MAX_PIECES = 2_000_000;

/** Where the bytes of a stream are: rows and places within their payload, in order. */
export class PieceTable {
  count = 0;
  /** Positions of all pieces. */
  size = 0;
  #rows = new Uint32Array(256);
  #lengths = new Uint32Array(256);
  #skips = new Uint16Array(256);
  #marks = new Uint8Array(256);
  #positions = new Float64Array(256);

  get isFull(): boolean {
    return this.count >= MAX_PIECES;
  }

  /** `skip`: where it begins in the row's payload. */
  add(row: PacketIndex, sender: StreamSender, kind: StoredKind, skip: Bytes, length: Bytes, loose: boolean): void {
    if (this.isFull) return;
    const at = this.count++;
    if (at === this.#rows.length) this.#grow();
    this.#rows[at] = row;
    this.#lengths[at] = length;
    this.#skips[at] = skip;
    this.#marks[at] = sender | (loose ? LOOSE : 0) | (KINDS.indexOf(kind) << KIND_SHIFT);
    this.#positions[at] = this.size;
    this.size += kind === 'data' ? length : 1;
  }

  /** Takes back what was added after the first `count`. */
  truncate(count: number): void {
    if (count >= this.count) return;
    this.size = this.#positions[count] ?? 0;
    this.count = count;
  }

  row(at: number): PacketIndex {
    return this.#rows[at] ?? 0;
  }
  length(at: number): Bytes {
    return this.#lengths[at] ?? 0;
  }
  skip(at: number): Bytes {
    return this.#skips[at] ?? 0;
  }
  position(at: number): number {
    return this.#positions[at] ?? 0;
  }
  sender(at: number): StreamSender {
    return ((this.#marks[at] ?? 0) & SENDER) as StreamSender;
  }
  kind(at: number): StoredKind {
    return KINDS[(this.#marks[at] ?? 0) >> KIND_SHIFT] ?? 'data';
  }
  isLoose(at: number): boolean {
    return ((this.#marks[at] ?? 0) & LOOSE) !== 0;
  }

  /** The piece that this position is in; `count` beyond the last. */
  at(position: number): number {
    if (position >= this.size) return this.count;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#positions[middle] ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  #grow(): void {
    const size = Math.min(MAX_PIECES, this.#rows.length * 2);
    const grown = <T extends { set(from: T): void }>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#rows = grown(new Uint32Array(size), this.#rows);
    this.#lengths = grown(new Uint32Array(size), this.#lengths);
    this.#skips = grown(new Uint16Array(size), this.#skips);
    this.#marks = grown(new Uint8Array(size), this.#marks);
    this.#positions = grown(new Float64Array(size), this.#positions);
  }
}
