/** Parts of messages as bytes, in network order. */
export const u16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];

export const u24 = (value: number): number[] => [(value >>> 16) & 255, ...u16(value)];

export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value)];

export const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

export function concat(...parts: readonly ArrayLike<number>[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
