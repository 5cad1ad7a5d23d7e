import { PacketFlag } from '../../shared/model/packet-flags';
import { CHUNK_BITS, CHUNK_MASK } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import { type Block, Leaf, NO, YES } from './block';

/** What a packet's time is counted from. */
export type TimeOrigin = 'epoch' | 'first' | 'previous';

export const timeFields: ReadonlyMap<string, TimeOrigin> = new Map([
  ['frame.time', 'epoch'],
  ['frame.time_epoch', 'epoch'],
  ['frame.time_relative', 'first'],
  ['frame.time_delta', 'previous'],
]);

const SECOND = 1_000_000_000n;
const SECOND_NUMBER = 1_000_000_000;
/** Beyond what a column of seconds can hold. */
const FARTHEST = SECOND << 32n;

/** A moment as the columns hold it: whole seconds from the session's start, and nanoseconds. */
interface Moment {
  readonly second: number;
  readonly nanosecond: number;
}

/** Exact to the nanosecond, unlike a comparison of doubles. */
export class TimeLeaf extends Leaf {
  readonly #packets: PacketTable;
  readonly #origin: TimeOrigin;
  /** Pairs of first and last nanosecond; null: any time will do. */
  readonly #times: readonly (readonly [bigint, bigint])[] | null;

  constructor(packets: PacketTable, origin: TimeOrigin, times: readonly (readonly [bigint, bigint])[] | null) {
    super();
    this.#packets = packets;
    this.#origin = origin;
    this.#times = times;
  }

  fill(block: Block, out: Uint8Array): void {
    const rows = block.to - block.from;
    const { flags } = block.chunk;
    if (this.#times === null) {
      for (let i = 0; i < rows; i++) out[i] = ((flags[block.from + i] ?? 0) & PacketFlag.Time) !== 0 ? YES : NO;
      return;
    }
    out.fill(NO, 0, rows);
    for (const [first, last] of this.#times) {
      if (this.#origin === 'previous') this.#fillDeltas(block, out, Number(first), Number(last));
      else this.#fillMoments(block, out, this.#moment(first), this.#moment(last));
    }
  }

  inTree(): boolean {
    return false;
  }

  #fillMoments(block: Block, out: Uint8Array, first: Moment, last: Moment): void {
    const { seconds, nanoseconds, flags } = block.chunk;
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const at = block.from + i;
      const second = seconds[at] ?? 0;
      if (second < first.second || second > last.second || ((flags[at] ?? 0) & PacketFlag.Time) === 0) continue;
      const nanosecond = nanoseconds[at] ?? 0;
      if (second === first.second && nanosecond < first.nanosecond) continue;
      if (second === last.second && nanosecond > last.nanosecond) continue;
      out[i] = YES;
    }
  }

  #fillDeltas(block: Block, out: Uint8Array, first: number, last: number): void {
    const { seconds, nanoseconds, flags } = block.chunk;
    let [second, nanosecond] = this.#timeBefore(block);
    const rows = block.to - block.from;
    for (let i = 0; i < rows; i++) {
      const at = block.from + i;
      if (((flags[at] ?? 0) & PacketFlag.Time) === 0) continue;
      const delta = ((seconds[at] ?? 0) - second) * SECOND_NUMBER + (nanoseconds[at] ?? 0) - nanosecond;
      if (delta >= first && delta <= last) out[i] = YES;
      second = seconds[at] ?? 0;
      nanosecond = nanoseconds[at] ?? 0;
    }
  }

  /** Of the row before the block; of the block's own first row where it is the table's first, whose delta is 0. */
  #timeBefore(block: Block): [number, number] {
    const row = Math.max(this.#packets.first, block.row - 1);
    const chunk = this.#packets.chunks[row >> CHUNK_BITS];
    const at = row & CHUNK_MASK;
    return [chunk?.seconds[at] ?? 0, chunk?.nanoseconds[at] ?? 0];
  }

  #moment(time: bigint): Moment {
    let relative = time;
    if (this.#origin === 'epoch') relative -= BigInt(this.#packets.startSecond) * SECOND;
    else {
      const [second, nanosecond] = this.#packets.beginning;
      relative += BigInt(second) * SECOND + BigInt(nanosecond);
    }
    const near = relative > FARTHEST ? FARTHEST : relative > -FARTHEST ? relative : -FARTHEST;
    const nanosecond = ((near % SECOND) + SECOND) % SECOND;
    return { second: Number((near - nanosecond) / SECOND), nanosecond: Number(nanosecond) };
  }
}
