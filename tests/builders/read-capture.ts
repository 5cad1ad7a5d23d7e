import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { Capture, type Watch } from '../../src/engine/capture';
import { RowDissector } from '../../src/engine/details/row-dissector';
import { columnFields, type Value } from '../../src/engine/exports/packet-fields';
import type { Result } from '../../src/shared/base/result';

/** Folder of captures with tshark's answers in `truth`; tests that need it are skipped where it is missing. */
export const CAPTURES = process.env.PORTLIGHT_CAPTURES ?? resolve('../shared/pcaps');
export const hasCaptures = existsSync(join(CAPTURES, 'truth'));

function opened(result: Result<Capture>): Capture {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.sentence}`);
  return result.value;
}

export async function readToEnd(capture: Capture): Promise<Capture> {
  while ((await capture.next()) !== null);
  return capture;
}

/** A capture file's bytes through the real sources and pipeline; `chunk` bytes arrive at a time. With `watch` the rules are at work. */
export async function readCapture(bytes: Uint8Array, chunk = Math.max(1, bytes.length), watch?: Watch): Promise<Capture> {
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield Buffer.from(bytes.subarray(at, at + chunk));
  };
  return readToEnd(
    opened(await Capture.openStream(Readable.from(pieces(), { objectMode: false }), { randomAccess: false, ...(watch && { watch }) })),
  );
}

/** The caller closes its source. */
export const readCaptureFile = async (path: string, watch?: Watch): Promise<Capture> =>
  readToEnd(opened(await Capture.openFile(path, { randomAccess: true, ...(watch && { watch }) })));

/** Fields of a row, from 0, by the names of the command line. */
export const fieldsOf = ({ tables }: Capture, row: number, ...names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(names.map((name) => [name, columnFields[name]?.(tables, row) ?? null]));

/** One field of every packet. */
export const column = (capture: Capture, name: string): Value[] =>
  Array.from({ length: capture.tables.packets.count }, (_, row) => columnFields[name]?.(capture.tables, row) ?? null);

/** The Info column of every packet of frames that the caller holds. */
export async function infos(capture: Capture, frames: readonly Uint8Array[]): Promise<string[]> {
  const dissector = new RowDissector(capture);
  return Promise.all(frames.map(async (frame, row) => (await dissector.dissectFrame(row, frame)).info));
}
