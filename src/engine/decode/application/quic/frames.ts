import type { Layer } from '../layer';
import { CryptoStream } from './crypto-stream';
import { Varint } from './header';

/** Frames of one packet that are listed. */
const MAX_FRAMES = 512;
const MAX_ACK_RANGES = 256;

const FRAMES: Readonly<Record<number, string>> = {
  0: 'PADDING',
  1: 'PING',
  2: 'ACK',
  3: 'ACK',
  6: 'CRYPTO',
  28: 'CONNECTION_CLOSE',
  29: 'CONNECTION_CLOSE',
};

/** RFC 9000, 20.1. */
const ERRORS: Readonly<Record<number, string>> = {
  0: 'NO_ERROR',
  1: 'INTERNAL_ERROR',
  2: 'CONNECTION_REFUSED',
  3: 'FLOW_CONTROL_ERROR',
  4: 'STREAM_LIMIT_ERROR',
  5: 'STREAM_STATE_ERROR',
  6: 'FINAL_SIZE_ERROR',
  7: 'FRAME_ENCODING_ERROR',
  8: 'TRANSPORT_PARAMETER_ERROR',
  9: 'CONNECTION_ID_LIMIT_ERROR',
  10: 'PROTOCOL_VIOLATION',
  11: 'INVALID_TOKEN',
  12: 'APPLICATION_ERROR',
  13: 'CRYPTO_BUFFER_EXCEEDED',
};

const varint = new Varint();

/** A variable-length integer at the cursor. */
export function addVarint(layer: Layer, name: string, words?: (value: number) => string): number {
  if (layer.failed || !varint.read(layer.bytes, layer.at, layer.end)) {
    layer.take(layer.left + 1);
    return 0;
  }
  const { value, next } = varint;
  layer.add(name, value, words === undefined ? String(value) : `${words(value)} (${value})`, layer.at, next - layer.at);
  layer.at = next;
  return value;
}

export interface PacketFrames {
  readonly names: readonly string[];
  /** What the CRYPTO frames of this packet hold together. */
  readonly crypto: CryptoStream;
}

/** The frames of a decrypted Initial packet, [layer.at..layer.end) (RFC 9000, 17.2.2: only these kinds are allowed). */
export function dissectFrames(layer: Layer): PacketFrames {
  const names: string[] = [];
  const crypto = new CryptoStream();
  while (layer.more && names.length < MAX_FRAMES) {
    const type = layer.bytes[layer.at] ?? 0;
    const name = FRAMES[type];
    const node = layer.open('quic.frame', name ?? `Unknown frame 0x${type.toString(16)}`);
    layer.uint('quic.frame_type', 1, FRAMES);
    if (type === 0) padding(layer);
    else if (type === 2 || type === 3) acknowledgement(layer, type === 3);
    else if (type === 6) cryptoFrame(layer, crypto);
    else if (type === 0x1c || type === 0x1d) close(layer, type === 0x1c);
    else if (name === undefined) layer.fail(`frame type 0x${type.toString(16)} is not allowed in an Initial packet`);
    layer.close(node);
    names.push(name ?? 'Unknown');
  }
  return { names, crypto };
}

function padding(layer: Layer): void {
  const start = layer.at - 1;
  while (layer.at < layer.end && layer.bytes[layer.at] === 0) layer.at++;
  const length = layer.at - start;
  layer.d.add('quic.padding_length', `[Padding Length: ${length}]`, length, start, length);
}

function acknowledgement(layer: Layer, ecn: boolean): void {
  addVarint(layer, 'quic.ack.largest_acknowledged');
  addVarint(layer, 'quic.ack.ack_delay');
  const ranges = addVarint(layer, 'quic.ack.ack_range_count');
  addVarint(layer, 'quic.ack.first_ack_range');
  for (let i = 0; i < ranges && layer.more && i < MAX_ACK_RANGES; i++) {
    addVarint(layer, 'quic.ack.gap');
    addVarint(layer, 'quic.ack.ack_range');
  }
  if (!ecn) return;
  addVarint(layer, 'quic.ack.ect0_count');
  addVarint(layer, 'quic.ack.ect1_count');
  addVarint(layer, 'quic.ack.ecn_ce_count');
}

function cryptoFrame(layer: Layer, crypto: CryptoStream): void {
  const offset = addVarint(layer, 'quic.crypto.offset');
  const length = addVarint(layer, 'quic.crypto.length');
  const at = layer.data('quic.crypto.crypto_data', length);
  if (at >= 0) crypto.add(offset, layer.bytes, at, at + length);
}

function close(layer: Layer, isTransport: boolean): void {
  // 0x0100 and more are TLS alerts (RFC 9001, 4.8).
  addVarint(layer, 'quic.cc.error_code', (code) => ERRORS[code] ?? (code >= 0x100 && code < 0x200 ? 'CRYPTO_ERROR' : 'Unknown'));
  if (isTransport) addVarint(layer, 'quic.cc.frame_type');
  const length = addVarint(layer, 'quic.cc.reason_phrase.length');
  layer.text('quic.cc.reason_phrase', length);
}
