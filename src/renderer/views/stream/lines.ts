import type { StreamFormat, StreamPiece, StreamSender } from '../../../shared/contract/stream';
import type { PacketIndex } from '../../../shared/model/units';

/** Bytes that one side sent without a break, as places in the window's bytes. */
export interface Run {
  readonly sender: StreamSender;
  readonly packet: PacketIndex;
  readonly lastPacket: PacketIndex;
  readonly start: number;
  readonly end: number;
  /** In the stream, of its first byte. */
  readonly position: number;
  readonly loose: boolean;
  /** Where bytes of another packet begin. */
  readonly packets: readonly { readonly at: number; readonly packet: PacketIndex }[];
}

export type Line =
  | { readonly kind: 'head'; readonly run: Run }
  | { readonly kind: 'bytes'; readonly run: Run; readonly start: number; readonly end: number }
  | { readonly kind: 'gap'; readonly piece: StreamPiece };

/** Bytes of a line in hex and in raw. */
const PER_LINE = { hex: 16, raw: 32 } as const;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

type Part = { readonly run: Run } | { readonly gap: StreamPiece };

/** The pieces of a window, of both senders or one, those of one sender joined. Datagrams stay apart. */
export function partsOf(pieces: readonly StreamPiece[], only: StreamSender | null, join: boolean): Part[] {
  const parts: Part[] = [];
  let at = 0;
  let open: { run: Run; packets: { at: number; packet: number }[] } | null = null;
  for (const piece of pieces) {
    const { kind, sender, packet, length, position, loose } = piece;
    const start = at;
    if (kind === 'data') at += length;
    if (only !== null && sender !== only) {
      open = null;
      continue;
    }
    if (kind !== 'data') {
      open = null;
      parts.push({ gap: piece });
      continue;
    }
    if (join && open && open.run.sender === sender && open.run.loose === loose) {
      open.packets.push({ at: start, packet });
      open.run = { ...open.run, end: at, lastPacket: packet };
      parts[parts.length - 1] = { run: open.run };
      continue;
    }
    const packets = [{ at: start, packet }];
    open = { run: { sender, packet, lastPacket: packet, start, end: at, position, loose, packets }, packets };
    parts.push({ run: open.run });
  }
  return parts;
}

/** Lines of the parts; text is broken at line feeds and after `columns` characters. */
export function linesOf(parts: readonly Part[], bytes: Uint8Array, format: StreamFormat, columns: number): Line[] {
  const lines: Line[] = [];
  for (const part of parts) {
    if ('gap' in part) {
      lines.push({ kind: 'gap', piece: part.gap });
      continue;
    }
    const { run } = part;
    lines.push({ kind: 'head', run });
    if (format === 'text') addText(lines, run, bytes, columns);
    else {
      const step = format === 'raw' ? Math.min(PER_LINE.raw, Math.max(8, columns >> 1)) : PER_LINE.hex;
      for (let start = run.start; start < run.end; start += step) {
        lines.push({ kind: 'bytes', run, start, end: Math.min(run.end, start + step) });
      }
    }
  }
  return lines;
}

function addText(lines: Line[], run: Run, bytes: Uint8Array, columns: number): void {
  let start = run.start;
  let used = 0;
  for (let at = run.start; at < run.end; ) {
    if (bytes[at] === LINE_FEED) {
      at++;
      lines.push({ kind: 'bytes', run, start, end: at });
      start = at;
      used = 0;
      continue;
    }
    if (used === columns) {
      lines.push({ kind: 'bytes', run, start, end: at });
      start = at;
      used = 0;
    }
    at += characterLength(bytes, at, run.end);
    used++;
  }
  if (start < run.end) lines.push({ kind: 'bytes', run, start, end: run.end });
}

const continues = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Bytes of the UTF-8 character at this place; 1 where there is none (RFC 3629). */
export function characterLength(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const size = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
  if (at + size > end) return 1;
  for (let i = 1; i < size; i++) if (!continues(bytes[at + i])) return 1;
  return size;
}

const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The character as it may be shown: control and direction characters, and bytes that are none, are a dot; line ends are nothing. */
export function characterText(bytes: Uint8Array, at: number, length: number): string {
  const byte = bytes[at] ?? 0;
  if (length === 1) {
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED)) return '';
    return byte === 0x09 ? ' ' : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  }
  try {
    const text = utf8.decode(bytes.subarray(at, at + length));
    return UNPRINTABLE.test(text) ? '.' : text;
  } catch {
    // Surrogates and numbers beyond Unicode.
    return '.';
  }
}

/** What a line shows, byte range by byte range that is marked alike. */
export interface Piece {
  readonly text: string;
  /** 0: not found; 1: found; 2: the match that is looked at. */
  readonly mark: number;
}

export function piecesOf(
  text: (at: number) => { readonly text: string; readonly length: number },
  start: number,
  end: number,
  marks: Uint8Array | null,
): Piece[] {
  const pieces: { text: string; mark: number }[] = [];
  for (let at = start; at < end; ) {
    const { text: shown, length } = text(at);
    const mark = marks?.[at] ?? 0;
    const last = pieces.at(-1);
    if (last && last.mark === mark) last.text += shown;
    else pieces.push({ text: shown, mark });
    at += length;
  }
  return pieces;
}

/** The shown text of lines, for copying. */
export function plainText(lines: readonly Line[], bytes: Uint8Array, format: StreamFormat): string {
  let text = '';
  for (const line of lines) {
    if (line.kind !== 'bytes') continue;
    for (let at = line.start; at < line.end; ) {
      const length = format === 'text' ? characterLength(bytes, at, line.run.end) : 1;
      text += format === 'text' ? characterText(bytes, at, length) : `${hexByte(bytes[at] ?? 0)}${format === 'hex' ? ' ' : ''}`;
      at += length;
    }
    if (format !== 'text' || bytes[line.end - 1] === LINE_FEED || line.end === line.run.end) text = `${text.trimEnd()}\n`;
  }
  return text;
}

export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');
