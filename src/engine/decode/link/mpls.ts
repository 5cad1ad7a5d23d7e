import { hexNumber, u8, u32 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

/** Deeper stacks than this do not come from routers. */
const MAX_LABELS = 16;
const RESERVED: Readonly<Record<number, string>> = {
  0: 'IPv4 Explicit-Null',
  1: 'Router Alert',
  2: 'IPv6 Explicit-Null',
  3: 'Implicit-Null',
  13: 'Generic Associated Channel Label (GAL)',
  14: 'OAM Alert',
};

const fields = {
  'mpls.label': bits('MPLS Label', 4, 0xfffff000),
  'mpls.exp': bits('MPLS Experimental Bits', 4, 0x00000e00),
  'mpls.bottom': bits('MPLS Bottom Of Label Stack', 4, 0x00000100),
  'mpls.ttl': bits('MPLS TTL', 4, 0x000000ff),
} as const;
const write = fieldWriter(fields);

/** RFC 3032. What follows is not named: the first nibble tells IP, everything else is tried as a pseudowire of Ethernet (RFC 4448). */
function payload(d: Dissection, start: number, end: number): void {
  if (start >= end) return;
  const nibble = u8(d.bytes, start) >>> 4;
  const { etherTypes, linkTypes } = d.layers;
  const ethernet = linkTypes.get(1);
  if (nibble === 4 || nibble === 6) dissectLayer(d, etherTypes.get(nibble === 4 ? 0x0800 : 0x86dd) ?? data, start, end);
  else if (nibble === 0 && u32(d.bytes, start) === 0 && end - start > 18 && ethernet !== undefined) {
    d.add('', 'PW Ethernet Control Word', null, start, 4);
    dissectLayer(d, ethernet, start + 4, end);
  } else if (end - start > 14 && ethernet !== undefined && nibble !== 1) dissectLayer(d, ethernet, start, end);
  else dissectLayer(d, data, start, end);
}

function dissect(d: Dissection, start: number, end: number): void {
  d.info = 'MPLS Label Switched Packet';
  let at = start;
  for (let count = 0; count < MAX_LABELS; count++) {
    const word = u32(d.bytes, at);
    const label = word >>> 12;
    const bottom = (word >>> 8) & 1;
    d.open(
      'mpls',
      `MultiProtocol Label Switching Header, Label: ${label}, Exp: ${(word >>> 9) & 7}, S: ${bottom}, TTL: ${word & 255}`,
      null,
      at,
      Math.max(0, Math.min(4, end - at)),
    );
    if (end - at < 4) {
      d.stop('MPLS', at, `label has ${Math.max(0, end - at)} of 4 bytes`);
      return;
    }
    write.uint(d, 'mpls.label', at, label < 16 ? `${RESERVED[label] ?? 'Reserved'} (${label})` : `${label} (${hexNumber(label, 5)})`);
    write.uint(d, 'mpls.exp', at);
    write.uint(d, 'mpls.bottom', at);
    write.uint(d, 'mpls.ttl', at);
    d.close();
    // The stack is one protocol among the frame's, however deep.
    if (count > 0) d.protocols.pop();
    at += 4;
    if (bottom === 1) {
      payload(d, at, end);
      return;
    }
  }
  d.stop('MPLS', at, `more than ${MAX_LABELS} labels`);
}

export const mpls: Dissector = { name: 'mpls', title: 'MultiProtocol Label Switching Header', fields, dissect };
