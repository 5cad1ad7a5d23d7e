import type { FrameBatch } from './source';
import { readText } from './text';
import type { InputWindow } from './window';

/** One option of a pcapng block; `start` and `length` are those of its value in the bytes that hold the block. */
export interface PcapngOption {
  readonly code: number;
  readonly start: number;
  readonly length: number;
}

/** Options of one block that are looked at; no writer makes as many, and blocks of 16 MiB could hold millions. */
const MAX_OPTIONS = 4096;

/** Comments of one batch: as many as it can have frames. */
const MAX_COMMENTS = 65_536;

const END_OF_OPTIONS = 0;
const EPB_DROPCOUNT = 4;
/** By code: epb_flags, epb_dropcount, epb_packetid, epb_queue; others have any length. */
const PACKET_OPTION_LENGTHS = [undefined, undefined, 4, undefined, 8, 8, 4];
export const COMMENT = 1;

/** Options in `[from, to)`; null where one does not fit. */
export function readOptions(view: DataView, from: number, to: number, littleEndian: boolean): PcapngOption[] | null {
  const options: PcapngOption[] = [];
  let at = from;
  while (options.length < MAX_OPTIONS && at + 4 <= to) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (at + 4 + length > to) return null;
    if (code === END_OF_OPTIONS) break;
    options.push({ code, start: at + 4, length });
    at += 4 + ((length + 3) & ~3);
  }
  return options;
}

/**
 * Reads the options of a packet in `[from, to)`: its comments go to the batch, for the frame that it holds next. Gives the number of packets
 * that the options say were lost before it; -1 where an option does not fit, and then the packet has no comments. Allocates nothing for the
 * usual options.
 */
export function readPacketOptions(window: InputWindow, batch: FrameBatch, from: number, to: number, littleEndian: boolean): number {
  const { view } = window;
  const knownComments = batch.comments.length;
  let dropped = 0;
  let at = from;
  for (let count = 0; count < MAX_OPTIONS && at + 4 <= to; count++) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    const start = at + 4;
    if (start + length > to || length !== (PACKET_OPTION_LENGTHS[code] ?? length)) {
      batch.comments.length = knownComments;
      return -1;
    }
    if (code === END_OF_OPTIONS) break;
    if (code === COMMENT && batch.comments.length < MAX_COMMENTS) {
      batch.comments.push({ index: batch.count, text: readText(window.bytes, start, length) });
    } else if (code === EPB_DROPCOUNT) dropped = Number(view.getBigUint64(start, littleEndian));
    at = start + ((length + 3) & ~3);
  }
  return dropped;
}

/** Most characters kept under one key where several options or sections add to it. */
const MAX_DETAIL = 65_536;

/** Adds a text under `key`, once, on its own line where there is one already. */
export function addDetail(details: Record<string, string>, key: string, text: string): void {
  const known = details[key];
  if (text === '' || known === text) return;
  if (known === undefined) details[key] = text;
  else if (known.length + text.length < MAX_DETAIL && !known.split('\n').includes(text)) details[key] = `${known}\n${text}`;
}

/** Adds those options of a block whose code is in `keys` to `details`. */
export function addTexts(
  details: Record<string, string>,
  keys: ReadonlyMap<number, string>,
  options: Iterable<PcapngOption>,
  bytes: Uint8Array,
): void {
  for (const { code, start, length } of options) {
    const key = keys.get(code);
    if (key !== undefined) addDetail(details, key, readText(bytes, start, length));
  }
}
