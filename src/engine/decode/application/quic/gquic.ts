import { u8, u32 } from '../bytes';

/** Flags of Google's first QUIC (its public header, versions before Q046). */
const HAS_VERSION = 0x01;
const HAS_CONNECTION_ID = 0x08;

/** 'Q0' or 'Q1' and two digits. */
export function isGoogleVersion(version: number): boolean {
  const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
  const letters = version >>> 16;
  return (letters === 0x5130 || letters === 0x5131) && isDigit((version >>> 8) & 0xff) && isDigit(version & 0xff);
}

/** A client's packet that names its version: flags, eight bytes of connection id, version. */
export function looksLikeGoogleQuic(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 13) return false;
  const flags = u8(bytes, start);
  if (flags & 0x80) return isGoogleVersion(u32(bytes, start + 1));
  return (flags & HAS_VERSION) !== 0 && (flags & HAS_CONNECTION_ID) !== 0 && isGoogleVersion(u32(bytes, start + 9));
}
