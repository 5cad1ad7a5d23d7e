import type { StreamSender } from '../../shared/contract/stream';
import type { Bytes, PacketIndex } from '../../shared/model/units';
import { MinHeap } from './min-heap';
import type { PieceTable } from './piece-table';

/** Segments of one sender that may wait for those before them; then the gap is taken for lost, as if it had been acknowledged. */
const MAX_WAITING = 100_000;

export interface Segment {
  readonly row: PacketIndex;
  readonly sender: StreamSender;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly syn: boolean;
  /** Of payload, as the headers say. */
  readonly length: Bytes;
  readonly captured: Bytes;
}

/** Came before its turn. `start` counts in the sender's own bytes, without wrapping around. */
interface Waiting {
  readonly row: PacketIndex;
  readonly start: number;
  readonly skip: Bytes;
  readonly length: Bytes;
  readonly order: number;
}

class Side {
  started = false;
  /** The byte that comes next: counted from the first, and its sequence number. */
  next = 0;
  sequence = 0;
  readonly early = new MinHeap<Waiting>(({ start }) => start);
  /** Their turn has come; of those the one that was captured first goes first. */
  readonly due = new MinHeap<Waiting>(({ order }) => order);

  /** Where a sequence number is; it may be up to 2^31 before or after the next one (RFC 9293, section 3.4). */
  place(sequence: number): number {
    return this.next + ((sequence - this.sequence) | 0);
  }

  advance(bytes: number): void {
    this.next += bytes;
    this.sequence = (this.sequence + bytes) >>> 0;
  }
}

/**
 * Puts the two byte streams of a TCP connection together the way Wireshark's "Follow TCP Stream" does: what came first stays, repeated bytes
 * are left out, early segments wait, and a gap is given up when the receiver acknowledges what is behind it.
 */
export class TcpAssembler {
  readonly repeated: [number, number] = [0, 0];
  readonly lost: [number, number] = [0, 0];
  readonly #pieces: PieceTable;
  readonly #sides = [new Side(), new Side()] as const;
  #order = 0;
  /** Pieces that stay, whatever comes. */
  #firm = 0;
  /** Lost bytes of the loose tail. */
  readonly #looseLost: [number, number] = [0, 0];

  constructor(pieces: PieceTable) {
    this.#pieces = pieces;
  }

  add({ row, sender, sequence, acknowledgement, syn, length, captured }: Segment): void {
    this.#acknowledge(sender === 0 ? 1 : 0, acknowledgement, row);
    const side = this.#sides[sender];
    const first = (sequence + (syn ? 1 : 0)) >>> 0;
    // A refusal (RST with sequence number 0) or a SYN that nobody answered may stand before the SYN that counts.
    if (!side.started || (syn && side.next === 0 && side.early.size === 0)) {
      side.started = true;
      side.sequence = first;
    }
    const start = side.place(first);
    const end = start + length;
    const skip = end > side.next ? Math.max(0, side.next - start) : 0;
    const data = Math.max(0, captured - skip);
    if (start < side.next && captured > 0) this.repeated[sender] += Math.min(captured, side.next - start);
    if (data === 0 || start + skip < side.next) return;
    if (start > side.next) {
      side.early.push({ row, start, skip: 0, length: data, order: this.#order++ });
      if (side.early.size > MAX_WAITING) this.#giveUpGap(sender, row);
      return;
    }
    this.#pieces.add(row, sender, 'data', skip, data, false);
    const whole = length - skip;
    if (whole > data) this.#pieces.add(row, sender, 'cut', 0, whole - data, false);
    side.advance(whole);
    this.#drain(sender);
  }

  /** Adds what still waits behind gaps at the end, until `loosen` takes it back. */
  addLoose(): void {
    this.#firm = this.#pieces.count;
    for (const sender of [0, 1] as const) {
      let { next } = this.#sides[sender];
      this.#looseLost[sender] = 0;
      const waiting = [...this.#sides[sender].early.items].sort((a, b) => a.start - b.start || a.order - b.order);
      for (const { row, start, skip, length } of waiting) {
        if (start > next) {
          this.#pieces.add(row, sender, 'lost', 0, start - next, true);
          this.#looseLost[sender] += start - next;
          next = start;
        }
        const fresh = start + length - next;
        if (fresh <= 0) continue;
        this.#pieces.add(row, sender, 'data', skip + length - fresh, fresh, true);
        next += fresh;
      }
      this.lost[sender] += this.#looseLost[sender];
    }
  }

  loosen(): void {
    this.#pieces.truncate(this.#firm);
    for (const sender of [0, 1] as const) {
      this.lost[sender] -= this.#looseLost[sender];
      this.#looseLost[sender] = 0;
    }
  }

  #acknowledge(sender: StreamSender, acknowledgement: number, row: PacketIndex): void {
    const side = this.#sides[sender];
    for (let least = side.early.least; least && side.place(acknowledgement) > least.start; least = side.early.least) {
      this.#giveUpGap(sender, row);
    }
  }

  /** The next early segment's turn comes although bytes before it are missing. */
  #giveUpGap(sender: StreamSender, row: PacketIndex): void {
    const side = this.#sides[sender];
    const least = side.early.least;
    if (!least) return;
    const gap = least.start - side.next;
    this.lost[sender] += gap;
    this.#pieces.add(row, sender, 'lost', 0, gap, false);
    side.advance(gap);
    this.#drain(sender);
  }

  #drain(sender: StreamSender): void {
    const side = this.#sides[sender];
    for (;;) {
      for (let least = side.early.least; least && least.start <= side.next; least = side.early.least) {
        side.early.pop();
        side.due.push(least);
      }
      const piece = side.due.pop();
      if (!piece) return;
      const fresh = piece.start + piece.length - side.next;
      this.repeated[sender] += Math.min(piece.length, piece.length - fresh);
      if (fresh <= 0) continue;
      this.#pieces.add(piece.row, sender, 'data', piece.skip + piece.length - fresh, fresh, false);
      side.advance(fresh);
    }
  }
}
