import type { Dissection } from '../../tree/dissection';
import { oneLine, shorten } from '../../tree/writer';
import { u8, u16 } from '../bytes';
import { hexText, Layer, type LayerOwner, utf8 } from '../layer';
import { httpFields } from './fields';

const WEBSOCKET: LayerOwner = { name: 'websocket', title: 'WebSocket', fields: httpFields };
const OPCODES: Readonly<Record<number, string>> = {
  0: 'Continuation',
  1: 'Text',
  2: 'Binary',
  8: 'Connection Close',
  9: 'Ping',
  10: 'Pong',
};
const LENGTHS: Readonly<Record<number, string>> = {
  126: '126 Extended Payload Length (16 bits)',
  127: '127 Extended Payload Length (64 bits)',
};
/** Bytes of a masked frame that are unmasked to be shown. */
const MAX_UNMASKED = 64 * 1024;
const Opcode = { Text: 1, Close: 8 } as const;

/** WebSocket frames (RFC 6455, 5.2). */
export function dissectWebSocket(d: Dissection, start: number, end: number): void {
  const words: string[] = [];
  for (let at = start; at < end && !d.full && d.malformed === null; ) at = frame(d, at, end, words);
  d.info = words.join(' , ');
}

function frame(d: Dissection, start: number, end: number, words: string[]): number {
  const layer = new Layer(d, WEBSOCKET, start, end);
  layer.take(1);
  const first = u8(d.bytes, start);
  layer.bits('websocket.fin', first, 1, 0x80);
  layer.bits('websocket.rsv', first, 1, 0x70);
  const opcode = layer.bits('websocket.opcode', first, 1, 0x0f, OPCODES);
  layer.take(1);
  const second = u8(d.bytes, start + 1);
  layer.bits('websocket.mask', second, 1, 0x80);
  let length = layer.bits('websocket.payload_length', second, 1, 0x7f, LENGTHS);
  if (length === 126) length = layer.uint('websocket.payload_length_ext_16', 2);
  else if (length === 127) length = Number(layer.uint64('websocket.payload_length_ext_64'));
  const isMasked = (second & 0x80) !== 0;
  const key = isMasked ? layer.data('websocket.masking_key', 4) : -1;
  const from = layer.at;
  const to = Math.min(end, from + length);
  if (!layer.failed && to > from) payload(layer, opcode, from, to, isMasked ? key : -1);
  layer.node.length = to - start;
  layer.finish();
  words.push(`WebSocket ${OPCODES[opcode] ?? 'Unknown'}${first & 0x80 ? ' [FIN]' : ''} ${isMasked ? '[MASKED]' : ''}`);
  return Math.max(to, start + 1);
}

function payload(layer: Layer, opcode: number, from: number, to: number, key: number): void {
  const { d, bytes } = layer;
  let plain = bytes.subarray(from, to);
  if (key >= 0) {
    plain = plain.slice(0, MAX_UNMASKED);
    for (let i = 0; i < plain.length; i++) plain[i] = u8(plain, i) ^ u8(bytes, key + (i & 3));
  }
  const node = d.open('websocket.payload', `Payload: ${hexText(plain, 0, plain.length)}`, plain, from, to - from);
  if (opcode === Opcode.Text) {
    const text = utf8(plain, 0, plain.length);
    layer.add('websocket.payload.text', text, shorten(oneLine(text)), from, to - from);
  } else if (opcode === Opcode.Close && plain.length >= 2) {
    const status = u16(plain, 0);
    layer.add('websocket.payload.close.status_code', status, String(status), from, 2);
    const reason = utf8(plain, 2, plain.length);
    if (reason !== '') layer.add('websocket.payload.close.reason', reason, shorten(oneLine(reason)), from + 2, to - from - 2);
  }
  layer.close(node);
}
