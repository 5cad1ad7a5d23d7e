import { u16, u24 } from '../bytes';
import { type Conversation, NEED_MORE, NOT_MINE, part, TO_SEGMENT_END } from '../protocol';
import { HandshakeType } from './hello';
import { UNKNOWN, versionIndex } from './versions';

export const ContentType = { ChangeCipherSpec: 20, Alert: 21, Handshake: 22, ApplicationData: 23, Heartbeat: 24 } as const;
export const RECORD_HEADER = 5;
/** 2^14 bytes and what encryption may add (RFC 8446, 5.2; RFC 5246 allows 2,048). */
const MAX_RECORD = 16384 + 2048;
/** A hello longer than this is read as far as its first record goes. */
export const MAX_HELLO = 0xffff;

/** Bits of `Conversation.state`: the session's version, which direction sends a hello in several records, and how much of it is to come. */
const VERSION_MASK = 0xff;
const SPANS_FORWARD = 1 << 8;
const SPANS_BACKWARD = 1 << 9;
const REMAINING_SHIFT = 16;

export const sessionVersion = (conversation: Conversation): number => conversation.state & VERSION_MASK;
export const setSessionVersion = (conversation: Conversation, index: number): void => {
  conversation.state = (conversation.state & ~VERSION_MASK) | index;
};

function setSpan(conversation: Conversation, remaining: number): void {
  const flag = remaining === 0 ? 0 : conversation.backward ? SPANS_BACKWARD : SPANS_FORWARD;
  conversation.state = (conversation.state & VERSION_MASK) | flag | (remaining << REMAINING_SHIFT);
}

export const isContentType = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= ContentType.ChangeCipherSpec && byte <= ContentType.Heartbeat;

/** A record header: known content type, SSL 3 or TLS version, possible length. */
export function looksLikeRecord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < RECORD_HEADER) return false;
  return isContentType(bytes[start]) && versionIndex(u16(bytes, start + 1)) > 1 && u16(bytes, start + 3) <= MAX_RECORD;
}

/** An SSL 2 Client Hello, which old clients send to negotiate newer versions too (RFC 5246, E.2). */
export function looksLikeSsl2Hello(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 11 || ((bytes[start] ?? 0) & 0x80) === 0 || bytes[start + 2] !== HandshakeType.ClientHello) return false;
  const version = u16(bytes, start + 3);
  if (version !== 0x0002 && (version < 0x0300 || version > 0x0303)) return false;
  const ciphers = u16(bytes, start + 5);
  const session = u16(bytes, start + 7);
  const challenge = u16(bytes, start + 9);
  return ciphers % 3 === 0 && session <= 32 && challenge <= 32 && 9 + ciphers + session + challenge === ssl2Length(bytes, start) - 2;
}

const ssl2Length = (bytes: Uint8Array, start: number): number => 2 + (u16(bytes, start) & 0x7fff);

/** Length of the record at `start`; a Client Hello in several records is one message of that many parts. */
export function frameTls(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  if (end - start < RECORD_HEADER) return isText(bytes, start, end) ? NOT_MINE : NEED_MORE;
  if (!looksLikeRecord(bytes, start, end)) {
    setSpan(conversation, 0);
    if (looksLikeSsl2Hello(bytes, start, end)) return ssl2Length(bytes, start);
    return sessionVersion(conversation) === UNKNOWN && isText(bytes, start, end) ? NOT_MINE : TO_SEGMENT_END;
  }
  const body = u16(bytes, start + 3);
  const length = RECORD_HEADER + body;
  if (bytes[start] !== ContentType.Handshake) {
    setSpan(conversation, 0);
    return length;
  }
  const spans = conversation.backward ? SPANS_BACKWARD : SPANS_FORWARD;
  let remaining = conversation.state & spans ? conversation.state >>> REMAINING_SHIFT : 0;
  if (remaining === 0) {
    if (body < 4) return length;
    if (end - start < RECORD_HEADER + 4) return NEED_MORE;
    const message = 4 + u24(bytes, start + RECORD_HEADER + 1);
    const isHello = bytes[start + RECORD_HEADER] === HandshakeType.ClientHello;
    if (!isHello || message <= body || message > MAX_HELLO) return length;
    remaining = message;
  }
  if (body === 0 || body >= remaining) {
    setSpan(conversation, 0);
    return length;
  }
  setSpan(conversation, remaining - body);
  return part(length);
}

/** Four printable characters never begin a record: it is some other protocol on TLS's port. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < start + 4; at++) {
    const byte = bytes[at] ?? 0;
    if (at >= end || byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}
