import type { Dissection } from '../../tree/dissection';
import { u8, u32 } from '../bytes';
import { hexText, Layer, type LayerOwner } from '../layer';
import { tlsFields } from '../tls/fields';
import { dissectHandshake, isPlainHandshake } from '../tls/handshake';
import { completedHello } from './client-hello';
import { quicFields } from './fields';
import { addVarint, dissectFrames, type PacketFrames } from './frames';
import { isReservedVersion, LongHeader, PacketType, QUIC_2 } from './header';
import { initialKeys, type OpenedPacket, openInitial } from './keys';

const QUIC: LayerOwner = { name: 'quic', title: 'QUIC IETF', fields: quicFields };
const TLS: LayerOwner = { name: 'tls', title: 'TLSv1.3 Record Layer: Handshake Protocol', fields: tlsFields };
/** Packets of one datagram that are shown. */
const MAX_COALESCED = 16;
const MAX_WORDS = 24;
const RETRY_TAG = 16;

const TYPES: Readonly<Record<number, string>> = { 0: 'Initial', 1: '0-RTT', 2: 'Handshake', 3: 'Retry' };
const TYPES_2: Readonly<Record<number, string>> = { 0: 'Retry', 1: 'Initial', 2: '0-RTT', 3: 'Handshake' };
const TITLES: Readonly<Record<number, string>> = { ...TYPES, [PacketType.VersionNegotiation]: 'Version Negotiation' };

function versionWords(version: number): string {
  if (version === 0) return 'Version Negotiation';
  if (version === QUIC_2) return '2';
  if (version >>> 8 === 0xff0000) return `draft-${version & 0xff}`;
  return isReservedVersion(version) ? 'Reserved (GREASE)' : version === 1 ? '1' : 'Unknown';
}

/** The packets of one datagram (RFC 9000, 12.2). */
export function dissectQuic(d: Dissection, start: number, end: number): void {
  const words: string[] = [];
  const header = new LongHeader();
  let at = start;
  for (let count = 0; at < end && count < MAX_COALESCED && !d.full && d.malformed === null; count++) {
    // What follows the last packet is padding where it does not even look like one.
    if (count > 0 && (u8(d.bytes, at) & 0x40) === 0) break;
    if ((u8(d.bytes, at) & 0x80) === 0) {
      words.push(shortPacket(d, at, end));
      break;
    }
    const known = header.parse(d.bytes, at, end);
    const next = known ? Math.min(end, Math.max(header.end, at + 1)) : end;
    words.push(longPacket(d, at, next, known ? header : null));
    at = next;
  }
  d.info = words.join(' ; ');
}

function shortPacket(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, QUIC, start, end);
  layer.derived('quic.packet_length', end - start, String(end - start));
  layer.open('quic.short', 'QUIC Short Header', end - start);
  layer.take(1);
  const first = u8(d.bytes, start);
  layer.bits('quic.header_form', first, 1, 0x80, { 0: 'Short Header' });
  layer.bits('quic.fixed_bit', first, 1, 0x40);
  layer.bits('quic.spin_bit', first, 1, 0x20);
  if (layer.left > 0) layer.data('quic.remaining_payload', layer.left);
  layer.finish();
  return 'Protected Payload (KP0)';
}

/** `header` null: a version whose packets cannot be read beyond the connection ids. */
function longPacket(d: Dissection, start: number, end: number, header: LongHeader | null): string {
  const layer = new Layer(d, QUIC, start, end);
  const first = u8(d.bytes, start);
  const version = u32(d.bytes, start + 1);
  const opened = header !== null && header.type === PacketType.Initial ? open(d, start, end, header) : null;
  layer.derived('quic.packet_length', end - start, String(end - start));
  layer.take(1);
  layer.bits('quic.header_form', first, 1, 0x80, { 1: 'Long Header' });
  if (version !== 0) {
    layer.bits('quic.fixed_bit', first, 1, 0x40);
    if (version === QUIC_2) layer.bits('quic.long.packet_type_v2', first, 1, 0x30, TYPES_2);
    else layer.bits('quic.long.packet_type', first, 1, 0x30, TYPES);
  }
  if (opened !== null) {
    layer.bits('quic.long.reserved', opened.first, 1, 0x0c);
    layer.bits('quic.packet_number_length', opened.first, 1, 0x03, (value) => `${value + 1} bytes`);
  }
  layer.hex('quic.version', 4, versionWords);
  const words = [TITLES[header?.type ?? -1] ?? `Long Header, version ${versionWords(version)}`];
  connectionId(layer, 'quic.dcil', 'quic.dcid', 'DCID', words);
  connectionId(layer, 'quic.scil', 'quic.scid', 'SCID', words);
  if (header !== null && !layer.failed) rest(layer, header, opened, words);
  else if (layer.more) layer.data('quic.remaining_payload', layer.left);
  layer.finish();
  return words.slice(0, MAX_WORDS).join(', ');
}

