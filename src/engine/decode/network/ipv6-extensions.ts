import { u8, u16, u32 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, byteArray, derivedUint, flag, hexUint, ipv6Address, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { dissectReassembled, dissectTransport } from './ip-payload';
import { ipProtocolName, ipProtocolNames } from './ip-protocol-names';
import { ipv6OptionFields, ipv6Options } from './ipv6-options';

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const NO_NEXT = 59;
const DESTINATION = 60;
/** RFC 8200 allows each header once (destination options twice); a crafted packet could chain thousands. */
const MAX_EXTENSIONS = 16;

const ROUTING_TYPES = {
  0: 'Source Route',
  1: 'Nimrod',
  2: 'Type 2 Routing',
  3: 'RPL Source Route',
  4: 'Segment Routing',
  5: 'Compact Routing Header 16',
  6: 'Compact Routing Header 32',
  253: 'Experiment 1',
  254: 'Experiment 2',
};

export const ipv6ExtensionFields = {
  'ipv6.hopopts': node('IPv6 Hop-by-Hop Option'),
  'ipv6.hopopts.nxt': uint('Next Header', 1, ipProtocolNames),
  'ipv6.hopopts.len': uint('Length', 1),
  'ipv6.hopopts.len_oct': derivedUint('Length'),
  'ipv6.dstopts': node('Destination Options for IPv6'),
  'ipv6.dstopts.nxt': uint('Next Header', 1, ipProtocolNames),
  'ipv6.dstopts.len': uint('Length', 1),
  'ipv6.dstopts.len_oct': derivedUint('Length'),
  'ipv6.routing': node('Routing Header for IPv6'),
  'ipv6.routing.nxt': uint('Next Header', 1, ipProtocolNames),
  'ipv6.routing.len': uint('Length', 1),
  'ipv6.routing.len_oct': derivedUint('Length'),
  'ipv6.routing.type': uint('Type', 1, ROUTING_TYPES),
  'ipv6.routing.segleft': uint('Segments Left', 1),
  'ipv6.routing.src.reserved': byteArray('Reserved'),
  'ipv6.routing.src.addr': ipv6Address('Address'),
  'ipv6.routing.mipv6.reserved': byteArray('Reserved'),
  'ipv6.routing.mipv6.home_address': ipv6Address('Home Address'),
  'ipv6.routing.srh.last_entry': uint('Last Entry', 1),
  'ipv6.routing.srh.flags': hexUint('Flags', 1),
  'ipv6.routing.srh.tag': byteArray('Tag'),
  'ipv6.routing.srh.addr': ipv6Address('Address'),
  'ipv6.routing.unknown_data': byteArray('Type-Specific Data'),
  'ipv6.fraghdr.nxt': uint('Next header', 1, ipProtocolNames),
  'ipv6.fraghdr.reserved_octet': hexUint('Reserved octet', 1),
  'ipv6.fraghdr.offset': bits('Offset', 2, 0xfff8),
  'ipv6.fraghdr.reserved_bits': bits('Reserved bits', 2, 0x0006),
  'ipv6.fraghdr.more': flag('More Fragments', 2, 0x0001, { 0: 'No', 1: 'Yes' }),
  'ipv6.fraghdr.ident': hexUint('Identification', 4),
  'ipv6.reassembled.length': derivedUint('Reassembled IPv6 length'),
  ...ipv6OptionFields,
} as const;
const write = fieldWriter(ipv6ExtensionFields);

export const isExtension = (protocol: number): boolean =>
  protocol === HOP_BY_HOP || protocol === ROUTING || protocol === FRAGMENT || protocol === DESTINATION || protocol === NO_NEXT;

function optionsHeader(d: Dissection, kind: 'ipv6.hopopts' | 'ipv6.dstopts', start: number, length: number): void {
  write.uint(d, `${kind}.nxt`, start);
  write.uint(d, `${kind}.len`, start + 1);
  write.derived(d, `${kind}.len_oct`, length, `${length} bytes`, start + 1, 1);
  ipv6Options(d, start + 2, start + length);
}

function routingHeader(d: Dissection, start: number, length: number): void {
  write.uint(d, 'ipv6.routing.nxt', start);
  write.uint(d, 'ipv6.routing.len', start + 1);
  write.derived(d, 'ipv6.routing.len_oct', length, `${length} bytes`, start + 1, 1);
  const type = write.uint(d, 'ipv6.routing.type', start + 2);
  write.uint(d, 'ipv6.routing.segleft', start + 3);
  const end = start + length;
  if (type === 0 || type === 2) {
    write.bytes(d, type === 0 ? 'ipv6.routing.src.reserved' : 'ipv6.routing.mipv6.reserved', start + 4, 4);
    for (let at = start + 8; at + 16 <= end; at += 16)
      write.ipv6(d, type === 0 ? 'ipv6.routing.src.addr' : 'ipv6.routing.mipv6.home_address', at);
  } else if (type === 4) {
    const last = write.uint(d, 'ipv6.routing.srh.last_entry', start + 4);
    write.uint(d, 'ipv6.routing.srh.flags', start + 5);
    write.bytes(d, 'ipv6.routing.srh.tag', start + 6, 2);
    for (let i = 0; i <= last && start + 24 + i * 16 <= end; i++) write.ipv6(d, 'ipv6.routing.srh.addr', start + 8 + i * 16);
  } else if (length > 4) {
    write.bytes(d, 'ipv6.routing.unknown_data', start + 4, length - 4);
  }
}

/** True: the packet ends here (it waits for its other fragments, or the datagram that it completes was dissected). */
function fragmentHeader(d: Dissection, start: number, end: number): boolean {
  const { bytes } = d;
  d.open('', 'Fragment Header for IPv6', null, start, 8);
  const next = write.uint(d, 'ipv6.fraghdr.nxt', start);
  write.uint(d, 'ipv6.fraghdr.reserved_octet', start + 1);
  const offset =
    write.uint(d, 'ipv6.fraghdr.offset', start + 2, `${u16(bytes, start + 2) >>> 3} (${u16(bytes, start + 2) & 0xfff8} bytes)`) * 8;
  write.uint(d, 'ipv6.fraghdr.reserved_bits', start + 2);
  const more = write.flag(d, 'ipv6.fraghdr.more', start + 2);
  write.uint(d, 'ipv6.fraghdr.ident', start + 4);
  d.close();
  d.info = `IPv6 fragment (off=${offset} more=${more ? 'y' : 'n'} ident=0x${u32(bytes, start + 4)
    .toString(16)
    .padStart(8, '0')} nxt=${next})`;
  if (offset === 0 && !more) return false;
  if (d.network !== null) d.network = { ...d.network, fragment: true };
  if (offset === 0 && d.quoted) return false;
  if (dissectReassembled(d, 'Reassembled IPv6', 'ipv6.reassembled.length', next)) return true;
  d.close();
  dissectLayer(d, data, start + 8, end);
  return true;
}

/** The chain of extension headers from `start`; dissects what follows them and closes the IPv6 header's node. */
export function ipv6Extensions(d: Dissection, first: number, start: number, end: number): void {
  let next = first;
  let at = start;
  for (let count = 0; isExtension(next); count++) {
    if (next === NO_NEXT) {
      d.close();
      d.info = 'IPv6 no next header';
      dissectLayer(d, data, at, end);
      return;
    }
    if (count === MAX_EXTENSIONS) {
      d.stop('IPv6', at, `more than ${MAX_EXTENSIONS} extension headers`);
      return;
    }
    const name =
      next === HOP_BY_HOP ? 'ipv6.hopopts' : next === ROUTING ? 'ipv6.routing' : next === FRAGMENT ? 'ipv6.fraghdr' : 'ipv6.dstopts';
    d.protocols.push(name);
    if (next === HOP_BY_HOP) d.info = 'IPv6 hop-by-hop options';
    if (next === ROUTING) d.info = 'IPv6 routing';
    if (next === DESTINATION) d.info = 'IPv6 destination options';
    const length = next === FRAGMENT ? 8 : (u8(d.bytes, at + 1) + 1) * 8;
    if (end - at < 8 || end - at < length) {
      d.stop('IPv6', at, `${ipProtocolName(next)} has ${Math.max(0, end - at)} of ${end - at < 2 ? 8 : length} bytes`);
      return;
    }
    const following = u8(d.bytes, at);
    if (next === FRAGMENT) {
      if (fragmentHeader(d, at, end)) return;
    } else {
      d.open(name, ipProtocolName(next), null, at, length);
      if (next === ROUTING) routingHeader(d, at, length);
      else optionsHeader(d, next === HOP_BY_HOP ? 'ipv6.hopopts' : 'ipv6.dstopts', at, length);
      d.close();
    }
    next = following;
    at += length;
  }
  d.close();
  if (!dissectTransport(d, next, at, end)) d.info = `${ipProtocolName(next)} (${next})`;
}
