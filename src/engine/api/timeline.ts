import type { Timeline } from '../../shared/contract/engine';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { Nanoseconds, PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_ROWS, type ColumnChunk } from '../columns/column-chunk';
import type { PacketTable } from '../columns/packet-table';
import type { Session } from '../session';
import { eachShown } from '../view/each-shown';
import type { PacketView } from '../view/packet-view';

const NANOSECONDS_A_SECOND = 1_000_000_000;

export interface TimelineSpan {
  readonly buckets: number;
  /** No more than so much time before the last packet; null: all. */
  readonly last: Nanoseconds | null;
}

interface Counts {
  readonly key: string;
  readonly packets: readonly number[];
  readonly bytes: readonly number[];
}

/** Of each session the newest counts of all packets: a filter only changes how many of them are shown. */
const kept = new WeakMap<Session, Counts>();

/** Packets and bytes of the session in `buckets` equal parts of its time, and how many of them the view shows. Works in turns. */
export async function timeline(
  session: Session,
  view: PacketView,
  { buckets, last }: TimelineSpan,
  signal: AbortSignal,
): Promise<Timeline> {
  const table = session.capture.tables.packets;
  const { first, count } = table;
  // What is not kept any more has no part in the picture.
  const begin = session.outline?.from ?? (first === 0 ? (session.statistics.firstTime ?? 0) : table.time(first));
  const to = session.outline?.to ?? session.statistics.lastTime ?? 0;
  const from = last === null ? begin : Math.max(begin, to - last);
  const axis: Axis = { from, width: Math.max(1, (to - from) / buckets), buckets, isCut: last !== null };
  const key = `${from} ${to} ${buckets} ${first} ${count}`;
  let counts = kept.get(session);
  if (counts?.key !== key) {
    counts = { key, ...(await countAll(table, axis, signal)) };
    if (!signal.aborted) kept.set(session, counts);
  }
  const shown = view.isEverything ? null : await countShown(table, view, count, axis, signal);
  const { packets, bytes } = counts;
  return { from, width: axis.width, packets, bytes, shown, outline: last === null ? (session.outline?.packets ?? null) : null };
}

interface Axis {
  readonly from: Nanoseconds;
  readonly width: Nanoseconds;
  readonly buckets: number;
  /** What was before it is left out. */
  readonly isCut: boolean;
}

/** -1: it is in none. */
function bucketOf({ flags, seconds, nanoseconds }: ColumnChunk, i: number, { from, width, buckets, isCut }: Axis): number {
  if (((flags[i] ?? 0) & PacketFlag.Time) === 0) return -1;
  const time = (seconds[i] ?? 0) * NANOSECONDS_A_SECOND + (nanoseconds[i] ?? 0);
  if (isCut && time < from) return -1;
  return Math.min(buckets - 1, Math.max(0, Math.floor((time - from) / width)));
}

async function countAll(table: PacketTable, axis: Axis, signal: AbortSignal): Promise<Omit<Counts, 'key'>> {
  const packets = new Array<number>(axis.buckets).fill(0);
  const bytes = new Array<number>(axis.buckets).fill(0);
  const turn = new Turn();
  const { count } = table;
  for (let start = table.first; start < count && !signal.aborted; start += CHUNK_ROWS) {
    // Between two turns the oldest may go.
    if (!table.has(start)) continue;
    const end = Math.min(count, start + CHUNK_ROWS);
    // Times rise but for a few packets of several interfaces.
    if (axis.isCut && table.time(end - 1) < axis.from) continue;
    const chunk = table.chunkOf(start);
    for (let i = 0; i < end - start; i++) {
      const bucket = bucketOf(chunk, i, axis);
      if (bucket < 0) continue;
      packets[bucket] = (packets[bucket] ?? 0) + 1;
      bytes[bucket] = (bytes[bucket] ?? 0) + (chunk.length[i] ?? 0);
    }
    if (turn.over) await turn.next();
  }
  return { packets, bytes };
}

async function countShown(table: PacketTable, view: PacketView, count: number, axis: Axis, signal: AbortSignal): Promise<number[]> {
  const shown = new Array<number>(axis.buckets).fill(0);
  const visit = (chunk: ColumnChunk, place: number, row: PacketIndex): void => {
    const bucket = row < count ? bucketOf(chunk, place, axis) : -1;
    if (bucket >= 0) shown[bucket] = (shown[bucket] ?? 0) + 1;
  };
  await eachShown(table, view, visit, signal);
  return shown;
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