function connectionId(layer: Layer, lengthField: string, field: string, word: string, words: string[]): void {
  const length = layer.uint(lengthField, 1);
  if (length === 0) return;
  const at = layer.data(field, length);
  if (at >= 0) words.push(`${word}=${hexText(layer.bytes, at, at + length)}`);
}

function rest(layer: Layer, header: LongHeader, opened: OpenedPacket | null, words: string[]): void {
  if (header.type === PacketType.VersionNegotiation) {
    while (layer.more) layer.hex('quic.supported_version', 4, versionWords);
    return;
  }
  if (header.type === PacketType.Retry) {
    if (layer.left > RETRY_TAG) layer.data('quic.retry_token', layer.left - RETRY_TAG);
    layer.data('quic.retry_integrity_tag', RETRY_TAG);
    return;
  }
  if (header.type === PacketType.Initial) {
    const length = addVarint(layer, 'quic.token_length');
    if (length > 0) layer.data('quic.token', length);
  }
  addVarint(layer, 'quic.length');
  if (opened === null) {
    if (layer.more) layer.data('quic.remaining_payload', layer.left);
    return;
  }
  layer.add('quic.packet_number', opened.number, String(opened.number), layer.at, opened.numberLength);
  words.push(`PKN: ${opened.number}`);
  layer.take(opened.numberLength);
  if (layer.more) layer.data('quic.payload', layer.left);
  payload(layer.d, opened, words, layer.bytes.subarray(header.destinationStart, header.destinationEnd), header.version);
}

/** The client's own keys come from this packet's Destination Connection ID or from the first one of its flow; the server's from that too. */
function open(d: Dissection, start: number, end: number, header: LongHeader): OpenedPacket | null {
  const own = d.bytes.subarray(header.destinationStart, header.destinationEnd);
  const first = d.context.quicConnectionId;
  const attempt = (id: Uint8Array, fromServer: boolean): OpenedPacket | null =>
    openInitial(d.bytes, start, end, header, initialKeys(header.version, id, fromServer));
  return attempt(own, false) ?? (first === null ? null : (attempt(first, true) ?? attempt(first, false)));
}

/** Frames, and the TLS messages that they carry: in this packet, or together with packets before. */
function payload(d: Dissection, opened: OpenedPacket, words: string[], connectionId: Uint8Array, version: number): void {
  const outer = d.source;
  d.source = d.addSource('Decrypted QUIC', opened.payload);
  const layer = new Layer(d, QUIC, 0, opened.payload.length, 'Decrypted packet');
  const frames = dissectFrames(layer);
  layer.finish();
  words.push(...frames.names);
  const handshake = handshakeOf(frames, opened, connectionId, version);
  if (handshake !== null) {
    d.source = d.addSource('TLS handshake in QUIC', handshake);
    const tls = new Layer(d, TLS, 0, handshake.length, 'TLS handshake');
    while (tls.more && isPlainHandshake(handshake, tls.at, tls.end)) dissectHandshake(tls, { transport: 'q', isTls13: true });
    tls.finish();
  }
  d.source = outer;
}

function handshakeOf(frames: PacketFrames, opened: OpenedPacket, connectionId: Uint8Array, version: number): Uint8Array | null {
  const { crypto } = frames;
  if (crypto.complete) return crypto.bytes.slice(0, crypto.length);
  return completedHello(version, connectionId, opened.number);
}
