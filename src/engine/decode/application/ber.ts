import { u8 } from './bytes';

/** One element of BER (ITU-T X.690): identifier, length, content. */
export interface BerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Length of the element's content, or -1 (not a definite length of up to four bytes). `berHeader` tells how long identifier and length are. */
export function berLength(bytes: Uint8Array, at: number, end: number): number {
  const first = u8(bytes, at + 1);
  if (at + 2 > end) return -1;
  if (first < 0x80) return first;
  const size = first & 0x7f;
  if (size === 0 || size > 4 || at + 2 + size > end) return -1;
  let length = 0;
  for (let i = 0; i < size; i++) length = length * 256 + u8(bytes, at + 2 + i);
  return length;
}

export const berHeader = (bytes: Uint8Array, at: number): number => (u8(bytes, at + 1) < 0x80 ? 2 : 2 + (u8(bytes, at + 1) & 0x7f));

/** The element at `at`, its content cut at `end`; null where the bytes are none. */
export function berElement(bytes: Uint8Array, at: number, end: number): BerElement | null {
  const length = berLength(bytes, at, end);
  if (length < 0) return null;
  const start = at + berHeader(bytes, at);
  return { tag: u8(bytes, at), start, end: Math.min(end, start + length) };
}

/** A number of up to six bytes. */
export function berInteger(bytes: Uint8Array, element: BerElement): number {
  let value = (u8(bytes, element.start) & 0x80) !== 0 ? -1 : 0;
  for (let at = element.start; at < element.end && at < element.start + 6; at++) value = value * 256 + u8(bytes, at);
  return value;
}

/** '1.3.6.1.2.1'. */
export function berObjectId(bytes: Uint8Array, element: BerElement): string {
  const parts: number[] = [];
  let value = 0;
  for (let at = element.start; at < element.end && parts.length < 128; at++) {
    value = value * 128 + (u8(bytes, at) & 0x7f);
    if ((u8(bytes, at) & 0x80) !== 0) continue;
    if (parts.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      parts.push(first, value - first * 40);
    } else parts.push(value);
    value = 0;
  }
  return parts.join('.');
}
