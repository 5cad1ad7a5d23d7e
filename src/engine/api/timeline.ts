import type { Timeline } from '../../shared/contract/engine';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { Nanoseconds } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_BITS, CHUNK_MASK, CHUNK_ROWS } from '../columns/column-chunk';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';

const NANOSECONDS_A_SECOND = 1_000_000_000;

export interface TimelineSpan {
  readonly buckets: number;
  /** No more than so much time before the last packet; null: all. */
  readonly last: Nanoseconds | null;
}

/** Packets and bytes of the session in `buckets` equal parts of its time, and how many of them the view shows. Works in turns. */
export async function timeline(
  session: Session,
  view: PacketView,
  { buckets, last }: TimelineSpan,
  signal: AbortSignal,
): Promise<Timeline> {
  const table = session.capture.tables.packets;
  const { first } = table;
  // What is not kept any more has no part in the picture.
  const begin = session.outline?.from ?? (first === 0 ? (session.statistics.firstTime ?? 0) : table.time(first));
  const to = session.outline?.to ?? session.statistics.lastTime ?? 0;
  const from = last === null ? begin : Math.max(begin, to - last);
  const width = Math.max(1, (to - from) / buckets);
  const packets = new Array<number>(buckets).fill(0);
  const bytes = new Array<number>(buckets).fill(0);
  const shown = view.isEverything ? null : new Array<number>(buckets).fill(0);
  const turn = new Turn();
  const bucketOf = (row: number): number => {
    const chunk = table.chunkOf(row);
    const i = row & CHUNK_MASK;
    if (((chunk.flags[i] ?? 0) & PacketFlag.Time) === 0) return -1;
    const time = (chunk.seconds[i] ?? 0) * NANOSECONDS_A_SECOND + (chunk.nanoseconds[i] ?? 0);
    if (last !== null && time < from) return -1;
    return Math.min(buckets - 1, Math.max(0, Math.floor((time - from) / width)));
  };
  const count = table.count;
  for (let start = first; start < count && !signal.aborted; start += CHUNK_ROWS) {
    // Between two turns the oldest may go.
    if (!table.has(start)) continue;
    const end = Math.min(count, start + CHUNK_ROWS);
    // Times rise but for a few packets of several interfaces.
    if (last !== null && table.time(end - 1) < from) continue;
    const lengths = table.chunks[start >> CHUNK_BITS]?.length;
    for (let row = start; row < end; row++) {
      const bucket = bucketOf(row);
      if (bucket < 0) continue;
      packets[bucket] = (packets[bucket] ?? 0) + 1;
      bytes[bucket] = (bytes[bucket] ?? 0) + (lengths?.[row & CHUNK_MASK] ?? 0);
    }
    if (turn.over) await turn.next();
  }
  if (shown !== null) {
    const total = view.count;
    for (let position = 0; position < total && !signal.aborted; position++) {
      const row = view.row(position);
      const bucket = row < count && table.has(row) ? bucketOf(row) : -1;
      if (bucket >= 0) shown[bucket] = (shown[bucket] ?? 0) + 1;
      if ((position & CHUNK_MASK) === CHUNK_MASK && turn.over) await turn.next();
    }
  }
  return { from, width, packets, bytes, shown, outline: last === null ? (session.outline?.packets ?? null) : null };
}

/** A whole file in short, for when it is replayed. */
export interface Outline {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  /** In equal parts of that time. */
  readonly packets: readonly number[];
}

/** More than a screen has room for. */
const OUTLINE_BUCKETS = 1024;

/** Null where the session was not read to its end, or has no times. */
export async function outlineOf(session: Session, view: PacketView): Promise<Outline | null> {
  if (session.outline) return session.outline;
  const { firstTime, lastTime } = session.statistics;
  if (session.load !== 'done' || firstTime === null || lastTime === null) return null;
  const { packets } = await timeline(session, view, { buckets: OUTLINE_BUCKETS, last: null }, new AbortController().signal);
  return { from: firstTime, to: lastTime, packets };
}
