import { u8, u24 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, flag, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const HEADER = 8;
const NEXT: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6', 3: 'Ethernet', 4: 'NSH', 5: 'MPLS' };
const YES_NO = { 0: 'False', 1: 'True' };

const fields = {
  'vxlan.flags': hexUint('Flags', 2),
  'vxlan.flag_g': flag('GBP Extension', 2, 0x8000, { 0: 'Not defined', 1: 'Defined' }),
  'vxlan.flag_i': flag('VXLAN Network ID (VNI)', 2, 0x0800, YES_NO),
  'vxlan.flag_d': flag("Don't Learn", 2, 0x0040, YES_NO),
  'vxlan.flag_a': flag('Policy Applied', 2, 0x0008, YES_NO),
  'vxlan.flags_reserved': hexUint('Reserved(R)', 2, undefined, { mask: 0x77b7 }),
  'vxlan.gbp': uint('Group Policy ID', 2),
  'vxlan.vni': uint('VXLAN Network Identifier (VNI)', 3),
  'vxlan.reserved8': uint('Reserved', 1),
  'vxlan.ver': bits('Version', 1, 0x30),
  'vxlan.i_bit': bits('Instance', 1, 0x08),
  'vxlan.p_bit': bits('Next Protocol Bit', 1, 0x04),
  'vxlan.o_bit': bits('OAM bit', 1, 0x01),
  'vxlan.reserved_16': uint('Reserved', 2),
  'vxlan.next_proto': uint('Next Protocol', 1, NEXT),
} as const;
const write = fieldWriter(fields);

const open = (d: Dissection, start: number, end: number): boolean => {
  d.open('vxlan', 'Virtual eXtensible Local Area Network', null, start, Math.min(HEADER, end - start));
  if (end - start >= HEADER) return true;
  d.stop('VXLAN', start, `header has ${end - start} of ${HEADER} bytes`);
  return false;
};

/** RFC 7348, with the group policy extension. */
function dissect(d: Dissection, start: number, end: number): void {
  if (!open(d, start, end)) return;
  write.uint(d, 'vxlan.flags', start);
  d.nest();
  write.flags(d, ['vxlan.flag_g', 'vxlan.flag_i', 'vxlan.flag_d', 'vxlan.flag_a'], start);
  write.uint(d, 'vxlan.flags_reserved', start);
  d.close();
  write.uint(d, 'vxlan.gbp', start + 2);
  write.uint(d, 'vxlan.vni', start + 4);
  write.uint(d, 'vxlan.reserved8', start + 7);
  d.close();
  dissectLayer(d, d.layers.linkTypes.get(1) ?? data, start + HEADER, end);
}

/** draft-ietf-nvo3-vxlan-gpe: names what follows. */
function dissectGpe(d: Dissection, start: number, end: number): void {
  if (!open(d, start, end)) return;
  write.uint(d, 'vxlan.ver', start);
  write.uint(d, 'vxlan.i_bit', start);
  write.uint(d, 'vxlan.p_bit', start);
  write.uint(d, 'vxlan.o_bit', start);
  write.uint(d, 'vxlan.reserved_16', start + 1);
  const next = write.uint(d, 'vxlan.next_proto', start + 3);
  d.add('vxlan.vni', `VXLAN Network Identifier (VNI): ${u24(d.bytes, start + 4)}`, u24(d.bytes, start + 4), start + 4, 3);
  d.add('vxlan.reserved8', `Reserved: ${u8(d.bytes, start + 7)}`, u8(d.bytes, start + 7), start + 7, 1);
  d.close();
  const { etherTypes, linkTypes } = d.layers;
  const inner =
    next === 1
      ? etherTypes.get(0x0800)
      : next === 2
        ? etherTypes.get(0x86dd)
        : next === 3
          ? linkTypes.get(1)
          : next === 5
            ? etherTypes.get(0x8847)
            : undefined;
  dissectLayer(d, inner ?? data, start + HEADER, end);
}

export const vxlan: Dissector = { name: 'vxlan', title: 'Virtual eXtensible Local Area Network', fields, dissect };
export const vxlanGpe: Dissector = { ...vxlan, dissect: dissectGpe };
