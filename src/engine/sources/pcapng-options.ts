import { readText } from './text';

/** One option of a pcapng block; `start` and `length` are those of its value in the bytes that hold the block. */
export interface PcapngOption {
  readonly code: number;
  readonly start: number;
  readonly length: number;
}

/** Options of one block that are looked at; no writer makes as many, and blocks of 16 MiB could hold millions. */
const MAX_OPTIONS = 4096;

const END_OF_OPTIONS = 0;
export const COMMENT = 1;

/** Options in `[from, to)`; ends quietly where one does not fit. */
export function* readOptions(view: DataView, from: number, to: number, littleEndian: boolean): Generator<PcapngOption> {
  let at = from;
  for (let count = 0; count < MAX_OPTIONS && at + 4 <= to; count++) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === END_OF_OPTIONS || at + 4 + length > to) return;
    yield { code, start: at + 4, length };
    at += 4 + ((length + 3) & ~3);
  }
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
