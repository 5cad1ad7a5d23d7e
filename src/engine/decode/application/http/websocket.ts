import { NEED_MORE } from '../protocol';

/** Length of a WebSocket frame (RFC 6455, 5.2). */
export function frameWebSocket(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 2) return NEED_MORE;
  const second = bytes[start + 1] ?? 0;
  const mask = second & 0x80 ? 4 : 0;
  const short = second & 0x7f;
  if (short < 126) return 2 + mask + short;
  const header = short === 126 ? 4 : 10;
  if (end - start < header) return NEED_MORE;
  let length = 0;
  for (let at = start + 2; at < start + header; at++) length = length * 256 + (bytes[at] ?? 0);
  return Math.min(header + mask + length, Number.MAX_SAFE_INTEGER);
}
