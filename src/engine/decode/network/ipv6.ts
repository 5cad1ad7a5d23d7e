import { u8, u16, u32 } from '../../../shared/base/bytes';
import { bits, derivedUint, hexUint, ipv6Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, ipv6At } from '../tree/writer';
import { dscpNames, dsfieldWords, ecnNames } from './dsfield';
import { dissectTransport } from './ip-payload';
import { ipProtocolNames } from './ip-protocol-names';
import { ipv6ExtensionFields, ipv6Extensions, isExtension } from './ipv6-extensions';

const HEADER = 40;

const fields = {
  'ipv6.version': bits('Version', 1, 0xf0),
  'ip.version': derivedUint('IP version'),
  'ipv6.tclass': hexUint('Traffic Class', 4, undefined, { mask: 0x0ff00000 }),
  'ipv6.tclass.dscp': bits('Differentiated Services Codepoint', 4, 0x0fc00000, dscpNames),
  'ipv6.tclass.ecn': bits('Explicit Congestion Notification', 4, 0x00300000, ecnNames),
  'ipv6.flow': hexUint('Flow Label', 4, undefined, { mask: 0x000fffff }),
  'ipv6.plen': uint('Payload Length', 2),
  'ipv6.nxt': uint('Next Header', 1, ipProtocolNames),
  'ipv6.hlim': uint('Hop Limit', 1),
  'ipv6.src': ipv6Address('Source Address'),
  'ipv6.dst': ipv6Address('Destination Address'),
  ...ipv6ExtensionFields,
} as const;
const write = fieldWriter(fields);

/** RFC 8200. */
function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  d.info = '';
  if (end - start < HEADER) {
    d.open('ipv6', 'Internet Protocol Version 6', null, start, Math.max(0, end - start));
    if (end > start) write.uint(d, 'ipv6.version', start);
    d.info = d.reportedEnd - start < HEADER ? `Invalid IPv6 header (${Math.max(0, end - start)} bytes, need exactly ${HEADER})` : '';
    d.stop('IPv6', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  const label = `Internet Protocol Version 6, Src: ${ipv6At(bytes, start + 8)}, Dst: ${ipv6At(bytes, start + 24)}`;
  d.open('ipv6', label, null, start, HEADER);
  const version = write.uint(d, 'ipv6.version', start);
  // Wireshark lets 'ip.version == 6' match; so do we.
  d.nest();
  write.derived(d, 'ip.version', version, undefined, start, 1);
  d.close();
  if (version !== 6) {
    d.info = `Bogus IPv6 version (${version}, must be 6)`;
    d.add('', `[${d.info}]`, null, start, 1);
    d.close();
    return;
  }
  const tclass = (u32(bytes, start) >>> 20) & 0xff;
  write.uint(d, 'ipv6.tclass', start, `0x${tclass.toString(16).padStart(2, '0')} (${dsfieldWords(tclass)})`);
  d.nest();
  write.uint(d, 'ipv6.tclass.dscp', start);
  write.uint(d, 'ipv6.tclass.ecn', start);
  d.close();
  write.uint(d, 'ipv6.flow', start);
  const length = write.uint(d, 'ipv6.plen', start + 4);
  const next = write.uint(d, 'ipv6.nxt', start + 6);
  write.uint(d, 'ipv6.hlim', start + 7);
  write.ipv6(d, 'ipv6.src', start + 8);
  write.ipv6(d, 'ipv6.dst', start + 24);

  // Length 0 with data behind it: a jumbogram (RFC 2675) or a packet before segmentation offload; the frame's length counts.
  if (length > 0) d.reportedEnd = Math.min(Math.max(d.reportedEnd, end), start + HEADER + length);
  const payloadEnd = Math.min(end, d.reportedEnd);
  if (d.source === 0) d.payloadEnd = Math.min(d.payloadEnd, payloadEnd);
  d.network = { version: 6, addresses: bytes.subarray(start + 8, start + 40), hops: u8(bytes, start + 7), fragment: false };
  if (!isExtension(next)) {
    d.close();
    if (!dissectTransport(d, next, start + HEADER, payloadEnd)) d.info ||= `${ipProtocolNames[next] ?? 'Unknown'} (${next})`;
    return;
  }
  ipv6Extensions(d, next, start + HEADER, payloadEnd);
  // A hop that shortens what follows would hide the datagram's true length from the layers below.
  if (u16(bytes, start + 4) === 0) d.reportedEnd = Math.max(d.reportedEnd, payloadEnd);
}

export const ipv6: Dissector = { name: 'ipv6', title: 'Internet Protocol Version 6', fields, dissect };
