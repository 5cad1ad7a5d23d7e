import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, isText, u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('TFTP');
const [READ, WRITE, DATA, ACK, ERROR, OPTIONS] = [1, 2, 3, 4, 5, 6] as const;
const BLOCK = 512;
const EPHEMERAL = 1024;

const opcodes: Readonly<Record<number, string>> = {
  1: 'Read Request',
  2: 'Write Request',
  3: 'Data Packet',
  4: 'Acknowledgement',
  5: 'Error Code',
  6: 'Option Acknowledgement',
};
const errors: Readonly<Record<number, string>> = {
  0: 'Not defined',
  1: 'File not found',
  2: 'Access violation',
  3: 'Disk full or allocation exceeded',
  4: 'Illegal TFTP Operation',
  5: 'Unknown transfer ID',
  6: 'File already exists',
  7: 'No such user',
  8: 'Option negotiation failed',
};

/**
 * The server answers from a port of its own choice (RFC 1350, section 4), so the rest of a transfer is known by its shape: a whole block, or
 * an acknowledgement and nothing behind it. A last, shorter block is known by the acknowledgements of its flow.
 */
function isTransfer(bytes: Uint8Array, start: number, end: number, state: number): boolean {
  const opcode = u16(bytes, start);
  const length = end - start - 4;
  if (length < 0) return false;
  if (opcode === DATA) return u16(bytes, start + 2) > 0 && (length === BLOCK || (state === name && length < BLOCK));
  return opcode === ACK
    ? length === 0
    : opcode === ERROR && length >= 1 && u16(bytes, start + 2) <= 8 && u8(bytes, end - 1) === 0 && isText(bytes, start + 4, end - 1);
}

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, tftp, start, end);
  const opcode = layer.uint('tftp.opcode', 2, opcodes);
  let info = opcodes[opcode] ?? `Unknown TFTP opcode (${opcode})`;
  if (opcode === READ || opcode === WRITE) {
    info += `, File: ${zeroEnded(layer, opcode === READ ? 'tftp.source_file' : 'tftp.destination_file')}, Transfer type: ${zeroEnded(layer, 'tftp.type')}${options(layer)}`;
  } else if (opcode === DATA || opcode === ACK) {
    info += `, Block: ${layer.uint('tftp.block', 2)}`;
    if (opcode === DATA && layer.left < BLOCK) info += ' (last)';
    if (layer.left > 0) layer.data('tftp.data', layer.left);
  } else if (opcode === ERROR) {
    const code = layer.uint('tftp.error.code', 2, errors);
    info += `, Code: ${errors[code] ?? code}, Message: ${zeroEnded(layer, 'tftp.error.message')}`;
  } else if (opcode === OPTIONS) info += options(layer);
  layer.finish();
  say(d, info);
}

function zeroEnded(layer: Layer, field: string): string {
  const zero = indexOf(layer.bytes, 0, layer.at, layer.end);
  const stop = zero < 0 ? layer.end : zero;
  const text = readable(utf8(layer.bytes, layer.at, stop));
  const at = layer.at;
  layer.take(Math.min(layer.left, stop - at + 1));
  layer.add(field, text, text, at, layer.at - at);
  return text;
}

/** RFC 2347: names and values. */
function options(layer: Layer): string {
  let said = '';
  while (layer.more) said += `, ${zeroEnded(layer, 'tftp.option.name')}=${layer.more ? zeroEnded(layer, 'tftp.option.value') : ''}`;
  return said;
}

/** RFC 1350. */
export const tftp: ApplicationProtocol = {
  name: 'tftp',
  title: 'Trivial File Transfer Protocol',
  udpPorts: [69],
  recogniseUdp: (bytes, start, end, conversation) =>
    conversation.sourcePort >= EPHEMERAL && conversation.destinationPort >= EPHEMERAL && isTransfer(bytes, start, end, conversation.state),
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = name;
    const opcode = u16(bytes, start);
    if (end - start < 4 || opcode < READ || opcode > OPTIONS) return false;
    if (conversation.state === 0) conversation.state = name;
    return true;
  },
  fields: fieldList(
    'tftp',
    'Trivial File Transfer Protocol',
    `.opcode uint Opcode
    .source_file string Source File
    .destination_file string DESTINATION File
    .type string Type
    .block uint Block
    .data bytes Data
    .error.code uint Error code
    .error.message string Error message
    .option.name string Option name
    .option.value string Option value`,
  ),
  dissect,
};
