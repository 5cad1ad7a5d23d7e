import { u8, u16 } from '../../../shared/base/bytes';
import { checksumStatusNames, internetChecksum } from '../tree/checksum';
import { data } from '../tree/data';
import { bits, derivedUint, flag, hexUint, ipv4Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { dscpNames, dsfieldWords, ecnNames } from './dsfield';
import { dissectReassembled, dissectTransport } from './ip-payload';
import { ipProtocolName, ipProtocolNames } from './ip-protocol-names';
import { ipv4OptionFields, ipv4Options } from './ipv4-options';

const MIN_HEADER = 20;

const fields = {
  'ip.version': bits('Version', 1, 0xf0),
  'ip.hdr_len': derivedUint('Header Length'),
  'ip.dsfield': hexUint('Differentiated Services Field', 1),
  'ip.dsfield.dscp': bits('Differentiated Services Codepoint', 1, 0xfc, dscpNames),
  'ip.dsfield.ecn': bits('Explicit Congestion Notification', 1, 0x03, ecnNames),
  'ip.len': uint('Total Length', 2),
  'ip.id': { ...hexUint('Identification', 2), base: 'hexdec' },
  'ip.flags': hexUint('Flags', 1, undefined, { mask: 0xe0 }),
  'ip.flags.rb': flag('Reserved bit', 1, 0x80),
  'ip.flags.df': flag("Don't fragment", 1, 0x40),
  'ip.flags.mf': flag('More fragments', 1, 0x20),
  'ip.frag_offset': derivedUint('Fragment Offset'),
  'ip.ttl': uint('Time to Live', 1),
  'ip.proto': uint('Protocol', 1, ipProtocolNames),
  'ip.checksum': hexUint('Header Checksum', 2),
  'ip.checksum.status': { ...derivedUint('Header checksum status'), names: checksumStatusNames },
  'ip.src': ipv4Address('Source Address'),
  'ip.dst': ipv4Address('Destination Address'),
  'ip.reassembled.length': derivedUint('Reassembled IPv4 length'),
  ...ipv4OptionFields,
} as const;
const write = fieldWriter(fields);

const flagWords = (value: number): string => {
  const set = [value & 4 ? 'Reserved bit' : '', value & 2 ? "Don't fragment" : '', value & 1 ? 'More fragments' : ''].filter(Boolean);
  return [`0x${value.toString(16)}`, ...set].join(', ');
};

function header(d: Dissection, start: number, length: number, wholeHeader: boolean): void {
  const { bytes } = d;
  write.uint(d, 'ip.version', start, '4');
  const words = u8(bytes, start) & 15;
  d.add('ip.hdr_len', `.... ${words.toString(2).padStart(4, '0')} = Header Length: ${length} bytes (${words})`, length, start, 1);
  const dsfield = u8(bytes, start + 1);
  write.uint(d, 'ip.dsfield', start + 1, `0x${dsfield.toString(16).padStart(2, '0')} (${dsfieldWords(dsfield)})`);
  d.nest();
  write.uint(d, 'ip.dsfield.dscp', start + 1);
  write.uint(d, 'ip.dsfield.ecn', start + 1);
  d.close();
  write.uint(d, 'ip.len', start + 2);
  write.uint(d, 'ip.id', start + 4);
  write.uint(d, 'ip.flags', start + 6, flagWords(u8(bytes, start + 6) >>> 5));
  d.nest();
  write.flags(d, ['ip.flags.rb', 'ip.flags.df', 'ip.flags.mf'], start + 6);
  d.close();
  const offset = (u16(bytes, start + 6) & 0x1fff) * 8;
  d.add(
    'ip.frag_offset',
    `...${((u16(bytes, start + 6) & 0x1fff) | 0x2000)
      .toString(2)
      .slice(1)
      .replace(/^(.)(....)(....)(....)$/, '$1 $2 $3 $4')} = Fragment Offset: ${offset}`,
    offset / 8,
    start + 6,
    2,
  );
  write.uint(d, 'ip.ttl', start + 8);
  write.uint(d, 'ip.proto', start + 9);
  const status = !wholeHeader ? 2 : internetChecksum(bytes, start, start + length) === 0 ? 1 : 0;
  write.uint(
    d,
    'ip.checksum',
    start + 10,
    `0x${u16(bytes, start + 10)
      .toString(16)
      .padStart(4, '0')} [${['incorrect', 'correct', 'unverified'][status]}]`,
  );
  write.derived(d, 'ip.checksum.status', status, checksumStatusNames[status], start + 10, 0);
  write.ipv4(d, 'ip.src', start + 12);
  write.ipv4(d, 'ip.dst', start + 16);
}

/** RFC 791; fragments wait for their datagram, which the packet that completes it brings along. */
function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  d.info = '';
  const version = u8(bytes, start) >>> 4;
  if (start < end && version !== 4) {
    d.open('ip', 'Internet Protocol Version 4', null, start, end - start);
    write.uint(d, 'ip.version', start);
    d.info = `Bogus IPv4 version (${version}, must be 4)`;
    d.add('', `[${d.info}]`, null, start, 1);
    d.close();
    return;
  }
  const length = (u8(bytes, start) & 15) * 4;
  if (start < end && length < MIN_HEADER) {
    d.open('ip', 'Internet Protocol Version 4', null, start, 1);
    write.uint(d, 'ip.version', start);
    d.info = `Bogus IP header length (${length}, must be at least ${MIN_HEADER})`;
    d.add('ip.hdr_len', `Header Length: ${length} bytes (bogus, must be at least ${MIN_HEADER})`, length, start, 1);
    d.close();
    return;
  }
  if (end - start < MIN_HEADER) {
    d.open('ip', 'Internet Protocol Version 4', null, start, Math.max(0, end - start));
    d.stop('IPv4', start, `header has ${Math.max(0, end - start)} of ${MIN_HEADER} bytes`);
    return;
  }
  // A total length of 0 is what a sender leaves to its network card (segmentation offload): the frame's length counts then.
  const total = u16(bytes, start + 2) === 0 ? Math.max(d.reportedEnd, end) - start : u16(bytes, start + 2);
  const wholeHeader = end - start >= length;
  const node = d.open('ip', '', null, start, Math.min(length, end - start));
  header(d, start, length, wholeHeader);
  const source = node.children.find((child) => child.name === 'ip.src')?.value;
  const destination = node.children.find((child) => child.name === 'ip.dst')?.value;
  node.label = `Internet Protocol Version 4, Src: ${source}, Dst: ${destination}`;
  if (!wholeHeader) {
    d.stop('IPv4', start + MIN_HEADER, `options have ${end - start - MIN_HEADER} of ${length - MIN_HEADER} bytes`);
    return;
  }
  if (length > MIN_HEADER) ipv4Options(d, start + MIN_HEADER, start + length);
  if (total < length) {
    d.info = `Bogus IP length (${total}, less than header length ${length})`;
    d.add('', `[${d.info}]`, null, start + 2, 2);
    d.close();
    return;
  }
  const fragmentField = u16(bytes, start + 6);
  const offset = (fragmentField & 0x1fff) * 8;
  const fragment = (fragmentField & 0x3fff) !== 0;
  const protocol = u8(bytes, start + 9);
  const payload = start + length;
  d.reportedEnd = Math.min(Math.max(d.reportedEnd, end), start + total);
  if (d.source === 0) d.payloadEnd = Math.min(d.payloadEnd, start + total);
  const payloadEnd = Math.min(end, start + total);
  d.network = { version: 4, addresses: bytes.subarray(start + 12, start + 20), hops: u8(bytes, start + 8), fragment };
  if (fragment && !(d.quoted && offset === 0)) {
    if (dissectReassembled(d, 'Reassembled IPv4', 'ip.reassembled.length', protocol)) return;
    d.close();
    d.info = `Fragmented IP protocol (proto=${ipProtocolName(protocol)} ${protocol}, off=${offset}, ID=${u16(bytes, start + 4)
      .toString(16)
      .padStart(4, '0')})`;
    dissectLayer(d, data, payload, payloadEnd);
    return;
  }
  d.close();
  if (!dissectTransport(d, protocol, payload, payloadEnd)) d.info ||= `${ipProtocolName(protocol)} (${protocol})`;
}

export const ipv4: Dissector = { name: 'ip', title: 'Internet Protocol Version 4', fields, dissect };
