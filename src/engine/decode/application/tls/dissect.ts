import type { Dissection } from '../../tree/dissection';
import { u8, u16, u24 } from '../bytes';
import { Layer, type LayerOwner, readable } from '../layer';
import { tlsFields } from './fields';
import { dissectHandshake, type HandshakeContext, isPlainHandshake } from './handshake';
import { HandshakeType } from './hello';
import { ALERTS, CONTENT_TYPES, suiteName, versionName } from './names';
import { ContentType, looksLikeRecord, looksLikeSsl2Hello, MAX_HELLO, RECORD_HEADER } from './record';
import { versionIndex, versionTitle } from './versions';

const TLS: LayerOwner = { name: 'tls', title: 'Transport Layer Security', fields: tlsFields };
const MAX_INFO = 1000;

/** The records of one segment, or of one message that segments completed. */
export function dissectTls(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, TLS, start, end);
  const words: string[] = [];
  // What follows a Change Cipher Spec in the same packet is encrypted.
  let encrypted = false;
  while (layer.more) {
    if (!looksLikeRecord(d.bytes, layer.at, end)) {
      if (looksLikeSsl2Hello(d.bytes, layer.at, end)) words.push(ssl2Hello(layer));
      else {
        // Too short for a record's header, it begins one.
        if (layer.at === start || end - layer.at >= RECORD_HEADER) words.push('Continuation Data');
        layer.at = end;
      }
      continue;
    }
    const type = u8(d.bytes, layer.at);
    const next = layer.at + RECORD_HEADER + u16(d.bytes, layer.at + 3);
    if (next > end && layer.at > start) {
      // The packet that completes this record shows it.
      d.add('', `TLS segment data (${end - layer.at} bytes)`, null, layer.at, end - layer.at);
      break;
    }
    words.push(record(layer, encrypted));
    if (type === ContentType.ChangeCipherSpec) encrypted = true;
  }
  layer.finish();
  d.info = readable(words.join(', ').slice(0, MAX_INFO));
}

/** The session's version is what the Protocol column says; a record's own is older for the sake of middle boxes. */
function sessionTitle(layer: Layer, recordVersion: number): string {
  const { protocol } = layer.d.context;
  return /^(TLS|SSL)/.test(protocol) ? protocol : versionTitle(versionIndex(recordVersion));
}

function record(layer: Layer, encrypted: boolean): string {
  const { d, bytes } = layer;
  const start = layer.at;
  const type = u8(bytes, start);
  const version = u16(bytes, start + 1);
  const length = u16(bytes, start + 3);
  const title = sessionTitle(layer, version);
  const isTls13 = title === 'TLSv1.3';
  const node = layer.open('tls.record', `${title} Record Layer: ${CONTENT_TYPES[type] ?? 'Unknown'} Protocol`, RECORD_HEADER + length);
  const isOpaque = isTls13 && type === ContentType.ApplicationData;
  layer.uint(isOpaque ? 'tls.record.opaque_type' : 'tls.record.content_type', 1, CONTENT_TYPES);
  layer.hex('tls.record.version', 2, versionName);
  layer.uint('tls.record.length', 2);
  const body = layer.at;
  const end = Math.min(layer.end, body + length);
  let words = CONTENT_TYPES[type] ?? 'Unknown';
  if (type === ContentType.Handshake) words = handshake(layer, node, title, start, end, encrypted);
  else if (type === ContentType.ChangeCipherSpec) d.add('tls.change_cipher_spec', 'Change Cipher Spec Message', null, body, end - body);
  else if (type === ContentType.Alert) words = alert(layer, end, length);
  else if (type === ContentType.ApplicationData) {
    node.label = `${title} Record Layer: Application Data Protocol`;
    if (end > body) layer.data('tls.app_data', end - body);
  }
  if (layer.at < end) layer.at = end;
  if (body + length > layer.end) layer.take(body + length - layer.at);
  layer.close(node);
  return words;
}

