import { u8 } from '../../../shared/base/bytes';
import { bits, byteArray, flag, ipv4Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter, hexLabel } from '../tree/writer';

/** RFC 791, 1393, 2113, 4782; https://www.iana.org/assignments/ip-parameters. Copy flag, class and number make the type byte. */
const optionNames: Readonly<Record<number, string>> = {
  0: 'End of Options List (EOL)',
  1: 'No Operation (NOP)',
  7: 'Record Route',
  11: 'MTU Probe',
  12: 'MTU Reply',
  25: 'Quick-Start',
  68: 'Time Stamp',
  82: 'Traceroute',
  130: 'Security',
  131: 'Loose Source Route',
  133: 'Extended Security',
  134: 'Commercial Security',
  136: 'Stream Identifier',
  137: 'Strict Source Route',
  148: 'Router Alert',
};
const CLASSES = { 0: 'Control', 1: 'Reserved for future use', 2: 'Debugging and measurement', 3: 'Reserved for future use' };
const TIMESTAMP_FLAGS = { 0: 'Time stamps only', 1: 'Time stamp and address', 3: 'Time stamps for prespecified addresses' };
const YES_NO = { 0: 'No', 1: 'Yes' };

export const ipv4OptionFields = {
  'ip.opt.type': uint('Type', 1),
  'ip.opt.type.copy': flag('Copy on fragmentation', 1, 0x80, YES_NO),
  'ip.opt.type.class': bits('Class', 1, 0x60, CLASSES),
  'ip.opt.type.number': bits('Number', 1, 0x1f),
  'ip.opt.len': uint('Length', 1),
  'ip.opt.ptr': uint('Pointer', 1),
  'ip.rec_rt': ipv4Address('Recorded Route'),
  'ip.src_rt': ipv4Address('Source Route'),
  'ip.cur_rt': ipv4Address('Current Route'),
  'ip.empty_rt': ipv4Address('Empty Route'),
  'ip.opt.ra': uint('Router Alert', 2, { 0: 'Router shall examine packet' }),
  'ip.opt.sid': uint('Stream Identifier', 2),
  'ip.opt.mtu': uint('MTU', 2),
  'ip.opt.id_number': uint('ID Number', 2),
  'ip.opt.ohc': uint('Outbound Hop Count', 2),
  'ip.opt.rhc': uint('Return Hop Count', 2),
  'ip.opt.originator': ipv4Address('Originator IP Address'),
  'ip.opt.overflow': bits('Overflow', 1, 0xf0),
  'ip.opt.flag': bits('Flag', 1, 0x0f, TIMESTAMP_FLAGS),
  'ip.opt.time_stamp': uint('Time stamp', 4),
  'ip.opt.time_stamp_addr': ipv4Address('Address'),
  'ip.opt.padding': byteArray('Padding'),
} as const;
const write = fieldWriter(ipv4OptionFields);

/** Route options: the pointer (from 1, counted from the option's type byte) says which slot comes next. */
function route(d: Dissection, type: number, start: number, end: number): void {
  if (end - start < 3) return;
  const pointer = write.uint(d, 'ip.opt.ptr', start + 2);
  for (let at = start + 3; at + 4 <= end; at += 4) {
    const slot = at - start + 1;
    if (type === 7) write.ipv4(d, slot < pointer ? 'ip.rec_rt' : 'ip.empty_rt', at);
    else write.ipv4(d, slot < pointer ? 'ip.rec_rt' : slot === pointer ? 'ip.cur_rt' : 'ip.src_rt', at);
  }
}

function timestamps(d: Dissection, start: number, end: number): void {
  if (end - start < 4) return;
  write.uint(d, 'ip.opt.ptr', start + 2);
  write.uint(d, 'ip.opt.overflow', start + 3);
  const withAddress = write.uint(d, 'ip.opt.flag', start + 3) !== 0;
  for (let at = start + 4; at + (withAddress ? 8 : 4) <= end; at += withAddress ? 8 : 4) {
    if (withAddress) write.ipv4(d, 'ip.opt.time_stamp_addr', at);
    write.uint(d, 'ip.opt.time_stamp', withAddress ? at + 4 : at);
  }
}

function body(d: Dissection, type: number, start: number, end: number): void {
  const length = end - start;
  if (type === 7 || type === 131 || type === 137) route(d, type, start, end);
  else if (type === 68) timestamps(d, start, end);
  else if (type === 148 && length === 4) write.uint(d, 'ip.opt.ra', start + 2);
  else if (type === 136 && length === 4) write.uint(d, 'ip.opt.sid', start + 2);
  else if ((type === 11 || type === 12) && length === 4) write.uint(d, 'ip.opt.mtu', start + 2);
  else if (type === 82 && length === 12) {
    write.uint(d, 'ip.opt.id_number', start + 2);
    write.uint(d, 'ip.opt.ohc', start + 4);
    write.uint(d, 'ip.opt.rhc', start + 6);
    write.ipv4(d, 'ip.opt.originator', start + 8);
  } else if (length > 2) d.add('', `Data: ${hexLabel(d.bytes, start + 2, length - 2)}`, null, start + 2, length - 2);
}

export function ipv4Options(d: Dissection, start: number, end: number): void {
  const names: string[] = [];
  const list = d.open('', '', null, start, end - start);
  for (let at = start; at < end && !d.full; ) {
    const type = u8(d.bytes, at);
    const name = optionNames[type] ?? `Unknown (${type})`;
    const single = type < 2;
    const length = single ? 1 : u8(d.bytes, at + 1);
    if (!single && (at + 1 >= end || length < 2 || at + length > end)) {
      d.add('', `IP Option - ${name} (length ${length} does not fit in ${end - at} bytes)`, null, at, end - at);
      break;
    }
    names.push(name);
    d.open('', single ? `IP Option - ${name}` : `IP Option - ${name} (${length} bytes)`, null, at, length);
    write.uint(d, 'ip.opt.type', at);
    d.nest();
    write.flag(d, 'ip.opt.type.copy', at);
    write.uint(d, 'ip.opt.type.class', at);
    write.uint(d, 'ip.opt.type.number', at);
    d.close();
    if (!single) {
      write.uint(d, 'ip.opt.len', at + 1);
      body(d, type, at, at + length);
    }
    d.close();
    at += length;
    if (type === 0) {
      if (at < end) write.bytes(d, 'ip.opt.padding', at, end - at);
      break;
    }
  }
  list.label = `Options: (${end - start} bytes), ${names.join(', ')}`;
  d.close();
}
