import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { hexUint, ipv4Address, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const MESSAGES: Readonly<Record<number, string>> = {
  1: 'Hello Packet',
  2: 'DB Description',
  3: 'LS Request',
  4: 'LS Update',
  5: 'LS Acknowledge',
};
const AUTH_TYPES = { 0: 'Null', 1: 'Simple password', 2: 'Cryptographic' };

const fields = {
  'ospf.header': node('OSPF Header'),
  'ospf.version': uint('Version', 1),
  'ospf.msg': uint('Message Type', 1, MESSAGES),
  'ospf.packet_length': uint('Packet Length', 2),
  'ospf.srcrouter': ipv4Address('Source OSPF Router'),
  'ospf.area_id': ipv4Address('Area ID'),
  'ospf.checksum': hexUint('Checksum', 2),
  'ospf.auth.type': uint('Auth Type', 2, AUTH_TYPES),
  'ospf.instance_id': uint('Instance ID', 1),
  'ospf.hello': node('OSPF Hello Packet'),
  'ospf.hello.network_mask': ipv4Address('Network Mask'),
  'ospf.hello.interface_id': uint('Interface ID', 4),
  'ospf.hello.hello_interval': uint('Hello Interval [sec]', 2),
  'ospf.hello.router_priority': uint('Router Priority', 1),
  'ospf.hello.router_dead_interval': uint('Router Dead Interval [sec]', 4),
  'ospf.hello.designated_router': ipv4Address('Designated Router'),
  'ospf.hello.backup_designated_router': ipv4Address('Backup Designated Router'),
  'ospf.hello.active_neighbor': ipv4Address('Active Neighbor'),
} as const;
const write = fieldWriter(fields);
const writeV3 = fieldWriter({ 'ospf.hello.router_dead_interval': uint('Router Dead Interval [sec]', 2) } as const);

function neighbours(d: Dissection, start: number, end: number): void {
  for (let at = start; at + 4 <= end && !d.full; at += 4) write.ipv4(d, 'ospf.hello.active_neighbor', at);
}

function hello(d: Dissection, version: number, at: number, end: number): void {
  if (end - at < 20) return;
  d.open('ospf.hello', 'OSPF Hello Packet', null, at, end - at);
  if (version === 2) {
    write.ipv4(d, 'ospf.hello.network_mask', at);
    write.uint(d, 'ospf.hello.hello_interval', at + 4);
    write.uint(d, 'ospf.hello.router_priority', at + 7);
    write.uint(d, 'ospf.hello.router_dead_interval', at + 8);
  } else {
    write.uint(d, 'ospf.hello.interface_id', at);
    write.uint(d, 'ospf.hello.router_priority', at + 4);
    write.uint(d, 'ospf.hello.hello_interval', at + 8);
    writeV3.uint(d, 'ospf.hello.router_dead_interval', at + 10);
  }
  write.ipv4(d, 'ospf.hello.designated_router', at + 12);
  write.ipv4(d, 'ospf.hello.backup_designated_router', at + 16);
  neighbours(d, at + 20, end);
  d.close();
}

/** Header and hello of RFC 2328 and RFC 5340; link-state messages stay bytes. */
function dissect(d: Dissection, start: number, end: number): void {
  const version = u8(d.bytes, start);
  const length = version === 3 ? 16 : 24;
  d.open('ospf', 'Open Shortest Path First', null, start, Math.max(0, end - start));
  if (end - start < length) {
    d.stop('OSPF', start, `header has ${Math.max(0, end - start)} of ${length} bytes`);
    return;
  }
  d.open('ospf.header', 'OSPF Header', null, start, length);
  write.uint(d, 'ospf.version', start);
  const message = write.uint(d, 'ospf.msg', start + 1);
  write.uint(d, 'ospf.packet_length', start + 2);
  write.ipv4(d, 'ospf.srcrouter', start + 4);
  write.ipv4(d, 'ospf.area_id', start + 8);
  write.uint(d, 'ospf.checksum', start + 12);
  if (version === 3) write.uint(d, 'ospf.instance_id', start + 14);
  else write.uint(d, 'ospf.auth.type', start + 14);
  d.close();
  d.info = MESSAGES[message] ?? `Unknown (${hexNumber(message, 2)})`;
  const bodyEnd = Math.min(end, start + Math.max(length, u16(d.bytes, start + 2)));
  if (message === 1) hello(d, version, start + length, bodyEnd);
  else dissectLayer(d, data, start + length, bodyEnd);
  d.close();
}

export const ospf: Dissector = { name: 'ospf', title: 'Open Shortest Path First', fields, dissect };