function alert(layer: Layer, end: number, length: number): string {
  const node = layer.open('tls.alert_message', 'Alert Message', length);
  let words = 'Encrypted Alert';
  if (length === 2 && layer.at + 2 <= end) {
    const levels: Readonly<Record<number, string>> = { 1: 'Warning', 2: 'Fatal' };
    const level = layer.uint('tls.alert_message.level', 1, levels);
    const description = layer.uint('tls.alert_message.desc', 1, ALERTS);
    if (levels[level] !== undefined && ALERTS[description] !== undefined) {
      words = `Alert (Level: ${levels[level]}, Description: ${ALERTS[description]})`;
    }
  } else node.label = 'Alert Message: Encrypted Alert';
  layer.close(node);
  return words;
}

/** The messages of a handshake record; a hello that goes on in the records after it is read from all of them. */
function handshake(layer: Layer, node: { label: string }, title: string, start: number, end: number, encrypted: boolean): string {
  const { d } = layer;
  const context: HandshakeContext = { transport: 't', isTls13: title === 'TLSv1.3' };
  const words: string[] = [];
  if (!encrypted && isSplitHello(layer, end)) {
    const [joined, next] = joinRecords(layer, start);
    if (isPlainHandshake(joined, 0, joined.length)) {
      words.push(dissectJoined(d, joined, context));
      node.label = `${title} Record Layer: Handshake Protocol: Client Hello`;
      layer.at = next;
      return words.join(', ');
    }
  }
  while (layer.more && layer.at < end && !encrypted && isPlainHandshake(layer.bytes, layer.at, end))
    words.push(dissectHandshake(layer, context));
  if (layer.at < end && !layer.failed) {
    d.add('tls.handshake', 'Handshake Protocol: Encrypted Handshake Message', null, layer.at, end - layer.at);
    words.push('Encrypted Handshake Message');
  }
  const kinds = words.map((word) => word.replace(/ \(.*/, ''));
  node.label = `${title} Record Layer: Handshake Protocol: ${kinds.length > 1 ? 'Multiple Handshake Messages' : (kinds[0] ?? '')}`;
  return words.join(', ');
}

const isSplitHello = (layer: Layer, end: number): boolean =>
  u8(layer.bytes, layer.at) === HandshakeType.ClientHello && layer.at + 4 <= end && layer.at + 4 + u24(layer.bytes, layer.at + 1) > end;

function joinRecords(layer: Layer, start: number): readonly [Uint8Array, number] {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let at = start;
  while (at + RECORD_HEADER <= layer.end && u8(layer.bytes, at) === ContentType.Handshake && size < MAX_HELLO) {
    const next = Math.min(layer.end, at + RECORD_HEADER + u16(layer.bytes, at + 3));
    pieces.push(layer.bytes.subarray(at + RECORD_HEADER, next));
    size += next - at - RECORD_HEADER;
    at = next;
  }
  return [new Uint8Array(Buffer.concat(pieces)), at];
}

function dissectJoined(d: Dissection, joined: Uint8Array, context: HandshakeContext): string {
  const outer = d.source;
  d.source = d.addSource('Reassembled TLS handshake', joined);
  const inner = new Layer(d, TLS, 0, joined.length, 'Reassembled Handshake Message');
  const words = dissectHandshake(inner, context);
  inner.finish();
  d.source = outer;
  return words;
}

/** SSL 2 Client Hello (RFC 5246, E.2). */
function ssl2Hello(layer: Layer): string {
  const start = layer.at;
  const length = u16(layer.bytes, start) & 0x7fff;
  const node = layer.open('tls.record', 'SSLv2 Record Layer: Client Hello', 2 + length);
  const end = Math.min(layer.end, start + 2 + length);
  layer.add('tls.record.length', length, String(length), start, 2);
  layer.take(2);
  layer.uint('tls.handshake.type', 1, { 1: 'Client Hello' });
  layer.hex('tls.handshake.version', 2, versionName);
  const size = layer.uint('tls.handshake.cipher_spec_len', 2);
  layer.uint('tls.handshake.session_id_length', 2);
  layer.take(2);
  const stop = Math.min(end, layer.at + size);
  while (layer.more && layer.at + 3 <= stop)
    layer.hex('tls.handshake.cipherspec', 3, (suite) => (suite > 0xffff ? 'SSL2 cipher' : suiteName(suite)));
  if (!layer.failed) layer.at = end;
  layer.close(node);
  return 'Client Hello';
}
