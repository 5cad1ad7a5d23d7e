import { hexNumber, u8, u16, u24 } from '../../../shared/base/bytes';
import { etherTypeNames } from '../link/ethertypes';
import { byteArray, flag, hexUint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const HEADER = 8;
const YES_NO = { 0: 'False', 1: 'True' };

const fields = {
  'geneve.version': { type: 'uint', title: 'Version' },
  'geneve.flags': hexUint('Flags', 1),
  'geneve.flags.oam': flag('Operations, Administration and Management Frame', 1, 0x80, YES_NO),
  'geneve.flags.critical': flag('Critical Options Present', 1, 0x40, YES_NO),
  'geneve.flags.reserved': flag('Reserved', 1, 0x3f, YES_NO),
  'geneve.proto_type': hexUint('Protocol Type', 2, { ...etherTypeNames, 25944: 'Transparent Ethernet bridging' }),
  'geneve.vni': { ...hexUint('Virtual Network Identifier (VNI)', 3), base: 'hexdec' },
  'geneve.reserved': hexUint('Reserved', 1),
  'geneve.options': byteArray('Options'),
  'geneve.option': byteArray('Option'),
  'geneve.option.class': hexUint('Class', 2),
  'geneve.option.type': hexUint('Type', 1),
  'geneve.option.type.critical': flag('Critical Option', 1, 0x80, YES_NO),
  'geneve.option.flags': hexUint('Flags', 1, undefined, { mask: 0xe0 }),
  'geneve.option.flags.reserved': flag('Reserved', 1, 0xe0, YES_NO),
  'geneve.option.length': { type: 'uint', title: 'Length' },
  'geneve.option.unknown.data': byteArray('Unknown Option Data'),
} as const;
const write = fieldWriter(fields);

const length = (d: Dissection, at: number, bytes: number): void => {
  d.add('geneve.option.length', `Length: ${bytes} bytes`, bytes, at, 1);
};

function options(d: Dissection, start: number, end: number): void {
  d.open('geneve.options', `Options: (${end - start} bytes)`, d.bytes.subarray(start, end), start, end - start);
  for (let at = start; at + 4 <= end && !d.full; ) {
    const size = 4 + (u8(d.bytes, at + 3) & 0x1f) * 4;
    if (at + size > end) {
      d.add('', `Option with a length of ${size}: does not fit in ${end - at} bytes`, null, at, end - at);
      break;
    }
    const label = `Class: ${hexNumber(u16(d.bytes, at), 4)} Type: ${hexNumber(u8(d.bytes, at + 2), 2)}`;
    d.open('geneve.option', label, d.bytes.subarray(at, at + size), at, size);
    write.uint(d, 'geneve.option.class', at);
    write.uint(d, 'geneve.option.type', at + 2);
    d.nest();
    write.flag(d, 'geneve.option.type.critical', at + 2);
    d.close();
    write.uint(d, 'geneve.option.flags', at + 3);
    d.nest();
    write.flag(d, 'geneve.option.flags.reserved', at + 3);
    d.close();
    length(d, at + 3, size);
    if (size > 4) write.bytes(d, 'geneve.option.unknown.data', at + 4, size - 4);
    d.close();
    at += size;
  }
  d.close();
}

/** RFC 8926. */
function dissect(d: Dissection, start: number, end: number): void {
  const optionBytes = (u8(d.bytes, start) & 0x3f) * 4;
  const label = `Generic Network Virtualization Encapsulation, VNI: ${hexNumber(u24(d.bytes, start + 4), 6)}`;
  d.open('geneve', label, null, start, Math.min(HEADER + optionBytes, end - start));
  if (end - start < HEADER + optionBytes) {
    d.stop('Geneve', start, `header has ${end - start} of ${HEADER + optionBytes} bytes`);
    return;
  }
  d.add('geneve.version', `Version: ${u8(d.bytes, start) >>> 6}`, u8(d.bytes, start) >>> 6, start, 1);
  length(d, start, optionBytes);
  write.uint(d, 'geneve.flags', start + 1);
  d.nest();
  write.flags(d, ['geneve.flags.oam', 'geneve.flags.critical', 'geneve.flags.reserved'], start + 1);
  d.close();
  const type = write.uint(d, 'geneve.proto_type', start + 2);
  write.uint(d, 'geneve.vni', start + 4);
  write.uint(d, 'geneve.reserved', start + 7);
  if (optionBytes > 0) options(d, start + HEADER, start + HEADER + optionBytes);
  d.close();
  d.info = `Encapsulated ${etherTypeNames[type] ?? hexNumber(type, 4)}`;
  dissectNext(d, d.layers.etherTypes, type, start + HEADER + optionBytes, end);
}

export const geneve: Dissector = { name: 'geneve', title: 'Generic Network Virtualization Encapsulation', fields, dissect };
