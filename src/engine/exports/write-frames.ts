import { ok, type Result } from '../../shared/base/result';
import type { Exported } from '../../shared/contract/exports';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import { FrameReader } from '../details/frame-reader';
import type { Session } from '../session';
import { PcapngFile } from '../sinks/pcapng-file';
import { createBatch } from '../sources/batch';
import type { Progress, RowList } from './row-list';

const APPLICATION = 'Portlight';
const FRAMES = 512;
const NO_COMMENTS: readonly string[] = [];

/**
 * Writes these packets to a new pcapng file, with interfaces, names and comments. Packets whose bytes cannot be read any more are left out and
 * counted. When `signal` is aborted it ends early.
 */
export async function writeFrames(
  session: Session,
  rows: RowList,
  path: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result<Exported>> {
  const made = await PcapngFile.create(path, { application: APPLICATION, interfaceName: session.info.name, captureFilter: null });
  if (!made.ok) return made;
  const file = made.value;
  let written: Awaited<ReturnType<typeof writeAll>>;
  let closed: Result<null>;
  try {
    written = await writeAll(session, rows, file, progress, signal);
  } finally {
    closed = await file.close(null);
  }
  if (!written.ok) return written;
  return closed.ok ? ok({ ...written.value, bytes: file.size }) : closed;
}

async function writeAll(
  { capture }: Session,
  rows: RowList,
  file: PcapngFile,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result<{ count: number; missing: number }>> {
  const { packets, comments } = capture.tables;
  const frames = new FrameReader(packets, capture.source.store);
  const batch = createBatch(FRAMES);
  const turn = new Turn();
  let missing = 0;
  let saved = 0;
  let used = 0;
  let bytes = new Uint8Array(FRAMES * 256);
  const add = (row: PacketIndex, frame: Uint8Array): void => {
    if (used + frame.length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, used + frame.length));
      larger.set(bytes.subarray(0, used));
      bytes = larger;
    }
    bytes.set(frame, used);
    const chunk = packets.chunkOf(row);
    const p = row & CHUNK_MASK;
    const i = batch.count++;
    const hasTime = ((chunk.flags[p] ?? 0) & PacketFlag.Time) !== 0;
    batch.start[i] = used;
    batch.capturedLength[i] = frame.length;
    batch.length[i] = chunk.length[p] ?? 0;
    batch.seconds[i] = hasTime ? packets.startSecond + (chunk.seconds[p] ?? 0) : 0;
    batch.nanoseconds[i] = hasTime ? (chunk.nanoseconds[p] ?? 0) : 0;
    batch.interfaceId[i] = chunk.interfaceId[p] ?? 0;
    for (const text of comments.get(row) ?? NO_COMMENTS) batch.comments.push({ index: i, text });
    used += frame.length;
    saved++;
  };
  const flush = async (): Promise<Result<null>> => {
    batch.bytes = bytes;
    const written = await file.write(batch, capture.source.interfaces);
    batch.count = 0;
    batch.comments.length = 0;
    used = 0;
    return written;
  };
  progress.total = rows.count;
  for (let i = 0; i < rows.count && !signal.aborted; i++) {
    const row = rows.row(i);
    const frame = packets.has(row) ? await frames.read(row) : null;
    if (frame === null || !packets.has(row) || frame.length < packets.capturedLengthOf(row)) missing++;
    else add(row, frame);
    if (batch.count === FRAMES) {
      const written = await flush();
      if (!written.ok) return written;
    }
    progress.done = i + 1;
    if (turn.over) await turn.next();
  }
  const written = await flush();
  return written.ok ? ok({ count: saved, missing }) : written;
}
