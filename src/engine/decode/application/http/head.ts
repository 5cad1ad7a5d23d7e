import { indexOf } from '../bytes';

/** Reads the head of an HTTP/1 message (RFC 9112) in place: offsets and numbers into one reused object, nothing allocated. */

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const HOST = bytesOf('host');
const CONTENT_LENGTH = bytesOf('content-length');
const CONTENT_TYPE = bytesOf('content-type');
const TRANSFER_ENCODING = bytesOf('transfer-encoding');
const UPGRADE = bytesOf('upgrade');
const AUTHORIZATION = bytesOf('authorization');
const BASIC = bytesOf('basic ');
const CHUNKED = bytesOf('chunked');
const WEBSOCKET = bytesOf('websocket');
const VERSION = bytesOf('http/');
const SHOUTCAST = bytesOf('icy ');

/** Lengths that do not fit 31 bits are not believed, as in Wireshark. */
const MAX_CONTENT_LENGTH = 0x7fffffff;

const METHODS = (
  'GET POST HEAD PUT DELETE CONNECT OPTIONS TRACE PATCH ' +
  'PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK POLL BCOPY BMOVE SEARCH BDELETE BPROPFIND BPROPPATCH LABEL MERGE REPORT UPDATE CHECKIN CHECKOUT ' +
  'UNCHECKOUT MKACTIVITY MKWORKSPACE VERSION-CONTROL BASELINE-CONTROL ' +
  'NOTIFY SUBSCRIBE UNSUBSCRIBE M-SEARCH ICY CCM_POST RDG_IN_DATA RDG_OUT_DATA RPC_CONNECT RPC_IN_DATA RPC_OUT_DATA SOURCE BITS_POST'
)
  .split(' ')
  .map(bytesOf);

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** bytes[start..] begins with `lower` whatever the case of letters. */
export function startsWith(bytes: Uint8Array, start: number, end: number, lower: Uint8Array): boolean {
  if (end - start < lower.length) return false;
  for (let i = 0; i < lower.length; i++) {
    const byte = bytes[start + i] ?? 0;
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== lower[i]) return false;
  }
  return true;
}

const is = (bytes: Uint8Array, start: number, end: number, lower: Uint8Array): boolean =>
  end - start === lower.length && startsWith(bytes, start, end, lower);

export const Start = { None: 0, Request: 1, Response: 2, TooShort: 3 } as const;

/** What a message that begins here is, by its first bytes: a known method and a space, or 'HTTP/'. TooShort: fits so far. */
export function startOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start] ?? 0;
  if (first < 0x41 || first > 0x5a) return Start.None;
  if (startsWith(bytes, start, end, VERSION) || startsWith(bytes, start, end, SHOUTCAST)) return Start.Response;
  let short = length < VERSION.length && isPrefix(bytes, start, end, VERSION, 0x20);
  for (const method of METHODS) {
    if (method[0] !== first) continue;
    if (length > method.length ? isPrefix(bytes, start, start + method.length, method, 0) && isSpace(bytes[start + method.length]) : false)
      return Start.Request;
    if (length <= method.length && isPrefix(bytes, start, end, method, 0)) short = true;
  }
  return short ? Start.TooShort : Start.None;
}

/** bytes[start..end) are the first bytes of `text`; `fold` 0x20 ignores the case of letters. */
function isPrefix(bytes: Uint8Array, start: number, end: number, text: Uint8Array, fold: number): boolean {
  for (let i = start; i < end; i++) if (((bytes[i] ?? 0) | fold) !== ((text[i - start] ?? 0) | fold)) return false;
  return true;
}

/** End of the head (after its empty line) searched from `from`; -1 where it is not there. */
export function findHeadEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; ) {
    const lineFeed = indexOf(bytes, 0x0a, at, end);
    if (lineFeed < 0 || lineFeed + 1 >= end) return -1;
    const next = bytes[lineFeed + 1];
    if (next === 0x0a) return lineFeed + 2;
    if (next === 0x0d) {
      if (lineFeed + 2 >= end) return -1;
      if (bytes[lineFeed + 2] === 0x0a) return lineFeed + 3;
    }
    at = lineFeed + 1;
  }
  return -1;
}

/** End of the line at `at`, without its CR and LF; `end` where no line feed follows. */
export function lineEnd(bytes: Uint8Array, at: number, end: number): number {
  const lineFeed = indexOf(bytes, 0x0a, at, end);
  const stop = lineFeed < 0 ? end : lineFeed;
  return stop > at && stop < end && bytes[stop - 1] === 0x0d ? stop - 1 : stop;
}

export function afterLine(bytes: Uint8Array, at: number, end: number): number {
  const lineFeed = indexOf(bytes, 0x0a, at, end);
  return lineFeed < 0 ? end : lineFeed + 1;
}

