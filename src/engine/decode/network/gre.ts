import { hexNumber, u16 } from '../../../shared/base/bytes';
import { etherTypeNames } from '../link/ethertypes';
import { data } from '../tree/data';
import { bits, flag, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { erspan, erspanV3 } from './erspan';

const ERSPAN_II = 0x88be;
const ERSPAN_III = 0x22eb;
const PPP = 0x880b;
const types: Readonly<Record<number, string>> = {
  ...etherTypeNames,
  [PPP]: 'PPP',
  [ERSPAN_II]: 'ERSPAN',
  [ERSPAN_III]: 'ERSPAN III',
  25944: 'Transparent Ethernet bridging',
};

const fields = {
  'gre.flags_and_version': hexUint('Flags and Version', 2),
  'gre.flags.checksum': flag('Checksum Bit', 2, 0x8000, { 0: 'No', 1: 'Yes' }),
  'gre.flags.routing': flag('Routing Bit', 2, 0x4000, { 0: 'No', 1: 'Yes' }),
  'gre.flags.key': flag('Key Bit', 2, 0x2000, { 0: 'No', 1: 'Yes' }),
  'gre.flags.sequence_number': flag('Sequence Number Bit', 2, 0x1000, { 0: 'No', 1: 'Yes' }),
  'gre.flags.strict_source_route': flag('Strict Source Route Bit', 2, 0x0800, { 0: 'No', 1: 'Yes' }),
  'gre.flags.recursion_control': bits('Recursion control', 2, 0x0700),
  'gre.flags.ack': flag('Acknowledgment', 2, 0x0080, { 0: 'No', 1: 'Yes' }),
  'gre.flags.reserved': bits('Flags (Reserved)', 2, 0x00f8),
  'gre.flags.version': bits('Version', 2, 0x0007, { 0: 'GRE', 1: 'Enhanced GRE' }),
  'gre.proto': hexUint('Protocol Type', 2, types),
  'gre.checksum': hexUint('Checksum', 2),
  'gre.offset': uint('Offset', 2),
  'gre.key': hexUint('Key', 4),
  'gre.key.payload_length': uint('Payload Length', 2),
  'gre.key.call_id': uint('Call ID', 2),
  'gre.sequence_number': uint('Sequence Number', 4),
  'gre.ack_number': uint('Acknowledgment Number', 4),
} as const;
const write = fieldWriter(fields);

/** RFC 2784, 2890; version 1 is PPTP's (RFC 2637). */
function dissect(d: Dissection, start: number, end: number): void {
  const flags = u16(d.bytes, start);
  const version = flags & 7;
  const length =
    4 + (flags & 0xc000 ? 4 : 0) + (flags & 0x2000 ? 4 : 0) + (flags & 0x1000 ? 4 : 0) + (version === 1 && flags & 0x80 ? 4 : 0);
  const type = u16(d.bytes, start + 2);
  d.open(
    'gre',
    `Generic Routing Encapsulation (${types[type] ?? hexNumber(type, 4)})`,
    null,
    start,
    Math.max(0, Math.min(length, end - start)),
  );
  if (end - start < length || end - start < 4) {
    d.stop('GRE', start, `header has ${Math.max(0, end - start)} of ${length} bytes`);
    return;
  }
  write.uint(d, 'gre.flags_and_version', start);
  d.nest();
  write.flags(
    d,
    ['gre.flags.checksum', 'gre.flags.routing', 'gre.flags.key', 'gre.flags.sequence_number', 'gre.flags.strict_source_route'],
    start,
  );
  write.uint(d, 'gre.flags.recursion_control', start);
  if (version === 1) write.flag(d, 'gre.flags.ack', start);
  else write.uint(d, 'gre.flags.reserved', start);
  write.uint(d, 'gre.flags.version', start);
  d.close();
  write.uint(d, 'gre.proto', start + 2);
  let at = start + 4;
  if (flags & 0xc000) {
    write.uint(d, 'gre.checksum', at);
    write.uint(d, 'gre.offset', at + 2);
    at += 4;
  }
  if (flags & 0x2000) {
    write.uint(d, 'gre.key', at);
    if (version === 1) {
      write.uint(d, 'gre.key.payload_length', at);
      write.uint(d, 'gre.key.call_id', at + 2);
    }
    at += 4;
  }
  if (flags & 0x1000) {
    write.uint(d, 'gre.sequence_number', at);
    at += 4;
  }
  if (version === 1 && flags & 0x80) {
    write.uint(d, 'gre.ack_number', at);
    at += 4;
  }
  d.close();
  d.info = `Encapsulated ${types[type] ?? 'unknown'}`;
  // Source routing entries would have to be skipped one by one; nothing has sent them for decades.
  if (flags & 0x4000) dissectLayer(d, data, at, end);
  else if (type === ERSPAN_II && flags & 0x1000) dissectLayer(d, erspan, at, end);
  else if (type === ERSPAN_III) dissectLayer(d, erspanV3, at, end);
  else if (at < end) dissectLayer(d, payloadOf(d, type), at, end);
}

function payloadOf(d: Dissection, type: number): Dissector {
  if (type === PPP) return d.layers.linkTypes.get(9) ?? data;
  // ERSPAN type I is a bare Ethernet frame.
  if (type === ERSPAN_II) return d.layers.linkTypes.get(1) ?? data;
  return d.layers.etherTypes.get(type) ?? data;
}

export const gre: Dissector = { name: 'gre', title: 'Generic Routing Encapsulation', fields, dissect };
