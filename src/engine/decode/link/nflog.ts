import { u8, u16le } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, byteArray, hexUint, little, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';

const TYPES: Readonly<Record<number, string>> = {
  1: 'NFULA_PACKET_HDR',
  2: 'NFULA_MARK',
  3: 'NFULA_TIMESTAMP',
  4: 'NFULA_IFINDEX_INDEV',
  5: 'NFULA_IFINDEX_OUTDEV',
  6: 'NFULA_IFINDEX_PHYSINDEV',
  7: 'NFULA_IFINDEX_PHYSOUTDEV',
  8: 'NFULA_HWADDR',
  9: 'NFULA_PAYLOAD',
  10: 'NFULA_PREFIX',
  11: 'NFULA_UID',
  12: 'NFULA_SEQ',
  13: 'NFULA_SEQ_GLOBAL',
  14: 'NFULA_GID',
};
const HOOKS = { 0: 'Pre routing', 1: 'Local in', 2: 'Forward', 3: 'Local out', 4: 'Post routing' };
const PAYLOAD = 9;

const fields = {
  'nflog.family': uint('Family', 1, { 2: 'IPv4', 10: 'IPv6' }),
  'nflog.version': uint('Version', 1),
  'nflog.res_id': uint('Resource id', 2),
  'nflog.tlv': byteArray('TLV'),
  'nflog.tlv_length': little(uint('Length', 2)),
  'nflog.tlv_type': little(bits('Type', 2, 0x7fff, TYPES)),
  'nflog.protocol': hexUint('HW protocol', 2, etherTypeNames),
  'nflog.hook': uint('Netfilter hook', 1, HOOKS),
  'nflog.prefix': text('Prefix'),
  'nflog.ifindex_indev': uint('IFINDEX_INDEV', 4),
  'nflog.ifindex_outdev': uint('IFINDEX_OUTDEV', 4),
  'nflog.uid': uint('UID', 4),
  'nflog.gid': uint('GID', 4),
} as const;
const write = fieldWriter(fields);

function value(d: Dissection, type: number, at: number, end: number): void {
  if (type === 1 && end - at >= 4) {
    write.uint(d, 'nflog.protocol', at);
    write.uint(d, 'nflog.hook', at + 2);
  } else if (type === 10) {
    let length = end - at;
    while (length > 0 && u8(d.bytes, at + length - 1) === 0) length--;
    write.text(d, 'nflog.prefix', at, length);
  } else if (end - at === 4) {
    const name = ({ 4: 'nflog.ifindex_indev', 5: 'nflog.ifindex_outdev', 11: 'nflog.uid', 14: 'nflog.gid' } as const)[type as 4];
    if (name !== undefined) write.uint(d, name, at);
  }
}

/** https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html: attributes in the byte order of the host, here taken as little-endian. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('nflog', 'Linux Netfilter NFLOG', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('NFLOG', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  const family = write.uint(d, 'nflog.family', start);
  write.uint(d, 'nflog.version', start + 1);
  write.uint(d, 'nflog.res_id', start + 2);
  let payload = -1;
  let payloadEnd = -1;
  for (let at = start + 4; at + 4 <= end && !d.full; ) {
    const length = u16le(d.bytes, at);
    const type = u16le(d.bytes, at + 2) & 0x7fff;
    const valueEnd = Math.min(end, at + length);
    if (length < 4 || (at + length > end && type !== PAYLOAD)) {
      d.stop('NFLOG', at, `attribute of length ${length} in ${end - at} bytes`);
      return;
    }
    d.open(
      'nflog.tlv',
      `TLV Type: ${TYPES[type] ?? 'Unknown'} (${type}), Length: ${length}`,
      d.bytes.subarray(at, valueEnd),
      at,
      valueEnd - at,
    );
    write.uint(d, 'nflog.tlv_length', at);
    write.uint(d, 'nflog.tlv_type', at + 2);
    if (type === PAYLOAD) {
      payload = at + 4;
      payloadEnd = valueEnd;
    } else {
      value(d, type, at + 4, valueEnd);
    }
    d.close();
    at += (length + 3) & ~3;
  }
  d.close();
  if (payload < 0) return;
  const next = family === 2 ? d.layers.etherTypes.get(0x0800) : family === 10 ? d.layers.etherTypes.get(0x86dd) : undefined;
  dissectLayer(d, next ?? data, payload, payloadEnd);
}

export const nflog: Dissector = { name: 'nflog', title: 'Linux Netfilter NFLOG', fields, dissect };
