import { addressBytes } from './addresses';

/** Big-endian 32-bit words of an IP address as people write it: one of IPv4, four of IPv6. */
export function addressWords(text: string): number[] {
  const bytes = addressBytes(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4));
}
