import { EventKind } from '../../../../shared/model/event-kinds';
import { u16, u24 } from '../bytes';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { dissectTls } from './dissect';
import { tlsFields } from './fields';
import { HandshakeType, Hello } from './hello';
import {
  ContentType,
  frameTls,
  looksLikeRecord,
  looksLikeSsl2Hello,
  MAX_HELLO,
  RECORD_HEADER,
  sessionVersion,
  setSessionVersion,
} from './record';
import { SSL_2, UNKNOWN, versionIndex, versionProtocol } from './versions';

const hello = new Hello();
/** Where the pieces of a hello in several records are put together. */
const joined = new Uint8Array(MAX_HELLO);

/** Transport Layer Security and SSL (RFC 8446, 5246, 6101). */
export const tls: ApplicationProtocol = {
  name: 'tls',
  title: 'Transport Layer Security',
  fields: tlsFields,
  // Wireshark's and the ones of other services that people see: SIP, docker, HTTPS alternatives.
  tcpPorts: [443, 465, 636, 853, 989, 990, 992, 993, 994, 995, 2443, 3249, 3269, 5061, 5349, 5671, 8443, 8883, 27017],
  recogniseTcp: (bytes, start, end) => looksLikeRecord(bytes, start, end) || looksLikeSsl2Hello(bytes, start, end),
  keep: MAX_HELLO,
  frame: frameTls,
  continues: true,
  summarise,
  dissect: dissectTls,
};

function summarise(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): boolean {
  let session = sessionVersion(conversation);
  if (!looksLikeRecord(bytes, start, end)) {
    const isHello = looksLikeSsl2Hello(bytes, start, end);
    if (isHello) {
      summary.eventKind = EventKind.TlsClientHello;
      summary.eventNumber = u16(bytes, start + 3);
    }
    summary.protocol = versionProtocol(isHello && session === UNKNOWN ? SSL_2 : session);
    return true;
  }
  const type = bytes[start];
  let shown = session;
  if (session === UNKNOWN) {
    shown = versionIndex(u16(bytes, start + 1));
    // A Client Hello's record has an old version for the sake of old servers: it is shown, but does not decide.
    const decides = type !== ContentType.Handshake || isServerHandshake(bytes[start + RECORD_HEADER]);
    if (decides) {
      session = shown;
      setSessionVersion(conversation, session);
    }
  }
  if (type === ContentType.Handshake) shown = summariseHello(bytes, start, end, conversation, summary) || shown;
  summary.protocol = versionProtocol(shown);
  return true;
}

const isServerHandshake = (type: number | undefined): boolean =>
  type !== undefined && (type === 0 || (type >= 2 && type <= 6) || (type >= 11 && type <= 25) || type === 67);

/** Fills the event; gives the version index that a Server Hello settles, else 0. */
function summariseHello(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): number {
  const message = start + RECORD_HEADER;
  const type = bytes[message];
  if (type !== HandshakeType.ClientHello && type !== HandshakeType.ServerHello) return 0;
  const recordEnd = Math.min(end, message + u16(bytes, start + 3));
  let source = bytes;
  let from = message;
  let to = recordEnd;
  if (recordEnd < end && message + 4 + u24(bytes, message + 1) > recordEnd) {
    source = joined;
    from = 0;
    to = join(bytes, start, end);
  }
  if (!hello.parse(source, from, to)) return 0;
  summary.eventNumber = hello.version;
  if (type === HandshakeType.ServerHello) {
    summary.eventKind = EventKind.TlsServerHello;
    const index = versionIndex(hello.version);
    if (index !== UNKNOWN) setSessionVersion(conversation, index);
    return index;
  }
  summary.eventKind = EventKind.TlsClientHello;
  if (hello.nameEnd > hello.nameStart) summary.setName(source, hello.nameStart, hello.nameEnd);
  return 0;
}

/** Copies the bodies of the handshake records in bytes[start..end) into `joined`; gives how many bytes these are. */
function join(bytes: Uint8Array, start: number, end: number): number {
  let used = 0;
  for (let at = start; at + RECORD_HEADER <= end && bytes[at] === ContentType.Handshake; ) {
    const body = at + RECORD_HEADER;
    const next = body + u16(bytes, at + 3);
    for (let i = body; i < Math.min(next, end) && used < joined.length; i++) joined[used++] = bytes[i] ?? 0;
    at = next;
  }
  return used;
}
