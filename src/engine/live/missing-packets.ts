import type { LossInfo } from '../../shared/contract/live';
import type { Nanoseconds } from '../../shared/model/units';
import type { GapSource } from '../capture';
import type { PacketTable } from '../columns/packet-table';
import type { Gap } from '../detectors/gaps';
import { CaptureGroup } from '../sources/live/capture-group';
import type { CaptureGap, LiveCounts, RunningCapture } from '../sources/live/live-capture';
import { LossRecord } from './loss-record';

/** Between two looks at what was dropped. */
const LOSS_MS = 1000;
/** The capturing side tells its counts once a second: what was lost may have been lost so long before. */
const COUNTED_LATE: Nanoseconds = 1_000_000_000;
/** Where not all is missing: of losses, and of gaps of one of several captures. */
const MAX_SHARE = 0.999;
/** Gaps that may have ended since the last look. */
const NEWEST = 32;
const NANOSECONDS_A_MILLISECOND = 1_000_000;

/** Which packets of a live capture are missing: told to the rules, and kept for who looks at its times. */
export class MissingPackets implements GapSource {
  readonly #capture: RunningCapture;
  readonly #record = new LossRecord();
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Packets that had come at that time. */
  #packets = 0;
  readonly #told = new WeakSet<CaptureGap>();

  constructor(capture: RunningCapture) {
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
      const loss = this.note(packets);
      if (loss) found.push(loss);
    }
    const { gaps } = this.#capture;
    const since = (milliseconds: number): Nanoseconds => (milliseconds - packets.startSecond * 1000) * NANOSECONDS_A_MILLISECOND;
    for (let i = Math.max(0, gaps.length - NEWEST); i < gaps.length; i++) {
      const gap = gaps[i] as CaptureGap;
      const { from, to, isPartial } = gap;
      if (to === null || this.#told.has(gap)) continue;
      this.#told.add(gap);
      found.push({ from: since(from), to: since(Math.max(from, to)), share: isPartial ? MAX_SHARE : 1 });
    }
    return found;
  }

  /** Looks at the counters of drops, those that there are; gives what they grew by. `counts`: the last ones of a capture that is over. */
  note(packets: PacketTable, counts: LiveCounts = this.#capture.counts()): Gap | null {
    this.#lookedAt = performance.now();
    const come = packets.count - this.#packets;
    this.#packets = packets.count;
    const newest = packets.count > 0 ? packets.time(packets.count - 1) : 0;
    const all = this.#capture instanceof CaptureGroup ? this.#capture.parts.map((part) => part.counts) : [counts];
    const loss = this.#record.add(
      newest,
      all.reduce((sum, each) => sum + (droppedPackets(each) ?? 0), 0),
    );
    if (loss === null) return null;
    // Something came, or nobody would be reading: it is no time in which nothing was captured.
    const share = Math.min(MAX_SHARE, loss.packets / (loss.packets + come));
    return { from: loss.from - COUNTED_LATE, to: loss.to, share };
  }
}

/** Null where nobody counted. */
export const droppedPackets = ({ droppedByKernel, droppedByInterface }: LiveCounts): number | null =>
  droppedByKernel === null && droppedByInterface === null ? null : (droppedByKernel ?? 0) + (droppedByInterface ?? 0);
