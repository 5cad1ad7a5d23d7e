/** Reads from untrusted bytes without allocating. Callers check the range first; a read beyond the array gives 0 for the missing bytes. */

export const u8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
export const u16 = (bytes: Uint8Array, at: number): number => (u8(bytes, at) << 8) | u8(bytes, at + 1);
export const u24 = (bytes: Uint8Array, at: number): number => (u8(bytes, at) << 16) | u16(bytes, at + 1);
export const u32 = (bytes: Uint8Array, at: number): number => ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
export const u16le = (bytes: Uint8Array, at: number): number => u8(bytes, at) | (u8(bytes, at + 1) << 8);
export const u32le = (bytes: Uint8Array, at: number): number => (u16le(bytes, at) | (u16le(bytes, at + 2) << 16)) >>> 0;

/** The bytes at `at` are this ASCII text. */
export function startsWith(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (end - at < text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The same without regard to case; `text` in upper case. */
export function startsWithNoCase(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (end - at < text.length) return false;
  for (let i = 0; i < text.length; i++) if (upper(u8(bytes, at + i)) !== text.charCodeAt(i)) return false;
  return true;
}

export const upper = (byte: number): number => (byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte);
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
export const isLetter = (byte: number): boolean => (byte | 32) >= 0x61 && (byte | 32) <= 0x7a;
export const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

/** Index just behind the line that begins at `at` (its LF included); -1: it does not end before `end`. */
export function lineEnd(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at; i < end; i++) if (bytes[i] === 0x0a) return i + 1;
  return -1;
}

/** Where the text of a line ends: `next` without CR and LF. */
export function textEnd(bytes: Uint8Array, at: number, next: number): number {
  let end = next;
  if (end > at && bytes[end - 1] === 0x0a) end--;
  if (end > at && bytes[end - 1] === 0x0d) end--;
  return end;
}

/** Every byte is text: printable ASCII, tab, CR, LF or above 0x7f. */
export function isText(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const byte = u8(bytes, i);
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f) return false;
  }
  return true;
}

/** Index of a byte; -1 where it is not there. */
export function indexOf(bytes: Uint8Array, byte: number, at: number, end: number): number {
  for (let i = at; i < end; i++) if (bytes[i] === byte) return i;
  return -1;
}

/** A decimal number of at most nine digits; -1 where there is none. */
export function decimal(bytes: Uint8Array, at: number, end: number): number {
  let value = -1;
  for (let i = at; i < end && i < at + 9 && isDigit(u8(bytes, i)); i++) value = Math.max(value, 0) * 10 + u8(bytes, i) - 0x30;
  return value;
}
