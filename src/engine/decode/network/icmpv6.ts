import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { checksumStatusNames, internetChecksum } from '../tree/checksum';
import { data } from '../tree/data';
import { byteArray, derivedUint, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { icmpv6Codes, icmpv6Types } from './icmp-names';
import { listenerQuery, listenerReport, listenerReportV2, mldFields } from './mld';
import { neighbourDiscovery, neighbourDiscoveryFields } from './neighbour-discovery';
import { dissectQuoted } from './quoted';

const ICMPV6 = 58;
const fields = {
  'icmpv6.type': uint('Type', 1),
  'icmpv6.code': uint('Code', 1),
  'icmpv6.checksum': hexUint('Checksum', 2),
  'icmpv6.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'icmpv6.reserved': byteArray('Reserved'),
  'icmpv6.length': uint('Length of original datagram', 1),
  'icmpv6.mtu': uint('MTU', 4),
  'icmpv6.pointer': uint('Pointer', 4),
  'icmpv6.echo.identifier': hexUint('Identifier', 2),
  'icmpv6.echo.sequence_number': uint('Sequence', 2),
  'icmpv6.data': byteArray('Data'),
  ...neighbourDiscoveryFields,
  ...mldFields,
} as const;
const write = fieldWriter(fields);

/** Sum over the IPv6 pseudo-header (RFC 8200, 8.1), not complemented. */
function pseudoHeaderSum(addresses: Uint8Array, length: number): number {
  let sum = length + ICMPV6;
  for (let at = 0; at < addresses.length; at += 2) sum += u16(addresses, at);
  return sum;
}

function checksumStatus(d: Dissection, start: number, end: number): number {
  if (d.network?.version !== 6 || d.network.fragment || d.quoted || d.reportedEnd > end) return 2;
  return internetChecksum(d.bytes, start, end, pseudoHeaderSum(d.network.addresses, end - start)) === 0 ? 1 : 0;
}

/** RFC 4443, 4861, 2710, 3810. */
function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  d.open('icmpv6', 'Internet Control Message Protocol v6', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('ICMPv6', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  const type = u8(bytes, start);
  const code = u8(bytes, start + 1);
  const name = icmpv6Types[type];
  const codeName = icmpv6Codes[type]?.[code];
  write.uint(d, 'icmpv6.type', start, `${name ?? 'Unknown'} (${type})`);
  write.uint(d, 'icmpv6.code', start + 1, codeName === undefined ? undefined : `${code} (${codeName})`);
  const status = checksumStatus(d, start, end);
  write.uint(d, 'icmpv6.checksum', start + 2, `${hexNumber(u16(bytes, start + 2), 4)} [${['incorrect', 'correct', 'unverified'][status]}]`);
  write.derived(d, 'icmpv6.checksum.status', status, checksumStatusNames[status], start + 2, 0);
  d.info = name === undefined ? `Unknown (${type})` : codeName === undefined ? name : `${name} (${codeName})`;
  const needed = type === 143 || type < 133 ? 8 : type === 134 ? 16 : type === 135 || type === 136 ? 24 : type === 137 ? 40 : 8;
  if (end - start < needed) {
    if (d.quoted) d.close();
    else d.stop('ICMPv6', start, `${name ?? 'message'} has ${end - start} of ${needed} bytes`);
    return;
  }
  body(d, type, start, end);
  d.close();
}

function body(d: Dissection, type: number, start: number, end: number): void {
  if (type >= 1 && type <= 4) {
    if (type === 2) write.uint(d, 'icmpv6.mtu', start + 4);
    else if (type === 4) write.uint(d, 'icmpv6.pointer', start + 4);
    else if (u8(d.bytes, start + 4) > 0) {
      write.uint(d, 'icmpv6.length', start + 4);
      write.bytes(d, 'icmpv6.reserved', start + 5, 3);
    } else write.bytes(d, 'icmpv6.reserved', start + 4, 4);
    dissectQuoted(d, d.layers.ipProtocols.get(41), start + 8, end);
  } else if (type === 128 || type === 129) {
    const identifier = write.uint(d, 'icmpv6.echo.identifier', start + 4);
    const sequence = write.uint(d, 'icmpv6.echo.sequence_number', start + 6);
    d.info += ` id=${hexNumber(identifier, 4)}, seq=${sequence}, hop limit=${d.network?.hops ?? 0}`;
    dissectLayer(d, data, start + 8, end);
  } else if (type === 130 && end - start >= 24) {
    listenerQuery(d, start, end);
  } else if ((type === 131 || type === 132) && end - start >= 24) {
    listenerReport(d, start);
  } else if (type === 143) {
    listenerReportV2(d, start, end);
  } else if (type >= 133 && type <= 137) {
    neighbourDiscovery(d, type, start, end);
  } else if (end > start + 4) {
    write.bytes(d, 'icmpv6.data', start + 4, end - start - 4);
  }
}

export const icmpv6: Dissector = { name: 'icmpv6', title: 'Internet Control Message Protocol v6', fields, dissect };
