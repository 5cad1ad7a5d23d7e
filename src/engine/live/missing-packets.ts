import type { LossInfo } from '../../shared/contract/live';
import type { Nanoseconds } from '../../shared/model/units';
import type { GapSource } from '../capture';
import type { PacketTable } from '../columns/packet-table';
import type { Gap } from '../detectors/gaps';
import type { LiveCapture, LiveCounts } from '../sources/live/live-capture';
import { LossRecord } from './loss-record';

/** Between two looks at what was dropped. */
const LOSS_MS = 1000;
/** The capturing side tells its counts once a second: what was lost may have been lost so long before. */
const COUNTED_LATE: Nanoseconds = 1_000_000_000;
const NANOSECONDS_A_MILLISECOND = 1_000_000;

/** Which packets of a live capture are missing: told to the rules, and kept for who looks at its times. */
export class MissingPackets implements GapSource {
  readonly #capture: LiveCapture;
  readonly #record = new LossRecord();
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Packets that had come at that time. */
  #packets = 0;
  /** Until when gaps were told, epoch milliseconds. */
  #told = Number.NEGATIVE_INFINITY;

  constructor(capture: LiveCapture) {
    this.#capture = capture;
  }

  /** Of those that were dropped. */
  get losses(): readonly LossInfo[] {
    return this.#record.losses;
  }

  /** What became known since the last call; times count from the start of `packets`. */
  take(packets: PacketTable): readonly Gap[] {
    if (packets.count === 0) return [];
    const found: Gap[] = [];
    if (performance.now() - this.#lookedAt >= LOSS_MS) {
      const loss = this.note(packets, this.#capture.counts());
      if (loss) found.push(loss);
    }
    const { gaps } = this.#capture;
    const last = gaps.at(-1);
    if (last === undefined || last.to === null || last.to <= this.#told) return found;
    const since = (milliseconds: number): Nanoseconds => (milliseconds - packets.startSecond * 1000) * NANOSECONDS_A_MILLISECOND;
    for (const { from, to } of gaps) {
      if (to === null || to <= this.#told) continue;
      this.#told = to;
      found.push({ from: since(from), to: since(Math.max(from, to)), share: 1 });
    }
    return found;
  }

  /** Looks at the counter of drops; gives what it grew by. */
  note(packets: PacketTable, counts: LiveCounts): Gap | null {
    this.#lookedAt = performance.now();
    const come = packets.count - this.#packets;
    this.#packets = packets.count;
    const newest = packets.count > 0 ? packets.time(packets.count - 1) : 0;
    const loss = this.#record.add(newest, droppedPackets(counts) ?? 0);
    if (loss === null) return null;
    // Something came, or nobody would be reading: it is no time in which nothing was captured.
    const share = Math.min(MAX_SHARE, loss.packets / (loss.packets + come));
    return { from: loss.from - COUNTED_LATE, to: loss.to, share };
  }
}

/** Of losses, which are no times without any packet. */
const MAX_SHARE = 0.999;

/** Null where nobody counted. */
export const droppedPackets = ({ droppedByKernel, droppedByInterface }: LiveCounts): number | null =>
  droppedByKernel === null && droppedByInterface === null ? null : (droppedByKernel ?? 0) + (droppedByInterface ?? 0);
