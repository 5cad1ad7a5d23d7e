import type { Problem } from '../../shared/base/result';
import type { CaptureCost, GapInfo, LiveState } from '../../shared/contract/live';
import type { Nanoseconds } from '../../shared/model/units';
import { CHUNK_ROWS } from '../columns/column-chunk';
import type { ProcessTable } from '../processes/process-table';
import type { SessionTables } from '../session-tables';
import type { LiveCapture, LiveCounts, LiveEnd } from '../sources/live/live-capture';
import type { SpoolRing } from '../spool/spool-ring';
import { LossRecord } from './loss-record';

/** Packets whose columns are kept, about half a gigabyte; the spool may hold more. */
const MAX_PACKETS = 8_000_000;
/** Gaps that a tick carries. */
const MAX_GAPS = 100;
/** Between two looks at what was dropped. */
const LOSS_MS = 1000;
const NANOSECONDS_A_MILLISECOND = 1_000_000;

/** What feeds a session that goes on, and where its frames are kept. */
export class LiveFeed {
  readonly kind: LiveState['kind'];
  readonly capture: LiveCapture;
  /** null: frames are not kept, so that nothing of them can be opened. */
  readonly ring: SpoolRing | null;
  /** Of this capture and no other: 'eth0, 2026-11-21 16:40:05'. */
  readonly title: string;
  /** Programs of the watched host; null: nobody looks. */
  processes: ProcessTable | null = null;
  readonly #maxPackets: number;
  #end: LiveEnd | null = null;
  #forgotten = 0;
  readonly #losses = new LossRecord();
  #newest: Nanoseconds = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(kind: LiveState['kind'], capture: LiveCapture, ring: SpoolRing | null, started: Date, maxPackets = MAX_PACKETS) {
    this.kind = kind;
    this.capture = capture;
    this.ring = ring;
    this.title = `${capture.name}, ${localTime(started)}`;
    this.#maxPackets = maxPackets;
    void capture.ended.then((end) => {
      this.#end = end;
    });
  }

  /** Packets have come: gives up the oldest where their frames are gone or they are too many, and notes what was lost. */
  advance(tables: SessionTables): void {
    const { packets } = tables;
    if (packets.count > 0) this.#newest = packets.time(packets.count - 1);
    if (performance.now() - this.#lookedAt >= LOSS_MS) this.#noteLosses();
    const oldest = this.ring?.oldest ?? 0;
    let keep = packets.first;
    while (
      keep + CHUNK_ROWS < packets.count &&
      (packets.count - keep > this.#maxPackets || packets.positionOf(keep + CHUNK_ROWS - 1) < oldest)
    ) {
      keep += CHUNK_ROWS;
    }
    if (keep > packets.first) tables.forget(keep);
    this.#forgotten = packets.first;
  }

  #noteLosses(): void {
    this.#lookedAt = performance.now();
    this.#losses.add(this.#newest, droppedPackets(this.#counts) ?? 0);
  }

  get #counts(): LiveCounts {
    return this.#end?.counts ?? this.capture.counts();
  }

  /** `startSecond`: what the session's times count from. */
  state(startSecond: number): LiveState {
    // What was lost at the very end is known when it ended.
    if (this.#end) this.#noteLosses();
    const counts = this.#counts;
    const { gaps } = this.capture;
    const since = (milliseconds: number): number => (milliseconds - startSecond * 1000) * NANOSECONDS_A_MILLISECOND;
    return {
      kind: this.kind,
      received: counts.received,
      dropped: droppedPackets(counts),
      gaps: gaps
        .slice(-MAX_GAPS)
        .map(({ from, to, reason }): GapInfo => ({ from: since(from), to: to === null ? null : since(to), reason })),
      gapCount: gaps.length,
      losses: this.#losses.losses,
      reconnecting: this.#end === null && this.capture.reconnecting === true,
      cost: costOf(this.capture),
      spool: this.ring && { bytes: this.ring.bytes, limit: this.ring.limit, forgotten: this.#forgotten },
      programs: this.processes?.state ?? null,
      problem: this.problem,
    };
  }

  /** Why it ended by itself; null while it runs, and where it was stopped. */
  get problem(): Problem | null {
    return this.#end?.problem ?? null;
  }

  /** Stops capturing; whoever reads the stream gets its end. */
  close(): Promise<LiveEnd> {
    return this.capture.stop();
  }
}

function costOf(capture: LiveCapture): CaptureCost | null {
  if (!capture.meter) return null;
  const { received, sent, remoteCpu } = capture.meter();
  return { received, sent, remoteCpu };
}

/** Null where nobody counted. */
const droppedPackets = ({ droppedByKernel, droppedByInterface }: LiveCounts): number | null =>
  droppedByKernel === null && droppedByInterface === null ? null : (droppedByKernel ?? 0) + (droppedByInterface ?? 0);

/** Date and time of the clock on the wall, in the order that sorts. */
function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
