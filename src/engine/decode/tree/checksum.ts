import { u8 } from '../../../shared/base/bytes';

/** Internet checksum (RFC 1071) of bytes[start..end) added to `sum`; 0 where the range holds a right checksum. */
export function internetChecksum(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum;
  for (let at = start; at < end; at += 2) total += (u8(bytes, at) << 8) | (at + 1 < end ? u8(bytes, at + 1) : 0);
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return ~total & 0xffff;
}

/** Values of `*.checksum.status` fields. */
export const checksumStatusNames: Readonly<Record<number, string>> = {
  0: 'Bad',
  1: 'Good',
  2: 'Unverified',
  3: 'Not present',
  4: 'Illegal',
};
