import { rename, rm } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/base/result';
import type { SavedSession } from '../../shared/contract/live';
import { PacketFlag } from '../../shared/model/packet-flags';
import type { PacketIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import { FrameReader } from '../details/frame-reader';
import type { Session } from '../session';
import { PcapngFile } from '../sinks/pcapng-file';
import { createBatch } from '../sources/batch';
import type { PacketView } from '../view/packet-view';

const APPLICATION = 'Portlight';
const FRAMES = 512;

/**
 * Writes what the view shows to a pcapng file, with interfaces, names and comments; the packets that are there when it begins. A file of this
 * name is replaced when all is written. Packets whose bytes cannot be read any more are left out and counted.
 */
export async function saveSession(session: Session, view: PacketView, path: string, signal: AbortSignal): Promise<Result<SavedSession>> {
  const unfinished = `${path}.part`;
  const made = await PcapngFile.create(unfinished, { application: APPLICATION, interfaceName: session.info.name, captureFilter: null });
  if (!made.ok) return made;
  const file = made.value;
  const written = await writeAll(session, view, file, signal);
  const closed = await file.close(null);
  const problem = !written.ok ? written : !closed.ok ? closed : signal.aborted ? cancelled : null;
  if (problem === null && written.ok) {
    try {
      await rename(unfinished, path);
      return ok({ ...written.value, bytes: file.size });
    } catch (error) {
      await rm(unfinished, { force: true });
      const reason = error instanceof Error ? error.message : String(error);
      return fail('write-failed', `${path} could not be written: ${reason}.`, 'Choose another name or folder.');
    }
  }
  await rm(unfinished, { force: true });
  return problem ?? cancelled;
}

const cancelled = fail('cancelled', 'Saving was cancelled; nothing was written.');

async function writeAll(
  { capture }: Session,
  view: PacketView,
  file: PcapngFile,
  signal: AbortSignal,
): Promise<Result<{ packets: number; missing: number }>> {
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
    const noted = comments.get(row);
    if (noted) batch.comments.push({ index: i, text: noted.join('\n') });
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
  const from = view.forgotten;
  const end = from + view.count;
  for (let at = from; at < end && !signal.aborted; at++) {
    const row = view.row(at - view.forgotten);
    const frame = packets.has(row) ? await frames.read(row) : null;
    if (frame === null || !packets.has(row) || frame.length < packets.capturedLengthOf(row)) missing++;
    else add(row, frame);
    if (batch.count === FRAMES) {
      const written = await flush();
      if (!written.ok) return written;
    }
    if (turn.over) await turn.next();
  }
  const written = await flush();
  return written.ok ? ok({ packets: saved, missing }) : written;
}
