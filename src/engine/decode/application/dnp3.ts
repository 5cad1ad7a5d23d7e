import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('DNP 3.0');
const START = 0x0564;
/** Start, length, control, addresses, CRC. */
const HEADER = 10;
const BLOCK = 16;
const CRC = 2;

const functions: Readonly<Record<number, string>> = {
  0: 'Confirm',
  1: 'Read',
  2: 'Write',
  3: 'Select',
  4: 'Operate',
  5: 'Direct Operate',
  6: 'Direct Operate No Ack',
  7: 'Immediate Freeze',
  8: 'Immediate Freeze No Ack',
  9: 'Freeze and Clear',
  10: 'Freeze and Clear No ACK',
  13: 'Cold Restart',
  14: 'Warm Restart',
  15: 'Initialize Data',
  16: 'Initialize Application',
  17: 'Start Application',
  18: 'Stop Application',
  20: 'Enable Spontaneous Messages',
  21: 'Disable Spontaneous Messages',
  22: 'Assign Classes',
  23: 'Delay Measurement',
  24: 'Record Current Time',
  25: 'Open File',
  26: 'Close File',
  27: 'Delete File',
  28: 'Get File Info',
  29: 'Authenticate File',
  30: 'Abort File',
  32: 'Authentication Request',
  129: 'Response',
  130: 'Unsolicited Response',
  131: 'Authentication Response',
};
const primary: Readonly<Record<number, string>> = {
  0: 'Reset of Remote Link',
  2: 'Test Function For Link',
  3: 'User Data',
  4: 'Unconfirmed User Data',
  9: 'Request Link Status',
};
const secondary: Readonly<Record<number, string>> = {
  0: 'ACK',
  1: 'NACK',
  11: 'Status of Link',
  14: 'Link Service Not Functioning',
  15: 'Link Service Not Used or Implemented',
};

/** The length counts control, addresses and data; each block of 16 data bytes has a CRC behind it (IEEE 1815, section 9.2.4). */
function frameLength(bytes: Uint8Array, start: number): number {
  const data = Math.max(0, u8(bytes, start + 2) - 5);
  return HEADER + data + Math.ceil(data / BLOCK) * CRC;
}

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  for (let at = start; end - at >= HEADER && u16(d.bytes, at) === START && !d.full; ) {
    const stop = at + frameLength(d.bytes, at);
    if (stop > end && said.length > 0) break;
    said.push(one(d, at, Math.min(end, stop)));
    at = stop;
  }
  say(d, said.join(', '));
}

function one(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, dnp3, start, end);
  layer.hex('dnp3.start', 2);
  const length = layer.uint('dnp3.len', 1);
  const control = layer.hex('dnp3.ctl', 1);
  layer.bits('dnp3.ctl.dir', control, 1, 0x80);
  const isPrimary = layer.bits('dnp3.ctl.prm', control, 1, 0x40) === 1;
  const code = layer.bits(isPrimary ? 'dnp3.ctl.prifunc' : 'dnp3.ctl.secfunc', control, 1, 0x0f, isPrimary ? primary : secondary);
  layer.uintLe('dnp3.dst', 2);
  layer.uintLe('dnp3.src', 2);
  layer.hex('dnp3.hdr.CRC', 2, undefined, true);
  let info = (isPrimary ? primary : secondary)[code] ?? `Function ${code}`;
  if (length > 7 && layer.left >= 3) {
    layer.hex('dnp3.tr.ctl', 1);
    const first = u8(layer.bytes, layer.at - 1);
    layer.bits('dnp3.tr.fin', first, 1, 0x80);
    layer.bits('dnp3.tr.fir', first, 1, 0x40);
    layer.bits('dnp3.tr.seq', first, 1, 0x3f);
    if ((first & 0x40) !== 0) {
      layer.hex('dnp3.al.ctl', 1);
      const operation = layer.uint('dnp3.al.func', 1, functions);
      info = functions[operation] ?? `Unknown function (${operation})`;
    }
  }
  if (layer.left > 0) layer.data('dnp3.al.obj', layer.left);
  layer.finish();
  return info;
}

/** IEEE 1815 over TCP and UDP. */
export const dnp3: ApplicationProtocol = {
  name: 'dnp3',
  title: 'Distributed Network Protocol 3.0',
  tcpPorts: [20000],
  udpPorts: [20000],
  frame: (bytes, start, end) => {
    if (end - start < HEADER) return NEED_MORE;
    return u16(bytes, start) === START ? frameLength(bytes, start) : NOT_MINE;
  },
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return end - start >= HEADER && u16(bytes, start) === START;
  },
  fields: fieldList(
    'dnp3',
    'Distributed Network Protocol 3.0',
    `.start uint Start Bytes
    .len uint Length
    .ctl uint Control
    .ctl.dir bool Direction
    .ctl.prm bool Primary
    .ctl.prifunc uint Control Function Code
    .ctl.secfunc uint Control Function Code
    .dst uint Destination
    .src uint Source
    .hdr.CRC uint Data Link Header checksum
    .tr.ctl uint Transport Control
    .tr.fin bool Final
    .tr.fir bool First
    .tr.seq uint Sequence
    .al.ctl uint Application Control
    .al.func uint Application Layer Function Code
    .al.obj bytes Object`,
  ),
  dissect,
};
