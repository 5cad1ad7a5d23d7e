import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16, u24 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const HEADER = 13;
const HANDSHAKE = 22;
const names: Readonly<Record<number, number>> = {
  0: protocolNames.id('DTLS'),
  65279: protocolNames.id('DTLSv1.0'),
  65277: protocolNames.id('DTLSv1.2'),
  256: protocolNames.id('DTLS 1.0 (OpenSSL pre 0.9.8f)'),
};
const types: Readonly<Record<number, string>> = {
  20: 'Change Cipher Spec',
  21: 'Alert',
  22: 'Handshake',
  23: 'Application Data',
  24: 'Heartbeat',
  25: 'Connection ID',
};
const versions: Readonly<Record<number, string>> = { 65279: 'DTLS 1.0', 65277: 'DTLS 1.2', 256: 'DTLS 1.0 (OpenSSL pre 0.9.8f)' };
const handshakes: Readonly<Record<number, string>> = {
  0: 'Hello Request',
  1: 'Client Hello',
  2: 'Server Hello',
  3: 'Hello Verify Request',
  4: 'New Session Ticket',
  11: 'Certificate',
  12: 'Server Key Exchange',
  13: 'Certificate Request',
  14: 'Server Hello Done',
  15: 'Certificate Verify',
  16: 'Client Key Exchange',
  20: 'Finished',
};
const SERVER_HELLO = 2;
const VERIFY_REQUEST = 3;

function isDtls(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= HEADER &&
    types[u8(bytes, start)] !== undefined &&
    versions[u16(bytes, start + 1)] !== undefined &&
    HEADER + u16(bytes, start + 11) <= end - start
  );
}

const isPlain = (bytes: Uint8Array, at: number): boolean => u16(bytes, at + 3) === 0;

function dissect(d: Dissection, start: number, end: number): void {
  const outer = new Layer(d, dtls, start, end);
  const said: string[] = [];
  while (outer.more && isDtls(outer.bytes, outer.at, end)) said.push(record(outer));
  outer.finish();
  say(d, said.join(', '));
}

function record(layer: Layer): string {
  const { bytes, at } = layer;
  const type = u8(bytes, at);
  const length = u16(bytes, at + 11);
  const plain = isPlain(bytes, at);
  const message = type === HANDSHAKE && plain && length >= 12 ? handshakes[u8(bytes, at + HEADER)] : undefined;
  let info =
    type === HANDSHAKE ? (message ?? 'Encrypted Handshake Message') : type === 21 && !plain ? 'Encrypted Alert' : (types[type] ?? '');
  const node = layer.open('dtls.record', `${versions[u16(bytes, at + 1)]} Record Layer: ${types[type]} Protocol: ${info}`, HEADER + length);
  layer.uint('dtls.record.content_type', 1, types);
  layer.hex('dtls.record.version', 2, versions);
  layer.uint('dtls.record.epoch', 2);
  layer.uint('dtls.record.sequence_number', 6);
  layer.uint('dtls.record.length', 2);
  if (message !== undefined) info += handshake(layer, length, message);
  else if (type === 21 && plain && length === 2) {
    layer.uint('dtls.alert_message.level', 1, { 1: 'Warning', 2: 'Fatal' });
    layer.uint('dtls.alert_message.desc', 1);
  } else if (type === 23) layer.data('dtls.app_data', length);
  else layer.rest('Data', length);
  layer.at = at + HEADER + length;
  layer.close(node);
  return info;
}

function handshake(layer: Layer, recordLength: number, name: string): string {
  const { bytes, at } = layer;
  const node = layer.open('dtls.handshake', `Handshake Protocol: ${name}`, recordLength);
  const length = u24(bytes, at + 1);
  const fragment = u24(bytes, at + 9);
  layer.uint('dtls.handshake.type', 1, handshakes);
  layer.uint('dtls.handshake.length', 3);
  layer.uint('dtls.handshake.message_seq', 2);
  layer.uint('dtls.handshake.fragment_offset', 3);
  layer.uint('dtls.handshake.fragment_length', 3);
  const type = u8(bytes, at);
  if (fragment >= 2 && u24(bytes, at + 6) === 0 && recordLength >= 14 && type >= 1 && type <= VERIFY_REQUEST)
    layer.hex('dtls.handshake.version', 2, versions);
  const left = at + recordLength - layer.at;
  layer.rest('Handshake data', left);
  layer.close(node);
  return fragment < length ? ' (Fragment)' : '';
}

/** The version that the server chose, or that a record beyond the handshake has; 0: this packet does not say. */
function chosenVersion(bytes: Uint8Array, start: number, end: number): number {
  if (u8(bytes, start) !== HANDSHAKE) return u16(bytes, start + 1);
  if (!isPlain(bytes, start) || end - start < HEADER + 14) return 0;
  const type = u8(bytes, start + HEADER);
  if (type !== SERVER_HELLO && type !== VERIFY_REQUEST) return 0;
  return type === VERIFY_REQUEST ? u16(bytes, start + 1) : u16(bytes, start + HEADER + 12);
}

/** RFC 6347. The Protocol column names the version once the server has chosen one. */
export const dtls: ApplicationProtocol = {
  name: 'dtls',
  title: 'Datagram Transport Layer Security',
  // Those of STUN, whose flows carry media too, which nothing recognises (RFC 7983).
  udpPorts: [3478, 3479, 5349],
  recogniseUdp: isDtls,
  summarise: (bytes, start, end, conversation, summary) => {
    if (!isDtls(bytes, start, end)) return false;
    const chosen = chosenVersion(bytes, start, end);
    if (names[chosen] !== undefined && chosen !== 0 && (conversation.state === 0 || u8(bytes, start) === HANDSHAKE))
      conversation.state = chosen;
    summary.protocol = names[conversation.state] ?? names[0] ?? 0;
    return true;
  },
  fields: fieldList(
    'dtls',
    'Datagram Transport Layer Security',
    `.record none Record Layer
    .record.content_type uint Content Type
    .record.version uint Version
    .record.epoch uint Epoch
    .record.sequence_number uint Sequence Number
    .record.length uint Length
    .handshake none Handshake Protocol
    .handshake.type uint Handshake Type
    .handshake.length uint Length
    .handshake.message_seq uint Message Sequence
    .handshake.fragment_offset uint Fragment Offset
    .handshake.fragment_length uint Fragment Length
    .handshake.version uint Version
    .alert_message.level uint Level
    .alert_message.desc uint Description
    .app_data bytes Encrypted Application Data`,
  ),
  dissect,
};
