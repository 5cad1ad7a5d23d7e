import { protocolNames } from '../../protocol-names';
import type { Dissection } from '../../tree/dissection';
import { u8, u16 } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, say } from '../layer';
import type { ApplicationProtocol } from '../protocol';
import { decodeNetbiosName } from './netbios-name';

const name = protocolNames.id('NBNS');
const HEADER = 12;
const POINTER = 0xc0;
const MAX_RECORDS = 256;

const opcodes: Readonly<Record<number, string>> = {
  0: 'Name query',
  5: 'Registration',
  6: 'Release',
  7: 'Wait and acknowledgment',
  8: 'Refresh',
  9: 'Refresh(altcode)',
  15: 'Multi-homed registration',
};
const types: Readonly<Record<number, string>> = { 1: 'A', 2: 'NS', 10: 'NULL', 32: 'NB', 33: 'NBSTAT' };
const replies: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'Request was invalidly formatted',
  2: 'Problem with NAME server',
  3: 'Requested name does not exist',
  4: 'Request refused',
  5: 'Request refused',
  6: 'Name is owned by another node',
  7: 'Name is in conflict',
};

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, nbns, start, end);
  layer.hex('nbns.id', 2);
  const flags = layer.hex('nbns.flags', 2);
  const response = layer.bits('nbns.flags.response', flags, 2, 0x8000, { 0: 'Message is a query', 1: 'Message is a response' }) === 1;
  const opcode = layer.bits('nbns.flags.opcode', flags, 2, 0x7800, opcodes);
  layer.bits('nbns.flags.authoritative', flags, 2, 0x0400);
  layer.bits('nbns.flags.truncated', flags, 2, 0x0200);
  layer.bits('nbns.flags.recdesired', flags, 2, 0x0100);
  layer.bits('nbns.flags.broadcast', flags, 2, 0x0010);
  if (response) layer.bits('nbns.flags.rcode', flags, 2, 0x000f, replies);
  const questions = layer.uint('nbns.count.queries', 2);
  const answers = layer.uint('nbns.count.answers', 2);
  const authorities = layer.uint('nbns.count.auth_rr', 2);
  const additional = layer.uint('nbns.count.add_rr', 2);
  let said = '';
  for (let i = 0; i < Math.min(questions, MAX_RECORDS) && layer.more; i++) said += entry(layer, false, true);
  for (let i = 0; i < Math.min(answers + authorities + additional, MAX_RECORDS) && layer.more; i++)
    said += entry(layer, true, questions === 0 && i === 0);
  layer.finish();
  say(d, `${opcodes[opcode] ?? `Unknown operation (${opcode})`}${response ? ' response' : ''}${said}`);
}

/** A question, or a record with its address. Gives what Info says of it. */
function entry(layer: Layer, isRecord: boolean, inInfo: boolean): string {
  const at = layer.at;
  const first = u8(layer.bytes, at);
  const target = first >= POINTER ? layer.start + (u16(layer.bytes, at) & 0x3fff) : at;
  const nameStart = target + 1;
  const text = u8(layer.bytes, target) === 32 && nameStart + 32 <= layer.end ? decodeNetbiosName(layer.bytes, nameStart) : '<unreadable>';
  let length = 2;
  if (first < POINTER) {
    // A scope may follow the name: labels up to the empty one.
    length = 1 + first;
    while (at + length < layer.end && u8(layer.bytes, at + length) > 0 && u8(layer.bytes, at + length) < POINTER)
      length += 1 + u8(layer.bytes, at + length);
    length++;
  }
  const node = layer.open('', text);
  if (layer.take(length) >= 0) layer.add('nbns.name', text, text, at, length);
  const type = layer.uint('nbns.type', 2, types);
  layer.uint('nbns.class', 2, { 1: 'IN' });
  let address = '';
  if (isRecord) {
    layer.uint('nbns.ttl', 4);
    const size = layer.uint('nbns.data_length', 2);
    const stop = layer.at + size;
    if (type === 32) {
      while (layer.more && layer.at + 6 <= stop) {
        layer.hex('nbns.nb_flags', 2);
        address = layer.ipv4('nbns.addr');
      }
    } else if (size > 0) layer.data('nbns.data', Math.min(size, layer.left));
  }
  layer.close(node);
  return inInfo && !layer.failed ? ` ${types[type] ?? type} ${text}${address === '' ? '' : ` ${address}`}` : '';
}

/** RFC 1002, section 4.2. */
export const nbns: ApplicationProtocol = {
  name: 'nbns',
  title: 'NetBIOS Name Service',
  udpPorts: [137],
  summarise: (_bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return end - start >= HEADER;
  },
  fields: fieldList(
    'nbns',
    'NetBIOS Name Service',
    `.id uint Transaction ID
    .flags uint Flags
    .flags.response bool Response
    .flags.opcode uint Opcode
    .flags.authoritative bool Authoritative
    .flags.truncated bool Truncated
    .flags.recdesired bool Recursion desired
    .flags.broadcast bool Broadcast
    .flags.rcode uint Reply code
    .count.queries uint Questions
    .count.answers uint Answer RRs
    .count.auth_rr uint Authority RRs
    .count.add_rr uint Additional RRs
    .name string Name
    .type uint Type
    .class uint Class
    .ttl uint Time to live
    .data_length uint Data length
    .nb_flags uint Name flags
    .addr ipv4 Addr
    .data bytes Data`,
  ),
  dissect,
};
