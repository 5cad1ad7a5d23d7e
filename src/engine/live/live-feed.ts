import type { Problem } from '../../shared/base/result';
import type { CaptureCost, GapInfo, LiveSourceInfo, LiveState } from '../../shared/contract/live';
import { CHUNK_ROWS } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import type { ProcessTable } from '../processes/process-table';
import type { SessionTables } from '../session-tables';
import { CaptureGroup, type PartState } from '../sources/live/capture-group';
import type { LiveCapture, LiveCounts, LiveEnd, RunningCapture } from '../sources/live/live-capture';
import type { SpoolRing } from '../spool/spool-ring';
import { droppedPackets, MissingPackets } from './missing-packets';

/** Packets whose columns are kept, about half a gigabyte; the spool may hold more. */
const MAX_PACKETS = 8_000_000;
/** Gaps that a tick carries. */
const MAX_GAPS = 100;
const NANOSECONDS_A_MILLISECOND = 1_000_000;

/** What feeds a session that goes on, and where its frames are kept. */
export class LiveFeed {
  readonly kind: LiveState['kind'];
  readonly capture: LiveCapture | CaptureGroup;
  /** null: frames are not kept, so that nothing of them can be opened. */
  readonly ring: SpoolRing | null;
  /** Of this capture and no other: 'eth0, 2026-11-21 16:40:05'. */
  readonly title: string;
  /** Programs of the watched host; null: nobody looks. */
  processes: ProcessTable | null = null;
  /** Of which they are. */
  host = '';
  readonly #maxPackets: number;
  #end: LiveEnd | null = null;
  readonly missing: MissingPackets;
  #forgotten = 0;
  #packets: PacketTable | null = null;

  constructor(
    kind: LiveState['kind'],
    capture: LiveCapture | CaptureGroup,
    ring: SpoolRing | null,
    started: Date,
    maxPackets = MAX_PACKETS,
  ) {
    this.kind = kind;
    this.capture = capture;
    this.ring = ring;
    this.missing = new MissingPackets(capture);
    this.title = `${capture.name}, ${localTime(started)}`;
    this.#maxPackets = maxPackets;
    void capture.ended.then((end) => {
      this.#end = end;
    });
  }

  /** Packets have come: gives up the oldest where their frames are gone or they are too many. */
  advance(tables: SessionTables): void {
    const { packets } = tables;
    this.#packets = packets;
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

  get #counts(): LiveCounts {
    return this.#end?.counts ?? this.capture.counts();
  }

  /** `startSecond`: what the session's times count from. */
  state(startSecond: number): LiveState {
    // What was lost at the very end is known when it ended.
    if (this.#end && this.#packets) this.missing.note(this.#packets, this.#end.counts);
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
      losses: this.missing.losses,
      reconnecting: this.#end === null && this.capture.reconnecting === true,
      cost: costOf(this.capture),
      spool: this.ring && { bytes: this.ring.bytes, limit: this.ring.limit, forgotten: this.#forgotten },
      programs: this.processes?.state ?? null,
      problem: this.problem,
      sources: this.capture instanceof CaptureGroup ? this.capture.parts.map(sourceInfo) : [],
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

const sourceInfo = ({ name, counts, reconnecting, ended, problem }: PartState): LiveSourceInfo => ({
  name,
  received: counts.received,
  dropped: droppedPackets(counts),
  reconnecting,
  ended,
  problem,
});

function costOf(capture: RunningCapture): CaptureCost | null {
  if (!capture.meter) return null;
  const meter = capture.meter();
  return meter && { received: meter.received, sent: meter.sent, remoteCpu: meter.remoteCpu };
}

/** Date and time of the clock on the wall, in the order that sorts. */
function localTime(time: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
