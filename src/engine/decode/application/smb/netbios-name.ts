import { u8 } from '../bytes';

/** RFC 1001, section 14.1: 16 bytes as 32 letters; the last byte is the kind of name. */
export function decodeNetbiosName(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 15; i++) {
    const byte = nibbles(bytes, at + i * 2);
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0 ? '' : '.';
  }
  return `${text.trimEnd()}<${nibbles(bytes, at + 30)
    .toString(16)
    .padStart(2, '0')}>`;
}

const nibbles = (bytes: Uint8Array, at: number): number => (((u8(bytes, at) - 0x41) & 15) << 4) | ((u8(bytes, at + 1) - 0x41) & 15);
