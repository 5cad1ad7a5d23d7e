import { u16 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { byteArray, hexUint, ipv4Address, macAddress, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectEtherType, dissectLayer, dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';
import { llc } from './llc';

const PACKET_TYPES = { 0: 'Unicast to us', 1: 'Broadcast', 2: 'Multicast', 3: 'Unicast to another host', 4: 'Sent by us' };
/** ARPHRD_ values of Linux. */
const HARDWARE = {
  1: 'Ethernet',
  6: 'IEEE 802',
  24: 'IEEE 1394',
  32: 'InfiniBand',
  512: 'PPP',
  768: 'IPIP tunnel',
  769: 'IP6IP6 tunnel',
  772: 'Loopback',
  776: 'IPv6-in-IPv4 tunnel',
  778: 'GRE over IP',
  801: 'IEEE 802.11',
  803: 'IEEE 802.11 + Radiotap header',
  823: 'GRE over IPv6',
  824: 'Netlink',
  65534: 'None',
};
const PROTOCOLS = { 1: 'Frames for Novell 802.3 packets without 802.2 LLC header', 4: '802.2 LLC' };

const fields = {
  'sll.pkttype': uint('Packet type', 2, PACKET_TYPES),
  'sll.hatype': uint('Link-layer address type', 2, HARDWARE),
  'sll.halen': uint('Link-layer address length', 2),
  'sll.src.eth': macAddress('Source'),
  'sll.src.ipv4': ipv4Address('Source'),
  'sll.src.other': byteArray('Source'),
  'sll.unused': byteArray('Unused'),
  'sll.etype': hexUint('Protocol', 2, etherTypeNames),
  'sll.ltype': hexUint('Protocol', 2, PROTOCOLS),
  'sll.gretype': hexUint('Protocol', 2, etherTypeNames),
  'sll.ifindex': uint('Interface index', 4),
} as const;
const write = fieldWriter(fields);
/** The second version keeps types and lengths in one byte. */
const writeShort = fieldWriter({
  'sll.pkttype': uint('Packet type', 1, PACKET_TYPES),
  'sll.halen': uint('Link-layer address length', 1),
} as const);

function address(d: Dissection, at: number, length: number): void {
  if (length === 6) write.mac(d, 'sll.src.eth', at);
  else if (length === 4) write.ipv4(d, 'sll.src.ipv4', at);
  else if (length > 0) write.bytes(d, 'sll.src.other', at, Math.min(length, 8));
  if (length < 8) write.bytes(d, 'sll.unused', at + length, 8 - length);
}

const isGre = (hardware: number): boolean => hardware === 778 || hardware === 823;

function protocolField(d: Dissection, hardware: number, at: number): void {
  write.uint(d, isGre(hardware) ? 'sll.gretype' : u16(d.bytes, at) < 1536 ? 'sll.ltype' : 'sll.etype', at);
}

function payload(d: Dissection, hardware: number, protocol: number, start: number, end: number): void {
  if (hardware === 824) dissectLayer(d, data, start, end);
  else if (protocol === 4) dissectLayer(d, llc, start, end);
  else if (protocol < 1536) dissectLayer(d, data, start, end);
  else if (isGre(hardware)) dissectNext(d, d.layers.etherTypes, protocol, start, end);
  else if (!dissectEtherType(d, protocol, start, end)) d.info ||= etherTypeNames[protocol] ?? '';
}

const short = (d: Dissection, title: string, start: number, end: number, length: number): boolean => {
  d.open('sll', title, null, start, Math.max(0, Math.min(length, end - start)));
  if (end - start >= length) return false;
  d.stop('SLL', start, `header has ${Math.max(0, end - start)} of ${length} bytes`);
  return true;
};

/** https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html */
function dissect(d: Dissection, start: number, end: number): void {
  if (short(d, 'Linux cooked capture v1', start, end, 16)) return;
  write.uint(d, 'sll.pkttype', start);
  const hardware = write.uint(d, 'sll.hatype', start + 2);
  address(d, start + 6, write.uint(d, 'sll.halen', start + 4));
  protocolField(d, hardware, start + 14);
  d.close();
  payload(d, hardware, u16(d.bytes, start + 14), start + 16, end);
}

/** https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html */
function dissectV2(d: Dissection, start: number, end: number): void {
  if (short(d, 'Linux cooked capture v2', start, end, 20)) return;
  const hardware = u16(d.bytes, start + 8);
  protocolField(d, hardware, start);
  write.uint(d, 'sll.ifindex', start + 4);
  write.uint(d, 'sll.hatype', start + 8);
  writeShort.uint(d, 'sll.pkttype', start + 10);
  address(d, start + 12, writeShort.uint(d, 'sll.halen', start + 11));
  d.close();
  payload(d, hardware, u16(d.bytes, start), start + 20, end);
}

export const linuxSll: Dissector = { name: 'sll', title: 'Linux cooked-mode capture', fields, dissect };
export const linuxSll2: Dissector = { ...linuxSll, dissect: dissectV2 };
