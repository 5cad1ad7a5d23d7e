import { u8, u32 } from '../bytes';

/** RFC 4253, section 6.1: implementations take 35,000 bytes; OpenSSH 256 KiB. */
export const MAX_PACKET = 262_144;

export const Message = { KexInit: 20, NewKeys: 21, Kex30: 30, Kex31: 31, GexInit: 32, GexReply: 33, GexRequest: 34 } as const;

export const NAME_LISTS = 10;

/**
 * Message number of an unencrypted packet; 0 where the bytes are not one. The second tier sees one packet without its history, so this has to
 * tell plain packets from encrypted ones whose length field is in the clear: contents are checked, not only lengths.
 */
export function plainMessage(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 6) return 0;
  const length = u32(bytes, start);
  const padding = u8(bytes, start + 4);
  if (length < 6 || length > MAX_PACKET || padding < 4 || padding > length - 2 || (length + 4) % 8 !== 0) return 0;
  const code = u8(bytes, start + 5);
  const payload = start + 6;
  const payloadEnd = start + 4 + length - padding;
  const size = payloadEnd - payload;
  if (code === Message.KexInit) return isKexInit(bytes, payload, Math.min(end, payloadEnd)) ? code : 0;
  if (code === Message.NewKeys) return size === 0 ? code : 0;
  if (code === Message.GexRequest) return size === 12 ? code : 0;
  if (code === Message.Kex30) return (size >= 4 && u32(bytes, payload) === size - 4) || size === 4 ? code : 0;
  if (code === Message.GexInit) return size >= 4 && u32(bytes, payload) === size - 4 ? code : 0;
  if (code === Message.Kex31 || code === Message.GexReply) return size >= 8 && u32(bytes, payload) <= size - 8 ? code : 0;
  return code >= 1 && code <= 4 ? code : 0;
}

/** The name lists that are there follow each other and are ASCII. */
function isKexInit(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start + 16;
  for (let list = 0; list < NAME_LISTS && at + 4 <= end; list++) {
    const length = u32(bytes, at);
    if (length > MAX_PACKET) return false;
    at += 4;
    const stop = Math.min(end, at + length);
    for (let i = at; i < stop; i++) if (u8(bytes, i) < 0x21 || u8(bytes, i) > 0x7e) return false;
    at += length;
  }
  return true;
}