/** Offsets are into the bytes given to `parse`; start = end where a thing is absent. */
export class Head {
  kind: number = Start.None;
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  status = 0;
  hostStart = 0;
  hostEnd = 0;
  typeStart = 0;
  typeEnd = 0;
  /** What follows 'Authorization: Basic ' (RFC 7617). */
  basicStart = 0;
  basicEnd = 0;
  /** -1: none that can be believed. */
  contentLength = -1;
  chunked = false;
  webSocket = false;
  /** After the empty line, or `end` where the head is cut. */
  end = 0;

  /** Parses what is there of a head; false where it does not start as one. */
  parse(bytes: Uint8Array, start: number, end: number): boolean {
    this.kind = startOf(bytes, start, end);
    this.methodEnd = this.uriStart = this.uriEnd = this.hostStart = this.hostEnd = this.typeStart = this.typeEnd = start;
    this.basicStart = this.basicEnd = start;
    this.status = 0;
    this.contentLength = -1;
    this.chunked = this.webSocket = false;
    this.end = end;
    if (this.kind !== Start.Request && this.kind !== Start.Response) return false;
    const firstEnd = lineEnd(bytes, start, end);
    if (this.kind === Start.Request) this.#requestLine(bytes, start, firstEnd);
    else this.#statusLine(bytes, start, firstEnd);
    for (let at = afterLine(bytes, start, end); at < end; at = afterLine(bytes, at, end)) {
      const stop = lineEnd(bytes, at, end);
      if (stop === at) {
        this.end = afterLine(bytes, at, end);
        break;
      }
      this.#header(bytes, at, stop);
    }
    return true;
  }

  #requestLine(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end && !isSpace(bytes[at])) at++;
    this.methodEnd = at;
    while (at < end && isSpace(bytes[at])) at++;
    this.uriStart = at;
    while (at < end && !isSpace(bytes[at])) at++;
    this.uriEnd = at;
  }

  #statusLine(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end && !isSpace(bytes[at])) at++;
    while (at < end && isSpace(bytes[at])) at++;
    for (let i = 0; i < 3 && at < end; i++, at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return;
      this.status = this.status * 10 + digit;
    }
  }

  #header(bytes: Uint8Array, start: number, end: number): void {
    const first = (bytes[start] ?? 0) | 0x20;
    // Host, Content-*, Transfer-Encoding, Upgrade, Authorization: others are not looked at twice.
    if (first !== 0x68 && first !== 0x63 && first !== 0x74 && first !== 0x75 && first !== 0x61) return;
    const colon = indexOf(bytes, 0x3a, start, end);
    if (colon < 0) return;
    let from = colon + 1;
    let to = end;
    while (from < to && isSpace(bytes[from])) from++;
    while (to > from && isSpace(bytes[to - 1])) to--;
    if (is(bytes, start, colon, HOST)) {
      if (this.hostStart !== this.hostEnd) return;
      this.hostStart = from;
      this.hostEnd = to;
    } else if (is(bytes, start, colon, CONTENT_LENGTH)) {
      this.#length(bytes, from, to);
    } else if (is(bytes, start, colon, CONTENT_TYPE)) {
      this.typeStart = from;
      this.typeEnd = to;
    } else if (is(bytes, start, colon, TRANSFER_ENCODING)) {
      this.chunked = startsWith(bytes, from, to, CHUNKED);
    } else if (is(bytes, start, colon, UPGRADE)) {
      this.webSocket = startsWith(bytes, from, to, WEBSOCKET);
    } else if (is(bytes, start, colon, AUTHORIZATION) && startsWith(bytes, from, to, BASIC)) {
      this.basicStart = from + BASIC.length;
      this.basicEnd = to;
    }
  }

  #length(bytes: Uint8Array, from: number, to: number): void {
    let length = 0;
    for (let at = from; at < to; at++) {
      const digit = (bytes[at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) return;
      length = length * 10 + digit;
      if (length > MAX_CONTENT_LENGTH) return;
    }
    if (to > from) this.contentLength = length;
  }
}

/** First line of a flow on any port: 'METHOD uri HTTP/1.x' or 'HTTP/1.x status'. */
export function looksLikeHttp(bytes: Uint8Array, start: number, end: number): boolean {
  const kind = startOf(bytes, start, end);
  if (kind !== Start.Request && kind !== Start.Response) return false;
  const stop = lineEnd(bytes, start, end);
  if (stop === end) return false;
  return kind === Start.Response ? startsWith(bytes, start, stop, HTTP_1) : stop - start > 10 && startsWith(bytes, stop - 8, stop, HTTP_1);
}
const HTTP_1 = bytesOf('http/1.');
