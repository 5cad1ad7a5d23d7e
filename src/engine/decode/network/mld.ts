import { u16 } from '../../../shared/base/bytes';
import { bits, byteArray, flag, hexUint, ipv6Address, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter } from '../tree/writer';

const RECORD_TYPES: Readonly<Record<number, string>> = {
  1: 'Include',
  2: 'Exclude',
  3: 'Changed to include',
  4: 'Changed to exclude',
  5: 'Allow new sources',
  6: 'Block old sources',
};

export const mldFields = {
  'icmpv6.mld.maximum_response_delay': uint('Maximum Response Delay [ms]', 2),
  'icmpv6.mld.maximum_response_code': uint('Maximum Response Code', 2),
  'icmpv6.mld.multicast_address': ipv6Address('Multicast Address'),
  'icmpv6.mld.flag': hexUint('Flags', 1),
  'icmpv6.mld.flag.s': flag('Suppress Router-Side Processing', 1, 0x08),
  'icmpv6.mld.flag.qrv': bits("QRV (Querier's Robustness Variable)", 1, 0x07),
  'icmpv6.mld.flag.reserved': bits('Reserved', 1, 0xf0),
  'icmpv6.mld.qqi': uint("QQIC (Querier's Query Interval Code)", 1),
  'icmpv6.mld.nb_sources': uint('Number of Sources', 2),
  'icmpv6.mld.source_address': ipv6Address('Source Address'),
  'icmpv6.mldr.nb_mcast_records': uint('Number of Multicast Address Records', 2),
  'icmpv6.mldr.mar': node('Multicast Address Record'),
  'icmpv6.mldr.mar.record_type': uint('Record Type', 1, RECORD_TYPES),
  'icmpv6.mldr.mar.aux_data_len': uint('Aux Data Len', 1),
  'icmpv6.mldr.mar.nb_sources': uint('Number of Sources', 2),
  'icmpv6.mldr.mar.multicast_address': ipv6Address('Multicast Address'),
  'icmpv6.mldr.mar.source_address': ipv6Address('Source Address'),
  'icmpv6.mldr.mar.auxiliary_data': byteArray('Auxiliary Data'),
} as const;
const write = fieldWriter(mldFields);

const reserved = (d: Dissection, at: number, length: number): void => {
  d.add('icmpv6.reserved', `Reserved: ${'00'.repeat(length)}`, d.bytes.subarray(at, at + length), at, length);
};

/** Queries of 28 bytes and more are of version 2 (RFC 3810, 8.1). */
export function listenerQuery(d: Dissection, start: number, end: number): void {
  if (end - start < 28) {
    write.uint(d, 'icmpv6.mld.maximum_response_delay', start + 4);
    reserved(d, start + 6, 2);
    write.ipv6(d, 'icmpv6.mld.multicast_address', start + 8);
    return;
  }
  write.uint(d, 'icmpv6.mld.maximum_response_code', start + 4);
  reserved(d, start + 6, 2);
  write.ipv6(d, 'icmpv6.mld.multicast_address', start + 8);
  write.uint(d, 'icmpv6.mld.flag', start + 24);
  d.nest();
  write.flag(d, 'icmpv6.mld.flag.s', start + 24);
  write.uint(d, 'icmpv6.mld.flag.qrv', start + 24);
  write.uint(d, 'icmpv6.mld.flag.reserved', start + 24);
  d.close();
  write.uint(d, 'icmpv6.mld.qqi', start + 25);
  const count = write.uint(d, 'icmpv6.mld.nb_sources', start + 26);
  for (let i = 0, at = start + 28; i < count && at + 16 <= end && !d.full; i++, at += 16) write.ipv6(d, 'icmpv6.mld.source_address', at);
}

export function listenerReport(d: Dissection, start: number): void {
  write.uint(d, 'icmpv6.mld.maximum_response_delay', start + 4);
  reserved(d, start + 6, 2);
  write.ipv6(d, 'icmpv6.mld.multicast_address', start + 8);
}

export function listenerReportV2(d: Dissection, start: number, end: number): void {
  reserved(d, start + 4, 2);
  const count = write.uint(d, 'icmpv6.mldr.nb_mcast_records', start + 6);
  let at = start + 8;
  for (let i = 0; i < count && at + 20 <= end && !d.full; i++) {
    const sources = u16(d.bytes, at + 2);
    const record = d.open('icmpv6.mldr.mar', '', null, at, 20);
    const type = write.uint(d, 'icmpv6.mldr.mar.record_type', at);
    const auxiliary = write.uint(d, 'icmpv6.mldr.mar.aux_data_len', at + 1) * 4;
    write.uint(d, 'icmpv6.mldr.mar.nb_sources', at + 2);
    const group = write.ipv6(d, 'icmpv6.mldr.mar.multicast_address', at + 4);
    record.label = `Multicast Address Record ${RECORD_TYPES[type] ?? 'Unknown'}: ${group}`;
    at += 20;
    for (let source = 0; source < sources && at + 16 <= end && !d.full; source++, at += 16)
      write.ipv6(d, 'icmpv6.mldr.mar.source_address', at);
    if (auxiliary > 0 && at + auxiliary <= end) write.bytes(d, 'icmpv6.mldr.mar.auxiliary_data', at, auxiliary);
    at += auxiliary;
    record.length = Math.min(at, end) - record.start;
    d.close();
  }
}
