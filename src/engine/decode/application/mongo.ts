import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, u32le } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('MONGO');
const HEADER = 16;
/** The server takes 48,000,000 bytes. */
const MAX_MESSAGE = 48_000_000;
const opcodes: Readonly<Record<number, string>> = {
  1: 'Reply',
  1000: 'Message',
  2001: 'Update document',
  2002: 'Insert document',
  2004: 'Query',
  2005: 'Get More',
  2006: 'Delete document',
  2007: 'Kill Cursors',
  2010: 'Command Request',
  2011: 'Command Reply',
  2012: 'Compressed Data',
  2013: 'Extensible Message Format',
};

const isMongo = (bytes: Uint8Array, start: number): boolean =>
  u32le(bytes, start) >= HEADER && u32le(bytes, start) <= MAX_MESSAGE && opcodes[u32le(bytes, start + 12)] !== undefined;

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  for (let at = start; end - at >= HEADER && isMongo(d.bytes, at) && !d.full; ) {
    const stop = at + u32le(d.bytes, at);
    if (stop > end && said.length > 0) break;
    said.push(one(d, at, Math.min(stop, end)));
    at = stop;
  }
  say(d, said.join(', '));
}

function one(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, mongo, start, end);
  layer.uintLe('mongo.message_length', 4);
  layer.hex('mongo.request_id', 4, undefined, true);
  layer.hex('mongo.response_to', 4, undefined, true);
  const code = layer.uintLe('mongo.opcode', 4, opcodes);
  if (code === 2004 && layer.left >= 8) {
    layer.take(4);
    const zero = indexOf(layer.bytes, 0, layer.at, end);
    if (zero > 0) {
      const text = utf8(layer.bytes, layer.at, zero);
      layer.add('mongo.full_collection_name', text, readable(text), layer.at, zero - layer.at);
      layer.take(zero + 1 - layer.at);
    }
  }
  layer.rest('Data');
  layer.finish();
  return `${code === 1 || code === 2011 ? 'Response' : 'Request'} : ${opcodes[code] ?? code}`;
}

/** MongoDB wire protocol. */
export const mongo: ApplicationProtocol = {
  name: 'mongo',
  title: 'Mongo Wire Protocol',
  tcpPorts: [27017],
  frame: (bytes, start, end) => {
    if (end - start < HEADER) return NEED_MORE;
    return isMongo(bytes, start) ? u32le(bytes, start) : NOT_MINE;
  },
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = name;
    return true;
  },
  fields: fieldList(
    'mongo',
    'Mongo Wire Protocol',
    `.message_length uint Message Length
    .request_id uint Request ID
    .response_to uint Response To
    .opcode uint OpCode
    .full_collection_name string Full Collection Name`,
  ),
  dissect,
};
