import { u16 } from '../../../shared/base/bytes';
import { bits, flag, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectEtherType, dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';
import { llc } from './llc';

/** IEEE 802.1Q, table I-2. */
const PRIORITIES = {
  0: 'Best Effort (default)',
  1: 'Background',
  2: 'Excellent Effort',
  3: 'Critical Applications',
  4: 'Video, < 100ms latency and jitter',
  5: 'Voice, < 10ms latency and jitter',
  6: 'Internetwork Control',
  7: 'Network Control',
};
const DEI = { 0: 'Ineligible', 1: 'Eligible' };

const customerFields = {
  'vlan.priority': bits('Priority', 2, 0xe000, PRIORITIES),
  'vlan.dei': flag('DEI', 2, 0x1000, DEI),
  'vlan.id': bits('ID', 2, 0x0fff),
  'vlan.etype': hexUint('Type', 2, etherTypeNames),
  'vlan.len': uint('Length', 2),
} as const;
const writeCustomer = fieldWriter(customerFields);

const providerFields = {
  'ieee8021ad.priority': bits('Priority', 2, 0xe000),
  'ieee8021ad.dei': bits('DEI', 2, 0x1000),
  'ieee8021ad.id': bits('ID', 2, 0x0fff),
  'ieee8021ah.etype': hexUint('Type', 2, etherTypeNames),
} as const;
const writeProvider = fieldWriter(providerFields);

function payload(d: Dissection, type: number, start: number, end: number): void {
  if (type >= 1536) {
    if (!dissectEtherType(d, type, start, end)) d.info = etherTypeNames[type] ?? d.info;
    return;
  }
  const frameEnd = Math.min(end, start + type);
  d.payloadEnd = Math.min(d.payloadEnd, frameEnd);
  d.reportedEnd = Math.min(d.reportedEnd, start + type);
  dissectLayer(d, llc, start, frameEnd);
}

function header(d: Dissection, name: string, title: string, start: number, end: number): boolean {
  const tag = u16(d.bytes, start);
  const id = tag & 0xfff;
  d.open(
    name,
    name === 'vlan' ? `${title}, PRI: ${tag >>> 13}, DEI: ${(tag >>> 12) & 1}, ID: ${id}` : `${title}, ID: ${id}`,
    null,
    start,
    Math.max(0, Math.min(4, end - start)),
  );
  if (end - start >= 4) return true;
  d.stop(name === 'vlan' ? 'VLAN' : '802.1ad', start, `tag has ${Math.max(0, end - start)} of 4 bytes`);
  return false;
}

function dissectCustomer(d: Dissection, start: number, end: number): void {
  if (!header(d, 'vlan', '802.1Q Virtual LAN', start, end)) return;
  const type = u16(d.bytes, start + 2);
  writeCustomer.uint(d, 'vlan.priority', start);
  writeCustomer.flag(d, 'vlan.dei', start);
  const id = writeCustomer.uint(d, 'vlan.id', start);
  writeCustomer.uint(d, type >= 1536 ? 'vlan.etype' : 'vlan.len', start + 2);
  d.close();
  d.info = `PRI: ${u16(d.bytes, start) >>> 13}  DEI: ${(u16(d.bytes, start) >>> 12) & 1}  ID: ${id}`;
  payload(d, type, start + 4, end);
}

function dissectProvider(d: Dissection, start: number, end: number): void {
  if (!header(d, 'ieee8021ad', 'IEEE 802.1ad', start, end)) return;
  writeProvider.uint(d, 'ieee8021ad.priority', start);
  writeProvider.uint(d, 'ieee8021ad.dei', start);
  writeProvider.uint(d, 'ieee8021ad.id', start);
  writeProvider.uint(d, 'ieee8021ah.etype', start + 2);
  d.close();
  payload(d, u16(d.bytes, start + 2), start + 4, end);
}

export const vlan: Dissector = { name: 'vlan', title: '802.1Q Virtual LAN', fields: customerFields, dissect: dissectCustomer };
export const providerVlan: Dissector = { name: 'ieee8021ad', title: 'IEEE 802.1ad', fields: providerFields, dissect: dissectProvider };
