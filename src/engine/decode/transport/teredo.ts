import { u8, u16, u32 } from '../../../shared/base/bytes';
import { formatIpv4 } from '../../../shared/model/addresses';
import { data } from '../tree/data';
import { byteArray, ipv4Address, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const fields = {
  'teredo.auth': node('Teredo Authentication header'),
  'teredo.auth.idlen': uint('Client identifier length', 1),
  'teredo.auth.aulen': uint('Authentication value length', 1),
  'teredo.auth.id': byteArray('Client identifier'),
  'teredo.auth.value': byteArray('Authentication value'),
  'teredo.auth.nonce': byteArray('Nonce value'),
  'teredo.auth.conf': byteArray('Confirmation byte'),
  'teredo.orig': node('Teredo Origin Indication header'),
  'teredo.orig.port': uint('Origin UDP port', 2),
  'teredo.orig.addr': ipv4Address('Origin IPv4 address'),
} as const;
const write = fieldWriter(fields);

/** Gives where the header ends; -1 where it is cut. */
function authentication(d: Dissection, at: number, end: number): number {
  const identifier = u8(d.bytes, at + 2);
  const value = u8(d.bytes, at + 3);
  const length = 4 + identifier + value + 9;
  if (at + length > end) return -1;
  d.open('teredo.auth', 'Teredo Authentication header', null, at, length);
  write.uint(d, 'teredo.auth.idlen', at + 2);
  write.uint(d, 'teredo.auth.aulen', at + 3);
  if (identifier > 0) write.bytes(d, 'teredo.auth.id', at + 4, identifier);
  if (value > 0) write.bytes(d, 'teredo.auth.value', at + 4 + identifier, value);
  write.bytes(d, 'teredo.auth.nonce', at + length - 9, 8);
  write.bytes(d, 'teredo.auth.conf', at + length - 1, 1);
  d.close();
  return at + length;
}

/** Port and address are stored with all bits inverted, so that address translators leave them alone. */
function origin(d: Dissection, at: number): void {
  const port = ~u16(d.bytes, at + 2) & 0xffff;
  const address = formatIpv4(~u32(d.bytes, at + 4) >>> 0);
  d.open('teredo.orig', 'Teredo Origin Indication header', null, at, 8);
  d.add('teredo.orig.port', `Origin UDP port: ${port}`, port, at + 2, 2);
  d.add('teredo.orig.addr', `Origin IPv4 address: ${address}`, address, at + 4, 4);
  d.close();
}

/** RFC 4380. */
function dissect(d: Dissection, start: number, end: number): void {
  const header = d.open('teredo', 'Teredo IPv6 over UDP tunneling', null, start, end - start);
  let at = start;
  if (end - at >= 4 && u16(d.bytes, at) === 1) at = authentication(d, at, end);
  if (at < 0 || (end - at >= 2 && u16(d.bytes, at) === 0 && end - at < 8)) {
    d.stop('Teredo', start, 'header is cut');
    return;
  }
  if (end - at >= 8 && u16(d.bytes, at) === 0) {
    origin(d, at);
    at += 8;
  }
  header.length = at - start;
  d.close();
  const inner = at < end && u8(d.bytes, at) >>> 4 === 6 ? d.layers.etherTypes.get(0x86dd) : undefined;
  dissectLayer(d, inner ?? data, at, end);
}

export const teredo: Dissector = { name: 'teredo', title: 'Teredo IPv6 over UDP tunneling', fields, dissect };
