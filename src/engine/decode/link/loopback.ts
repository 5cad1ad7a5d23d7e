import { u8, u16, u32, u32le } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectEtherType, dissectLayer, dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';

/** AF_ values; that of IPv6 differs between the BSDs. */
const FAMILIES = {
  2: 'IP',
  7: 'ISO',
  10: 'IPv6 (Linux)',
  16: 'Appletalk',
  23: 'IPX',
  24: 'IPv6 BSD',
  28: 'IPv6 FreeBSD',
  30: 'IPv6 Darwin',
};
const IPV6_FAMILIES = new Set([10, 24, 28, 30]);

const fields = {
  'null.family': uint('Family', 4, FAMILIES),
  'null.type': hexUint('Type', 2, etherTypeNames),
} as const;
const write = fieldWriter(fields);

/**
 * LINKTYPE_NULL and LINKTYPE_LOOP: an address family in the byte order of the host that captured, which a file does not tell. Some
 * systems put an EtherType, or a whole PPP-like ff 03, there instead.
 */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('null', 'Null/Loopback', null, start, Math.max(0, Math.min(4, end - start)));
  if (end - start < 4) {
    d.stop('Null', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  if (u16(d.bytes, start) === 0xff03) {
    d.close();
    dissectLayer(d, d.layers.linkTypes.get(9) ?? data, start, end);
    return;
  }
  const big = u32(d.bytes, start);
  const family = big > 0xffff ? u32le(d.bytes, start) : big;
  if (family > 1535 && family <= 0xffff) {
    write.uint(d, 'null.type', start + (big > 0xffff ? 0 : 2));
    d.close();
    dissectEtherType(d, family, start + 4, end);
    return;
  }
  d.add('null.family', `Family: ${FAMILIES[family as keyof typeof FAMILIES] ?? 'Unknown'} (${family})`, family, start, 4);
  d.close();
  if (family === 2 || IPV6_FAMILIES.has(family)) dissectNext(d, d.layers.etherTypes, family === 2 ? 0x0800 : 0x86dd, start + 4, end);
  else dissectLayer(d, data, start + 4, end);
}

export const loopback: Dissector = { name: 'null', title: 'Null/Loopback', fields, dissect };

/** Raw IP: the version nibble says which. */
function dissectRaw(d: Dissection, start: number, end: number): void {
  d.protocols.push('raw');
  const version = u8(d.bytes, start) >>> 4;
  if (start < end && (version === 4 || version === 6)) dissectNext(d, d.layers.etherTypes, version === 4 ? 0x0800 : 0x86dd, start, end);
  else dissectLayer(d, data, start, end);
}

export const rawIp: Dissector = { name: 'raw', title: 'Raw packet data', fields: {}, dissect: dissectRaw };
