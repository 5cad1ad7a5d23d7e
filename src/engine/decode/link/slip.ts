import { u8 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const HEADER = 16;
const fields = { 'slip.direction': uint('Direction', 1, { 0: 'Received', 1: 'Sent' }) } as const;
const write = fieldWriter(fields);

/** LINKTYPE_SLIP: direction, packet type, 14 bytes of the compressed header, then the IP packet. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('slip', 'Serial Line Internet Protocol', null, start, Math.max(0, Math.min(HEADER, end - start)));
  if (end - start < HEADER) {
    d.stop('SLIP', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  write.uint(d, 'slip.direction', start);
  d.close();
  const version = u8(d.bytes, start + HEADER) >>> 4;
  const next = version === 4 ? d.layers.etherTypes.get(0x0800) : version === 6 ? d.layers.etherTypes.get(0x86dd) : undefined;
  dissectLayer(d, next ?? data, start + HEADER, end);
}

export const slip: Dissector = { name: 'slip', title: 'Serial Line Internet Protocol', fields, dissect };
