import { indexOf } from '../bytes';
import { type Conversation, NEED_MORE, NOT_MINE, part, TO_SEGMENT_END, TO_STREAM_END } from '../protocol';
import { findHeadEnd, Head, lineEnd, Start, startOf } from './head';
import {
  answersConnect,
  answersHead,
  hasSeenHttp,
  Mode,
  markSeen,
  modeOf,
  rememberRequest,
  scannedOf,
  setBothModes,
  setMode,
  setScanned,
} from './state';
import { frameWebSocket } from './websocket';

/** Longest head that is waited for. Servers refuse more than 8 to 16 KiB. */
export const MAX_HEAD = 16 * 1024;
/** Longest line with a chunk's size and its extensions, or of a trailer. */
const MAX_LINE = 1024;
const MAX_CHUNK = 0x7fffffff;

const head = new Head();
const encoder = new TextEncoder();
/** RFC 9113, 3.4; a request of it ends at 'PRI * HTTP/2.0'. */
const HTTP2_PREFACE = encoder.encode('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export function isHttp2Preface(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < HTTP2_PREFACE.length) return false;
  for (let i = 0; i < HTTP2_PREFACE.length; i++) if (bytes[start + i] !== HTTP2_PREFACE[i]) return false;
  return true;
}

/** Length of the message at `start` (RFC 9112, 6.3), or of its next part. */
export function frameHttp(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  switch (modeOf(conversation)) {
    case Mode.ChunkSize:
    case Mode.Trailer:
      // After bytes that were not captured a new message is possible where a chunk was expected; no chunk looks like one.
      if (isHead(bytes, start, end)) {
        setMode(conversation, Mode.Head);
        return message(bytes, start, end, conversation);
      }
      return modeOf(conversation) === Mode.ChunkSize ? chunk(bytes, start, end, conversation) : trailer(bytes, start, end, conversation);
    case Mode.Tunnel:
      return NOT_MINE;
    case Mode.WebSocket:
      return frameWebSocket(bytes, start, end);
    case Mode.Http2:
      return frameHttp2(bytes, start, end);
    default:
      return message(bytes, start, end, conversation);
  }
}

function isHead(bytes: Uint8Array, start: number, end: number): boolean {
  const kind = startOf(bytes, start, end);
  return kind === Start.Request || kind === Start.Response;
}

function message(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  const kind = startOf(bytes, start, end);
  if (kind === Start.TooShort) return NEED_MORE;
  if (kind === Start.None) {
    if (isHttp2Preface(bytes, start, end)) {
      setBothModes(conversation, Mode.Http2);
      return HTTP2_PREFACE.length;
    }
    return hasSeenHttp(conversation) ? TO_SEGMENT_END : NOT_MINE;
  }
  markSeen(conversation);
  const scanned = scannedOf(conversation);
  const headEnd = findHeadEnd(bytes, start + Math.max(0, Math.min(scanned, end - start) - 4), end);
  if (headEnd < 0) {
    if (end - start >= MAX_HEAD) {
      setScanned(conversation, 0);
      return TO_SEGMENT_END;
    }
    setScanned(conversation, end - start);
    return NEED_MORE;
  }
  setScanned(conversation, 0);
  head.parse(bytes, start, headEnd);
  const length = headEnd - start;
  if (kind === Start.Request) {
    rememberRequest(conversation, isMethod(bytes, start, 0x48, 4), isMethod(bytes, start, 0x43, 7));
  } else if (endsAtHead(conversation)) return length;
  if (head.chunked) {
    setMode(conversation, Mode.ChunkSize);
    return part(length);
  }
  if (head.contentLength >= 0) return length + head.contentLength;
  return kind === Start.Request ? length : TO_STREAM_END;
}

/** Responses that have no body whatever their headers say; upgrades take effect here. */
function endsAtHead(conversation: Conversation): boolean {
  const status = head.status;
  if (status === 101 && head.webSocket) setBothModes(conversation, Mode.WebSocket);
  if (status >= 200 && status < 300 && answersConnect(conversation)) {
    setBothModes(conversation, Mode.Tunnel);
    return true;
  }
  return (status >= 100 && status < 200) || status === 204 || status === 304 || answersHead(conversation);
}

/** HEAD and CONNECT are the only methods of their length with their first letter. */
const isMethod = (bytes: Uint8Array, start: number, first: number, length: number): boolean =>
  bytes[start] === first && head.methodEnd - start === length && head.kind === Start.Request;

function chunk(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  const lineFeed = indexOf(bytes, 0x0a, start, Math.min(end, start + MAX_LINE));
  if (lineFeed < 0) {
    if (end - start < MAX_LINE) return NEED_MORE;
    setMode(conversation, Mode.Head);
    return TO_SEGMENT_END;
  }
  let size = 0;
  let digits = 0;
  for (let at = start; at < lineFeed && size <= MAX_CHUNK; at++) {
    const digit = hexDigit(bytes[at] ?? 0);
    if (digit < 0) break;
    size = size * 16 + digit;
    digits++;
  }
  if (digits === 0 || size > MAX_CHUNK) {
    setMode(conversation, Mode.Head);
    return TO_SEGMENT_END;
  }
  const line = lineFeed + 1 - start;
  if (size > 0) return part(line + size + 2);
  setMode(conversation, Mode.Trailer);
  return part(line);
}

/** Lines after the last chunk, up to an empty one. */
function trailer(bytes: Uint8Array, start: number, end: number, conversation: Conversation): number {
  const lineFeed = indexOf(bytes, 0x0a, start, Math.min(end, start + MAX_LINE));
  if (lineFeed < 0) {
    if (end - start < MAX_LINE) return NEED_MORE;
    setMode(conversation, Mode.Head);
    return TO_SEGMENT_END;
  }
  const length = lineFeed + 1 - start;
  if (lineEnd(bytes, start, end) > start) return part(length);
  setMode(conversation, Mode.Head);
  return length;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** HTTP/2 frames (RFC 9113, 4.1) are named, not decoded. */
function frameHttp2(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 9) return NEED_MORE;
  return 9 + (((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0));
}
