import { hex, hexNumber, u16, u32 } from '../../../shared/base/bytes';
import { checksumStatusNames } from '../tree/checksum';
import { data } from '../tree/data';
import { byteArray, derivedUint, flag, hexUint, macAddress, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import type { Field } from '../tree/field';
import { dissectEtherType, dissectLayer } from '../tree/next';
import { fieldWriter, macAt } from '../tree/writer';
import { etherTypeNames } from './ethertypes';
import { llc } from './llc';

const HEADER = 14;
/** Shortest frame without its checksum. */
const MIN_FRAME = 60;
/** Values up to here are an IEEE 802.3 length, from 1536 on an EtherType; between them is neither. */
const MAX_LENGTH = 1500;
const MIN_TYPE = 1536;
const LG = { 0: 'Globally unique address (factory default)', 1: 'Locally administered address (this is NOT the factory default)' };
const IG = { 0: 'Individual address (unicast)', 1: 'Group address (multicast/broadcast)' };

const fields = {
  'eth.dst': macAddress('Destination'),
  'eth.dst.lg': flag('LG bit', 3, 0x020000, LG),
  'eth.dst.ig': flag('IG bit', 3, 0x010000, IG),
  'eth.src': macAddress('Source'),
  'eth.src.lg': flag('LG bit', 3, 0x020000, LG),
  'eth.src.ig': flag('IG bit', 3, 0x010000, IG),
  'eth.type': hexUint('Type', 2, etherTypeNames),
  'eth.len': uint('Length', 2),
  'eth.invalid_lentype': hexUint('Invalid length/type', 2),
  'eth.padding': byteArray('Padding'),
  'eth.trailer': byteArray('Trailer'),
  'eth.fcs': hexUint('Frame check sequence', 4),
  'eth.fcs.status': { ...derivedUint('FCS Status'), names: checksumStatusNames },
} as const;
const write = fieldWriter(fields);

/** What stands behind the payload up to the frame's end. Zeros that fill the frame to its least length are padding. */
function trailer(d: Dissection, frameStart: number, start: number, end: number, header: Field): void {
  if (start >= end || d.full) return;
  d.nest(header);
  const minimum = Math.max(start, Math.min(end, frameStart + MIN_FRAME));
  const padding = d.bytes.subarray(start, minimum).every((byte) => byte === 0) ? minimum : start;
  if (padding > start) write.bytes(d, 'eth.padding', start, padding - start);
  // A frame of full length with four bytes or more left over was captured with its checksum.
  const fcs = end - padding >= 4 && end - frameStart >= 64 && d.reportedEnd <= end ? end - 4 : end;
  if (padding < fcs) write.bytes(d, 'eth.trailer', padding, fcs - padding);
  if (fcs < end) {
    write.uint(d, 'eth.fcs', fcs, `${hexNumber(u32(d.bytes, fcs), 8)} [unverified]`);
    write.derived(d, 'eth.fcs.status', 2, checksumStatusNames[2]);
  }
  d.close();
}

/** Ethernet II and IEEE 802.3. */
function dissect(d: Dissection, start: number, end: number): void {
  if (end - start < HEADER) {
    d.open('eth', 'Ethernet', null, start, Math.max(0, end - start));
    d.stop('Ethernet', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  const { bytes } = d;
  const typeOrLength = u16(bytes, start + 12);
  const kind = typeOrLength >= MIN_TYPE ? 'Ethernet II' : 'IEEE 802.3 Ethernet';
  const header = d.open(
    'eth',
    typeOrLength >= MIN_TYPE ? `${kind}, Src: ${macAt(bytes, start + 6)}, Dst: ${macAt(bytes, start)}` : kind,
    null,
    start,
    HEADER,
  );
  write.mac(d, 'eth.dst', start);
  d.nest();
  write.flags(d, ['eth.dst.lg', 'eth.dst.ig'], start);
  d.close();
  write.mac(d, 'eth.src', start + 6);
  d.nest();
  write.flags(d, ['eth.src.lg', 'eth.src.ig'], start + 6);
  d.close();
  const payload = start + HEADER;
  d.info = kind === 'Ethernet II' ? kind : '';
  const outer = d.payloadEnd;
  d.payloadEnd = end;
  if (typeOrLength <= MAX_LENGTH) {
    write.uint(d, 'eth.len', start + 12);
    d.close();
    d.payloadEnd = Math.min(end, payload + typeOrLength);
    d.reportedEnd = Math.min(d.reportedEnd, payload + typeOrLength);
    // Novell's "raw" 802.3 has no LLC: its IPX header begins with ff ff.
    if (u16(bytes, payload) === 0xffff && end - payload >= 2) dissectLayer(d, data, payload, d.payloadEnd);
    else dissectLayer(d, llc, payload, d.payloadEnd);
    trailer(d, start, Math.min(end, payload + typeOrLength), end, header);
  } else if (typeOrLength < MIN_TYPE) {
    write.uint(d, 'eth.invalid_lentype', start + 12);
    d.close();
    d.info = `Invalid length/type: 0x${hex(bytes, start + 12, start + 14)}`;
    dissectLayer(d, data, payload, end);
  } else {
    write.uint(d, 'eth.type', start + 12);
    d.close();
    if (!dissectEtherType(d, typeOrLength, payload, end)) d.info = etherTypeNames[typeOrLength] ?? 'Ethernet II';
    trailer(d, start, d.payloadEnd, end, header);
  }
  // A tunnel's inner frame leaves the outer frame's end as it was.
  d.payloadEnd = outer;
}

export const ethernet: Dissector = { name: 'eth', title: 'Ethernet', fields, dissect };
