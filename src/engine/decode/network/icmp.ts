import { hexNumber, u8, u16, u16le } from '../../../shared/base/bytes';
import { checksumStatusNames, internetChecksum } from '../tree/checksum';
import { data } from '../tree/data';
import { byteArray, derivedUint, hexUint, ipv4Address, little, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { icmpExtensionFields, icmpExtensions } from './icmp-extensions';
import { icmpCodes, icmpTypes } from './icmp-names';
import { dissectQuoted } from './quoted';

const HEADER = 8;
const fields = {
  'icmp.type': uint('Type', 1),
  'icmp.code': uint('Code', 1),
  'icmp.checksum': hexUint('Checksum', 2),
  'icmp.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'icmp.ident': uint('Identifier (BE)', 2),
  'icmp.ident_le': little(uint('Identifier (LE)', 2)),
  'icmp.seq': uint('Sequence Number (BE)', 2),
  'icmp.seq_le': little(uint('Sequence Number (LE)', 2)),
  'icmp.unused': byteArray('Unused'),
  'icmp.mtu': uint('MTU of next hop', 2),
  'icmp.length': uint('Length', 1),
  'icmp.length.original_datagram': derivedUint('Length of original datagram'),
  'icmp.pointer': uint('Pointer', 1),
  'icmp.redir_gw': ipv4Address('Gateway Address'),
  'icmp.num_addrs': uint('Number of addresses', 1),
  'icmp.addr_entry_size': uint('Address entry size', 1),
  'icmp.lifetime': uint('Lifetime', 2),
  'icmp.router_address': ipv4Address('Router address'),
  'icmp.pref_level': { type: 'int', title: 'Preference level', size: 4 },
  'icmp.originate_timestamp': uint('Originate Timestamp', 4),
  'icmp.receive_timestamp': uint('Receive Timestamp', 4),
  'icmp.transmit_timestamp': uint('Transmit Timestamp', 4),
  'icmp.address_mask': ipv4Address('Address Mask'),
  ...icmpExtensionFields,
} as const;
const write = fieldWriter(fields);

const isError = (type: number): boolean => type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
const hasIdentifier = (type: number): boolean => type === 0 || type === 8 || (type >= 13 && type <= 18);

function identifier(d: Dissection, start: number): void {
  const { bytes } = d;
  const both = (value: number): string => `${value} (${hexNumber(value, 4)})`;
  write.uint(d, 'icmp.ident', start + 4, both(u16(bytes, start + 4)));
  write.uint(d, 'icmp.ident_le', start + 4, both(u16le(bytes, start + 4)));
  write.uint(d, 'icmp.seq', start + 6, both(u16(bytes, start + 6)));
  write.uint(d, 'icmp.seq_le', start + 6, both(u16le(bytes, start + 6)));
  d.info += ` id=${hexNumber(u16(bytes, start + 4), 4)}, seq=${u16(bytes, start + 6)}/${u16le(bytes, start + 6)}, ttl=${d.network?.hops ?? 0}`;
}

/** Second word of the errors and the packet that they quote, with the extensions of RFC 4884 behind it. */
function errorBody(d: Dissection, type: number, code: number, start: number, end: number): void {
  const length = u8(d.bytes, start + 5) * 4;
  if (type === 5) {
    write.ipv4(d, 'icmp.redir_gw', start + 4);
  } else {
    if (type === 12) write.uint(d, 'icmp.pointer', start + 4);
    else if (length === 0) write.bytes(d, 'icmp.unused', start + 4, type === 3 && code === 4 ? 2 : 4);
    if (length > 0) {
      if (type !== 12) write.bytes(d, 'icmp.unused', start + 4, 1);
      write.uint(d, 'icmp.length', start + 5);
      d.nest();
      write.derived(d, 'icmp.length.original_datagram', length);
      d.close();
    }
    if (type === 3 && code === 4) write.uint(d, 'icmp.mtu', start + 6);
    else if (length > 0) write.bytes(d, 'icmp.unused', start + 6, 2);
  }
  const quote = start + HEADER;
  const quoteEnd = length > 0 && type !== 5 && quote + length <= end ? quote + length : end;
  dissectQuoted(d, d.layers.ipProtocols.get(4), quote, quoteEnd);
  // Routers that follow RFC 4884 pad the quote to 128 bytes; the extension header comes after.
  const extensions = quoteEnd < end ? quoteEnd : quote + 128;
  if ((type === 3 || type === 11 || type === 12) && extensions + 4 <= end) icmpExtensions(d, extensions, end);
}

function routers(d: Dissection, start: number, end: number): void {
  const count = write.uint(d, 'icmp.num_addrs', start + 4);
  const size = write.uint(d, 'icmp.addr_entry_size', start + 5) * 4;
  write.uint(d, 'icmp.lifetime', start + 6);
  if (size < 8) return;
  for (let i = 0, at = start + HEADER; i < count && at + 8 <= end; i++, at += size) {
    write.ipv4(d, 'icmp.router_address', at);
    const preference = (u16(d.bytes, at + 4) << 16) | u16(d.bytes, at + 6);
    d.add('icmp.pref_level', `Preference level: ${preference}`, preference, at + 4, 4);
  }
}

/** RFC 792, 950, 1256, 4884. */
function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  if (end - start < 4) {
    d.open('icmp', 'Internet Control Message Protocol', null, start, Math.max(0, end - start));
    d.stop('ICMP', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  const type = u8(bytes, start);
  const code = u8(bytes, start + 1);
  const name = icmpTypes[type];
  const codes = icmpCodes[type];
  d.open('icmp', 'Internet Control Message Protocol', null, start, end - start);
  write.uint(d, 'icmp.type', start, `${type} (${name ?? 'Unknown'})`);
  const codeName = codes === undefined ? '' : `(${codes[code] ?? `Unknown code: ${code}`})`;
  write.uint(d, 'icmp.code', start + 1, codeName === '' ? undefined : `${code} ${codeName}`);
  const whole = d.reportedEnd <= end && !d.quoted && d.network?.fragment !== true;
  const status = whole ? (internetChecksum(bytes, start, end) === 0 ? 1 : 0) : 2;
  write.uint(d, 'icmp.checksum', start + 2, `${hexNumber(u16(bytes, start + 2), 4)} [${['incorrect', 'correct', 'unverified'][status]}]`);
  write.derived(d, 'icmp.checksum.status', status, checksumStatusNames[status], start + 2, 0);
  d.info = name === undefined ? 'Unknown ICMP (obsolete or malformed?)' : `${name.padEnd(20)} ${codeName}`.trimEnd();
  if (end - start < HEADER) {
    if (d.quoted) d.close();
    else d.stop('ICMP', start, `header has ${end - start} of ${HEADER} bytes`);
    return;
  }
  if (hasIdentifier(type)) {
    d.info = (name ?? '').padEnd(20);
    identifier(d, start);
  }
  if (isError(type)) {
    errorBody(d, type, code, start, end);
  } else if (type === 9) {
    routers(d, start, end);
  } else if ((type === 13 || type === 14) && end - start >= 20) {
    write.uint(d, 'icmp.originate_timestamp', start + 8);
    write.uint(d, 'icmp.receive_timestamp', start + 12);
    write.uint(d, 'icmp.transmit_timestamp', start + 16);
  } else if ((type === 17 || type === 18) && end - start >= 12) {
    write.ipv4(d, 'icmp.address_mask', start + 8);
  } else if (type === 0 || type === 8) {
    dissectLayer(d, data, start + HEADER, end);
  } else if (type !== 10) {
    dissectLayer(d, data, start + 4, end);
  }
  d.close();
}

export const icmp: Dissector = { name: 'icmp', title: 'Internet Control Message Protocol', fields, dissect };
