import { AuthOutcome, AuthService, EventKind } from '../../../../shared/model/event-kinds';
import { protocolNames } from '../../protocol-names';
import type { Dissection } from '../../tree/dissection';
import { decimal, isDigit, lineEnd, startsWith, startsWithNoCase, textEnd, u8 } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, readable, say, utf8 } from '../layer';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { NEED_MORE, NOT_MINE, TO_SEGMENT_END } from '../protocol';
import { contentLength, dissectHeaders, dissectSdp, hasSdp, headEnd, headerValue, sdpFields } from './head';

const sipName = protocolNames.id('SIP');
const sipSdpName = protocolNames.id('SIP/SDP');
const VERSION = 'SIP/2.0';
/** A head without an end after so many bytes is not waited for. */
const MAX_HEAD = 65_536;

const headers: Readonly<Record<string, string>> = {
  via: 'sip.Via',
  v: 'sip.Via',
  from: 'sip.From',
  f: 'sip.From',
  to: 'sip.To',
  t: 'sip.To',
  'call-id': 'sip.Call-ID',
  i: 'sip.Call-ID',
  cseq: 'sip.CSeq',
  contact: 'sip.Contact',
  m: 'sip.Contact',
  'user-agent': 'sip.User-Agent',
  server: 'sip.Server',
  'content-type': 'sip.Content-Type',
  c: 'sip.Content-Type',
  'content-length': 'sip.Content-Length',
  l: 'sip.Content-Length',
  expires: 'sip.Expires',
  authorization: 'sip.Authorization',
  'www-authenticate': 'sip.WWW-Authenticate',
  'max-forwards': 'sip.Max-Forwards',
};

/** The first line is a status line, or a request line: a word, a URI and the version. */
/** A response's first line begins with it. */
const STATUS = `${VERSION} `;

function isSip(bytes: Uint8Array, start: number, end: number): boolean {
  const first = u8(bytes, start);
  if (first < 0x41 || first > 0x5a) return false;
  if (startsWith(bytes, start, end, STATUS)) return isDigit(u8(bytes, start + 8)) && isDigit(u8(bytes, start + 10));
  const next = lineEnd(bytes, start, end);
  const stop = textEnd(bytes, start, next < 0 ? end : next);
  return stop - VERSION.length > start && startsWith(bytes, stop - VERSION.length, stop, VERSION);
}

function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  const next = lineEnd(bytes, start, end);
  const stop = next < 0 ? end : next;
  const line = utf8(bytes, start, textEnd(bytes, start, stop));
  const status = line.startsWith(VERSION);
  const words = line.split(' ');
  const layer = new Layer(d, sip, start, end, `${sip.title} (${status ? words[1] : words[0]})`);
  layer.add(status ? 'sip.Status-Line' : 'sip.Request-Line', line, readable(line), start, stop - start);
  if (status) layer.add('sip.Status-Code', Number(words[1]), readable(words[1] ?? ''), start + VERSION.length + 1, 3);
  else {
    layer.add('sip.Method', words[0] ?? '', readable(words[0] ?? ''), start, (words[0] ?? '').length);
    layer.add('sip.r-uri', words[1] ?? '', readable(words[1] ?? ''), start, stop - start);
  }
  layer.take(stop - start);
  const head = headEnd(bytes, start, end);
  const body = head < 0 ? end : head;
  const node = layer.open('sip.msg_hdr', 'Message Header', body - layer.at);
  dissectHeaders(layer, body, headers, '');
  layer.close(node);
  if (layer.left > 0) {
    const message = layer.open('sip.msg_body', 'Message Body', layer.left);
    if (hasSdp(bytes, start, body)) dissectSdp(layer, end);
    else layer.rest('Data');
    layer.close(message);
  }
  layer.finish();
  say(d, status ? `Status: ${readable(line.slice(VERSION.length + 1))} | ` : `Request: ${readable(line.slice(0, -VERSION.length))}| `);
}

/** `Conversation.state`: the latest REGISTER came with an answer to the server's challenge. */
const ANSWERED = 1;

/** The outcome of a registration (RFC 3261, 22.2). A first 401 only asks for the password; 403 and 404 refuse whoever it is. */
function readLogin(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if (startsWith(bytes, start, end, 'REGISTER ')) {
    conversation.state = headerValue(bytes, start, end, 'AUTHORIZATION:') < 0 ? 0 : ANSWERED;
    return;
  }
  if (!startsWith(bytes, start, end, STATUS)) return;
  const status = decimal(bytes, start + STATUS.length, start + STATUS.length + 3);
  if (status !== 200 && status !== 401 && status !== 403 && status !== 404) return;
  const sequence = headerValue(bytes, start, end, 'CSEQ:');
  if (sequence < 0) return;
  let method = sequence;
  while (method < end && u8(bytes, method) > 0x20) method++;
  if (!startsWithNoCase(bytes, method + 1, end, 'REGISTER')) return;
  const answered = (conversation.state & ANSWERED) !== 0;
  conversation.state = 0;
  if ((status === 200 || status === 401) && !answered) return;
  const outcome = status === 200 ? AuthOutcome.Succeeded : AuthOutcome.Failed;
  if (status === 401 && isStale(bytes, start, end)) return;
  summary.addEvent(EventKind.Authentication, (AuthService.Sip << 8) | outcome, -1);
}

/** The password was right, the challenge too old (RFC 7616, 3.3). */
function isStale(bytes: Uint8Array, start: number, end: number): boolean {
  const value = headerValue(bytes, start, end, 'WWW-AUTHENTICATE:');
  const next = value < 0 ? -1 : lineEnd(bytes, value, end);
  for (let at = value; at >= 0 && at < next; at++) if (startsWithNoCase(bytes, at, next, 'STALE=TRUE')) return true;
  return false;
}

/** RFC 3261. */
export const sip: ApplicationProtocol = {
  name: 'sip',
  title: 'Session Initiation Protocol',
  udpPorts: [5060],
  tcpPorts: [5060],
  keep: 16_384,
  recogniseUdp: isSip,
  recogniseTcp: isSip,
  frame: (bytes, start, end) => {
    if (end - start < 16) return NEED_MORE;
    if (!isSip(bytes, start, end)) return NOT_MINE;
    const head = headEnd(bytes, start, end);
    if (head < 0) return end - start > MAX_HEAD ? TO_SEGMENT_END : NEED_MORE;
    return head - start + contentLength(bytes, start, head);
  },
  summarise: (bytes, start, end, conversation, summary) => {
    if (!isSip(bytes, start, end)) return false;
    const head = headEnd(bytes, start, end);
    readLogin(bytes, start, head < 0 ? end : head, conversation, summary);
    summary.protocol = head > 0 && head < end && hasSdp(bytes, start, head) ? sipSdpName : sipName;
    return true;
  },
  fields: fieldList(
    'sip',
    'Session Initiation Protocol',
    `.Request-Line string Request-Line
    .Method string Method
    .r-uri string Request-URI
    .Status-Line string Status-Line
    .Status-Code uint Status-Code
    .msg_hdr none Message Header
    .msg_body none Message Body
    .Via string Via
    .From string From
    .To string To
    .Call-ID string Call-ID
    .CSeq string CSeq
    .Contact string Contact
    .User-Agent string User-Agent
    .Server string Server
    .Content-Type string Content-Type
    .Content-Length string Content-Length
    .Expires string Expires
    .Authorization string Authorization
    .WWW-Authenticate string WWW-Authenticate
    .Max-Forwards string Max-Forwards
    ${sdpFields}`,
  ),
  dissect,
};
