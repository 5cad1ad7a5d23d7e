import { u8, u32 } from '../bytes';

/** Longest connection id of QUIC 1 (RFC 9000, 17.2). */
const MAX_CONNECTION_ID = 20;

export const PacketType = { Initial: 0, ZeroRtt: 1, Handshake: 2, Retry: 3, VersionNegotiation: 4, Short: 5 } as const;

export const QUIC_2 = 0x6b3343cf;
const DRAFT = 0xff000000;

/** Versions whose Initial packets can be read: 1, 2 (RFC 9369) and the drafts 23 to 34; 0xfaceb00x is Facebook's draft 22 to 27. */
export function isKnownVersion(version: number): boolean {
  if (version === 1 || version === QUIC_2) return true;
  return version > DRAFT && version <= DRAFT + 34 && version >= DRAFT + 23;
}

/** 0x?a?a?a?a: reserved to exercise version negotiation. */
export const isReservedVersion = (version: number): boolean => (version & 0x0f0f0f0f) === 0x0a0a0a0a;

/** A variable-length integer (RFC 9000, 16) read by `readVarint`; values beyond 2^53 are rounded, far above any length that fits. */
export class Varint {
  value = 0;
  /** Offset after it; -1 where it is cut off. */
  next = 0;

  read(bytes: Uint8Array, at: number, end: number): boolean {
    const first = u8(bytes, at);
    const size = 1 << (first >> 6);
    if (at >= end || at + size > end) {
      this.next = -1;
      return false;
    }
    let value = first & 0x3f;
    for (let i = 1; i < size; i++) value = value * 256 + u8(bytes, at + i);
    this.value = value;
    this.next = at + size;
    return true;
  }
}

/** A long header (RFC 9000, 17.2), read in place into one reused object. */
export class LongHeader {
  type: number = PacketType.Initial;
  version = 0;
  destinationStart = 0;
  destinationEnd = 0;
  sourceStart = 0;
  sourceEnd = 0;
  tokenStart = 0;
  tokenEnd = 0;
  /** Where the protected packet number begins. */
  numberStart = 0;
  /** End of this packet: another one may follow in the datagram. Beyond the bytes where the capture cut it. */
  end = 0;
  readonly #varint = new Varint();

  /** False where the bytes are no long header of a known version. */
  parse(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < 7 || (u8(bytes, start) & 0x80) === 0) return false;
    this.version = u32(bytes, start + 1);
    this.destinationStart = start + 6;
    this.destinationEnd = this.destinationStart + u8(bytes, start + 5);
    this.sourceStart = this.destinationEnd + 1;
    if (this.sourceStart > end) return false;
    this.sourceEnd = this.sourceStart + u8(bytes, this.destinationEnd);
    if (this.sourceEnd > end) return false;
    this.tokenStart = this.tokenEnd = this.numberStart = this.sourceEnd;
    this.end = end;
    if (this.version === 0) {
      this.type = PacketType.VersionNegotiation;
      return end > this.sourceEnd && (end - this.sourceEnd) % 4 === 0;
    }
    if (this.destinationEnd - this.destinationStart > MAX_CONNECTION_ID || this.sourceEnd - this.sourceStart > MAX_CONNECTION_ID)
      return false;
    if (!isKnownVersion(this.version)) return false;
    const bits = (u8(bytes, start) >> 4) & 3;
    // Version 2 moved the types on by one.
    this.type = this.version === QUIC_2 ? (bits + 3) & 3 : bits;
    if (this.type === PacketType.Retry) return true;
    return this.#rest(bytes, end);
  }

  #rest(bytes: Uint8Array, end: number): boolean {
    const varint = this.#varint;
    let at = this.sourceEnd;
    if (this.type === PacketType.Initial) {
      if (!varint.read(bytes, at, end) || varint.next + varint.value > end) return false;
      this.tokenStart = varint.next;
      this.tokenEnd = at = varint.next + varint.value;
    }
    if (!varint.read(bytes, at, end)) return false;
    this.numberStart = varint.next;
    this.end = varint.next + varint.value;
    return true;
  }
}
