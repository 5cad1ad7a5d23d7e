import { u16 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const ENCAPSULATIONS = {
  0: 'Originally without VLAN tag',
  1: 'Originally ISL encapsulated',
  2: 'Originally 802.1Q encapsulated',
  3: 'VLAN tag preserved in frame',
};

const fields = {
  'erspan.version': bits('Version', 2, 0xf000, { 0: 'Type I', 1: 'Type II', 2: 'Type III' }),
  'erspan.vlan': bits('Vlan', 2, 0x0fff),
  'erspan.cos': bits('COS', 2, 0xe000),
  'erspan.encap': bits('Encap', 2, 0x1800, ENCAPSULATIONS),
  'erspan.bso': bits('Bad/Short/Oversized', 2, 0x1800),
  'erspan.truncated': bits('Truncated', 2, 0x0400, { 0: 'Not truncated', 1: 'Truncated' }),
  'erspan.spanid': bits('SpanID', 2, 0x03ff),
  'erspan.reserved': bits('Reserved', 4, 0xfff00000),
  'erspan.index': bits('Index', 4, 0x000fffff),
  'erspan.timestamp': uint('Timestamp', 4),
  'erspan.sgt': uint('Security Group Tag', 2),
  'erspan.p': bits('Has Ethernet PDU', 2, 0x8000),
  'erspan.ft': bits('Frame Type', 2, 0x7c00, { 0: 'Ethernet', 2: 'IP' }),
  'erspan.hw': bits('Hardware ID', 2, 0x03f0),
  'erspan.o': bits('Optional Sub headers', 2, 0x0001),
} as const;
const write = fieldWriter(fields);

const short = (d: Dissection, start: number, end: number, length: number): boolean => {
  d.open('erspan', 'Encapsulated Remote Switch Packet ANalysis', null, start, Math.max(0, Math.min(length, end - start)));
  if (end - start >= length) return false;
  d.stop('ERSPAN', start, `header has ${Math.max(0, end - start)} of ${length} bytes`);
  return true;
};

const frame = (d: Dissection, at: number, end: number): void => {
  d.close();
  dissectLayer(d, d.layers.linkTypes.get(1) ?? data, at, end);
};

/** Type II: draft-foschiano-erspan, 4.2. */
function dissect(d: Dissection, start: number, end: number): void {
  if (short(d, start, end, 8)) return;
  write.uint(d, 'erspan.version', start);
  write.uint(d, 'erspan.vlan', start);
  write.uint(d, 'erspan.cos', start + 2);
  write.uint(d, 'erspan.encap', start + 2);
  write.uint(d, 'erspan.truncated', start + 2);
  write.uint(d, 'erspan.spanid', start + 2);
  write.uint(d, 'erspan.reserved', start + 4);
  write.uint(d, 'erspan.index', start + 4);
  frame(d, start + 8, end);
}

/** Type III: 4.3; an 8-byte subheader follows where the O bit says so. */
function dissectV3(d: Dissection, start: number, end: number): void {
  const length = u16(d.bytes, start + 10) & 1 && end - start >= 12 ? 20 : 12;
  if (short(d, start, end, length)) return;
  write.uint(d, 'erspan.version', start);
  write.uint(d, 'erspan.vlan', start);
  write.uint(d, 'erspan.cos', start + 2);
  write.uint(d, 'erspan.bso', start + 2);
  write.uint(d, 'erspan.truncated', start + 2);
  write.uint(d, 'erspan.spanid', start + 2);
  write.uint(d, 'erspan.timestamp', start + 4);
  write.uint(d, 'erspan.sgt', start + 8);
  write.uint(d, 'erspan.p', start + 10);
  write.uint(d, 'erspan.ft', start + 10);
  write.uint(d, 'erspan.hw', start + 10);
  write.uint(d, 'erspan.o', start + 10);
  frame(d, start + length, end);
}

export const erspan: Dissector = { name: 'erspan', title: 'Encapsulated Remote Switch Packet ANalysis', fields, dissect };
export const erspanV3: Dissector = { ...erspan, dissect: dissectV3 };
