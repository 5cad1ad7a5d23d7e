import { EventKind } from '../../../../shared/model/event-kinds';
import { protocolNames } from '../../protocol-names';
import { u8 } from '../bytes';
import type { ApplicationProtocol, Conversation, MessageSummary } from '../protocol';
import { hello, helloBytes, Outcome, readClientHello } from './client-hello';
import { dissectQuic } from './dissect';
import { gquicFields, quicFields } from './fields';
import { looksLikeGoogleQuic } from './gquic';
import { dissectGoogleQuic } from './gquic-dissect';
import { isReservedVersion, LongHeader, PacketType } from './header';

const QUIC = protocolNames.id('QUIC');
const GQUIC = protocolNames.id('GQUIC');

/** Upper half of `Conversation.state`: whose flow it is. Lower half, QUIC: the hello was read, and how many packets were tried for it. */
const OWNED_BY_QUIC = 0x51550000;
const OWNED_BY_GQUIC = 0x47510000;
const OWNER_MASK = 0xffff0000 | 0;
const HELLO_READ = 1 << 8;
const HAS_ID = 1 << 9;
const TRIES_MASK = 0xff;
/** Packets of a conversation that are decrypted in search of a hello: ones with post-quantum keys come in two or three, and some are sent again. */
const MAX_TRIES = 12;
/** Packets of one datagram that are looked at (RFC 9000, 12.2). */
const MAX_COALESCED = 8;

const header = new LongHeader();

const owned = (conversation: Conversation, owner: number): boolean => (conversation.state & OWNER_MASK) === owner;

/** QUIC 1, 2 and late drafts (RFC 9000, 9369). Packets with a short header are told by the long ones before them. */
export const quic: ApplicationProtocol = {
  name: 'quic',
  title: 'QUIC IETF',
  fields: quicFields,
  recogniseUdp: (bytes, start, end, conversation) => owned(conversation, OWNED_BY_QUIC) || looksLikeQuic(bytes, start, end, conversation),
  summarise,
  dissect: dissectQuic,
};

/** Google's QUIC before it became IETF's: named, and its public header shown. */
export const gquic: ApplicationProtocol = {
  name: 'gquic',
  title: 'GQUIC (Google Quick UDP Internet Connections)',
  fields: gquicFields,
  recogniseUdp: (bytes, start, end, conversation) => owned(conversation, OWNED_BY_GQUIC) || looksLikeGoogleQuic(bytes, start, end),
  summarise(_bytes, _start, _end, conversation, summary) {
    if (!owned(conversation, OWNED_BY_GQUIC)) conversation.state = OWNED_BY_GQUIC;
    summary.protocol = GQUIC;
    return true;
  },
  dissect: dissectGoogleQuic,
};

function looksLikeQuic(bytes: Uint8Array, start: number, end: number, conversation: Conversation): boolean {
  const first = u8(bytes, start);
  if (!header.parse(bytes, start, end)) return (first & 0xc0) === 0xc0 && isReservedVersion(header.version) && end - start >= 1200;
  // Four zero bytes are a version negotiation only where a server may send one: other protocols have such bytes too.
  if (header.type === PacketType.VersionNegotiation) return conversation.sourcePort === 443 && header.sourceEnd - header.sourceStart <= 20;
  return (first & 0x40) !== 0;
}

function summarise(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): boolean {
  if (!owned(conversation, OWNED_BY_QUIC)) conversation.state = OWNED_BY_QUIC;
  summary.protocol = QUIC;
  let at = start;
  for (let packets = 0; packets < MAX_COALESCED && at < end && (conversation.state & HELLO_READ) === 0; packets++) {
    if (!header.parse(bytes, at, end) || header.end <= at) return true;
    if (header.type === PacketType.Initial) initial(bytes, at, end, conversation, summary);
    at = header.end;
  }
  return true;
}

function initial(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if ((conversation.state & TRIES_MASK) >= MAX_TRIES) return;
  conversation.state++;
  const outcome = readClientHello(bytes, start, end, header);
  if (outcome === Outcome.Unreadable) return;
  if ((conversation.state & HAS_ID) === 0) {
    conversation.state |= HAS_ID;
    summary.setConnectionId(bytes, header.destinationStart, header.destinationEnd);
  }
  if (outcome === Outcome.Incomplete) return;
  conversation.state |= HELLO_READ;
  summary.eventKind = EventKind.TlsClientHello;
  summary.eventNumber = hello.version;
  if (hello.nameEnd > hello.nameStart) summary.setName(helloBytes, hello.nameStart, hello.nameEnd);
}
