import { u8, u16, u24, u32 } from '../bytes';
import { hexText, type Layer, utcTime } from '../layer';
import { CertificateReader } from './certificate';
import { dissectExtensions } from './extensions';
import { type HelloFacts, ja3, ja4, newFacts } from './fingerprints';
import { HandshakeType } from './hello';
import { groupName, HANDSHAKES, signatureName, suiteName, versionName } from './names';

const HS = 'tls.handshake.';
const Type = { ...HandshakeType, NewSessionTicket: 4, EncryptedExtensions: 8, Certificate: 11, ServerKeyExchange: 12 } as const;
const NAMED_CURVE = 3;

/** Where a handshake message was: the transport is part of JA4, and TLS 1.3's certificate messages have more fields. */
export interface HandshakeContext {
  readonly transport: 't' | 'q';
  readonly isTls13: boolean;
}

/** Is this the beginning of a readable message, that ends within [at..end)? Encrypted ones begin with anything. */
export function isPlainHandshake(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 4 <= end && HANDSHAKES[u8(bytes, at)] !== undefined && at + 4 + u24(bytes, at + 1) <= end;
}

/** One handshake message [layer.at..), whose length was checked; gives its words for the Info column. */
export function dissectHandshake(layer: Layer, context: HandshakeContext): string {
  const type = u8(layer.bytes, layer.at);
  const length = u24(layer.bytes, layer.at + 1);
  const end = layer.at + 4 + length;
  const name = HANDSHAKES[type] ?? 'Unknown';
  const node = layer.open('tls.handshake', `Handshake Protocol: ${name}`, 4 + length);
  layer.uint(`${HS}type`, 1, HANDSHAKES);
  layer.uint(`${HS}length`, 3);
  let words = name;
  if (type === Type.ClientHello) words = clientHello(layer, end, context);
  else if (type === Type.ServerHello) serverHello(layer, end);
  else if (type === Type.Certificate) certificates(layer, end, context);
  else if (type === Type.EncryptedExtensions) dissectExtensions(layer, end, newFacts(false, 0));
  else if (type === Type.ServerKeyExchange && u8(layer.bytes, layer.at) === NAMED_CURVE && length > 4) keyExchange(layer, end);
  else if (type === Type.NewSessionTicket && !context.isTls13 && length >= 6) ticket(layer);
  if (!layer.failed) layer.at = end;
  layer.close(node);
  return words;
}

function randomAndSession(layer: Layer): void {
  const at = layer.take(32);
  if (at < 0) return;
  const node = layer.d.open(`${HS}random`, `Random: ${hexText(layer.bytes, at, at + 32)}`, layer.bytes.subarray(at, at + 32), at, 32);
  const seconds = u32(layer.bytes, at);
  layer.add(`${HS}random_time`, seconds, utcTime(seconds, 0), at, 4);
  layer.add(`${HS}random_bytes`, layer.bytes.subarray(at + 4, at + 32), hexText(layer.bytes, at + 4, at + 32), at + 4, 28);
  layer.close(node);
  const length = layer.uint(`${HS}session_id_length`, 1);
  if (length > 0) layer.data(`${HS}session_id`, length);
}

function clientHello(layer: Layer, end: number, context: HandshakeContext): string {
  const facts = newFacts(true, layer.hex(`${HS}version`, 2, versionName));
  randomAndSession(layer);
  const size = layer.uint(`${HS}cipher_suites_length`, 2);
  const suites = layer.open(`${HS}ciphersuites`, `Cipher Suites (${size >> 1} suites)`);
  const suitesEnd = Math.min(end, layer.at + size);
  while (layer.more && layer.at + 2 <= suitesEnd) facts.ciphers.push(layer.hex(`${HS}ciphersuite`, 2, suiteName));
  layer.close(suites);
  const count = layer.uint(`${HS}comp_methods_length`, 1);
  const methods = layer.open(`${HS}comp_methods`, `Compression Methods (${count} method${count === 1 ? '' : 's'})`);
  const methodsEnd = Math.min(end, layer.at + count);
  while (layer.more && layer.at < methodsEnd) layer.uint(`${HS}comp_method`, 1, { 0: 'null', 1: 'DEFLATE' });
  layer.close(methods);
  dissectExtensions(layer, end, facts);
  fingerprints(layer, facts, context);
  return facts.serverName === null || facts.serverName === '' ? 'Client Hello' : `Client Hello (SNI=${facts.serverName})`;
}

function serverHello(layer: Layer, end: number): void {
  const facts = newFacts(false, layer.hex(`${HS}version`, 2, versionName));
  randomAndSession(layer);
  facts.ciphers.push(layer.hex(`${HS}ciphersuite`, 2, suiteName));
  layer.uint(`${HS}comp_method`, 1, { 0: 'null', 1: 'DEFLATE' });
  dissectExtensions(layer, end, facts);
  fingerprints(layer, facts, null);
}

/** `context`: of a client. */
function fingerprints(layer: Layer, facts: HelloFacts, context: HandshakeContext | null): void {
  if (layer.failed) return;
  const add = (name: string, value: string): void => {
    layer.derived(`${HS}${name}`, value, value);
  };
  const [full, hash] = ja3(facts);
  const suffix = context === null ? 'ja3s' : 'ja3';
  if (context !== null) {
    const [hashed, raw] = ja4(facts, context.transport);
    add('ja4', hashed);
    add('ja4_r', raw);
  }
  add(`${suffix}_full`, full);
  add(suffix, hash);
}

function certificates(layer: Layer, end: number, context: HandshakeContext): void {
  if (context.isTls13) {
    const length = layer.uint(`${HS}certificate_request_context_length`, 1);
    if (length > 0) layer.data(`${HS}certificate_request_context`, length);
  }
  const size = layer.uint(`${HS}certificates_length`, 3);
  const node = layer.open(`${HS}certificates`, `Certificates (${size} bytes)`);
  const stop = Math.min(end, layer.at + size);
  while (layer.more && layer.at + 3 <= stop) {
    const length = layer.uint(`${HS}certificate_length`, 3);
    const at = layer.take(length);
    if (at < 0) break;
    const bytes = layer.bytes.subarray(at, at + length);
    const certificate = layer.d.open(`${HS}certificate`, '', bytes, at, length);
    const subject = new CertificateReader(layer).read(at, at + length);
    certificate.label = `Certificate: ${hexText(layer.bytes, at, at + Math.min(length, 36))}${length > 36 ? '…' : ''} ${subject}`;
    layer.close(certificate);
    if (context.isTls13) dissectExtensions(layer, stop, newFacts(false, 0));
  }
  layer.close(node);
}

/** Elliptic curves only (RFC 8422, 5.4); the algorithm of the signature is there from TLS 1.2 on. */
function keyExchange(layer: Layer, end: number): void {
  layer.uint(`${HS}server_curve_type`, 1, { [NAMED_CURVE]: 'named_curve' });
  layer.hex(`${HS}server_named_curve`, 2, groupName);
  layer.data(`${HS}server_point`, layer.uint(`${HS}server_point_len`, 1));
  if (layer.more && layer.at + 4 <= end && layer.at + 4 + u16(layer.bytes, layer.at + 2) === end)
    layer.hex(`${HS}sig_hash_alg`, 2, signatureName);
}

function ticket(layer: Layer): void {
  layer.uint(`${HS}session_ticket_lifetime_hint`, 4);
  layer.data(`${HS}session_ticket`, layer.uint(`${HS}session_ticket_length`, 2));
}
