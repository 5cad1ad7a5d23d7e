import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, portsOf, say } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('Modbus/TCP');
const PORT = 502;
/** Transaction, protocol, length; the length counts what follows it. */
const HEADER = 6;
const MAX_LENGTH = 256;
const EXCEPTION = 0x80;

const functions: Readonly<Record<number, string>> = {
  1: 'Read Coils',
  2: 'Read Discrete Inputs',
  3: 'Read Holding Registers',
  4: 'Read Input Registers',
  5: 'Write Single Coil',
  6: 'Write Single Register',
  7: 'Read Exception Status',
  8: 'Diagnostics',
  11: 'Get Comm. Event Counters',
  12: 'Get Comm. Event Log',
  15: 'Write Multiple Coils',
  16: 'Write Multiple Registers',
  17: 'Report Slave ID',
  20: 'Read File Record',
  21: 'Write File Record',
  22: 'Mask Write Register',
  23: 'Read Write Register',
  24: 'Read FIFO Queue',
  43: 'Encapsulated Interface Transport',
  90: 'Unity (Schneider)',
};
const exceptions: Readonly<Record<number, string>> = {
  1: 'Illegal function',
  2: 'Illegal data address',
  3: 'Illegal data value',
  4: 'Slave device failure',
  5: 'Acknowledge',
  6: 'Slave device busy',
  8: 'Memory parity error',
  10: 'Gateway path unavailable',
  11: 'Gateway target device failed to respond',
};

const isModbus = (bytes: Uint8Array, start: number): boolean =>
  u16(bytes, start + 2) === 0 && u16(bytes, start + 4) >= 2 && u16(bytes, start + 4) <= MAX_LENGTH;

function dissect(d: Dissection, start: number, end: number): void {
  const query = portsOf(d).destination === PORT;
  const said: string[] = [];
  for (let at = start; end - at >= HEADER + 2 && isModbus(d.bytes, at) && !d.full; ) {
    const stop = at + HEADER + u16(d.bytes, at + 4);
    if (stop > end && said.length > 0) break;
    said.push(one(d, at, Math.min(stop, end), query));
    at = stop;
  }
  say(d, said.join(', '));
}

function one(d: Dissection, start: number, end: number, query: boolean): string {
  const layer = new Layer(d, modbus, start, end);
  const transaction = layer.uint('mbtcp.trans_id', 2);
  layer.uint('mbtcp.prot_id', 2);
  layer.uint('mbtcp.len', 2);
  const unit = layer.uint('mbtcp.unit_id', 1);
  const raw = u8(layer.bytes, layer.at);
  const code = raw & 0x7f;
  layer.take(1);
  const title = functions[code] ?? 'Unknown function';
  if (!layer.failed) layer.add('modbus.func_code', code, `${title} (${code})`, layer.at - 1, 1);
  let failure = '';
  if (raw >= EXCEPTION && layer.left > 0) {
    const exception = layer.uint('modbus.exception_code', 1, exceptions);
    failure = ` Exception returned: ${exceptions[exception] ?? exception}`;
  } else if (query && code >= 1 && code <= 16 && layer.left >= 4) {
    layer.uint('modbus.reference_num', 2);
    if (code <= 4 || code >= 15) layer.uint(code === 1 || code === 2 || code === 15 ? 'modbus.bit_cnt' : 'modbus.word_cnt', 2);
  }
  if (layer.left > 0) layer.data('modbus.data', layer.left);
  layer.finish();
  const pad = (value: number, width: number): string => String(value).padStart(width, ' ');
  return `${query ? '   Query' : 'Response'}: Trans: ${pad(transaction, 5)}; Unit: ${pad(unit, 3)}, Func: ${pad(code, 3)}: ${title}${failure}`;
}

/** MODBUS Messaging on TCP/IP Implementation Guide, version 1.0b. */
export const modbus: ApplicationProtocol = {
  name: 'mbtcp',
  title: 'Modbus/TCP',
  tcpPorts: [PORT],
  frame: (bytes, start, end) => {
    if (end - start < HEADER + 2) return NEED_MORE;
    return isModbus(bytes, start) ? HEADER + u16(bytes, start + 4) : NOT_MINE;
  },
  summarise: (bytes, start, _end, _conversation, summary) => {
    summary.protocol = name;
    return isModbus(bytes, start);
  },
  fields: fieldList(
    'mbtcp',
    'Modbus/TCP',
    `.trans_id uint Transaction Identifier
    .prot_id uint Protocol Identifier
    .len uint Length
    .unit_id uint Unit Identifier
    modbus.func_code uint Function Code
    modbus.exception_code uint Exception Code
    modbus.reference_num uint Reference Number
    modbus.bit_cnt uint Bit Count
    modbus.word_cnt uint Word Count
    modbus.data bytes Data`,
  ),
  dissect,
};
