/** Reads of big-endian (network order) and little-endian numbers. Beyond the array's end every byte reads as 0: callers check lengths. */

export const u8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

export const u16 = (bytes: Uint8Array, at: number): number => (u8(bytes, at) << 8) | u8(bytes, at + 1);

export const u24 = (bytes: Uint8Array, at: number): number => (u16(bytes, at) << 8) | u8(bytes, at + 2);

export const u32 = (bytes: Uint8Array, at: number): number => ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;

export const u64 = (bytes: Uint8Array, at: number): bigint => (BigInt(u32(bytes, at)) << 32n) | BigInt(u32(bytes, at + 4));

export const u16le = (bytes: Uint8Array, at: number): number => u8(bytes, at) | (u8(bytes, at + 1) << 8);

export const u32le = (bytes: Uint8Array, at: number): number => (u16le(bytes, at) | (u16le(bytes, at + 2) << 16)) >>> 0;

export const u64le = (bytes: Uint8Array, at: number): bigint => BigInt(u32le(bytes, at)) | (BigInt(u32le(bytes, at + 4)) << 32n);

const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal digits of bytes[start..end), with `separator` between bytes. */
export function hex(bytes: Uint8Array, start = 0, end = bytes.length, separator = ''): string {
  let text = '';
  for (let at = start; at < Math.min(end, bytes.length); at++) text += (text === '' ? '' : separator) + HEX[u8(bytes, at)];
  return text;
}

/** '0x1f2a': `digits` hexadecimal digits. */
export const hexNumber = (value: number | bigint, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

const decoder = new TextDecoder();

/** UTF-8 text of bytes[start..end); what is not UTF-8 becomes U+FFFD. */
export const utf8 = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end));
