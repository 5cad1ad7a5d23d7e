import { hexUint, ipv6Address, node } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { etherTypeNames } from './ethertypes';

const HEADER = 44;
const fields = {
  'ipoib.daddr': node('Destination address'),
  'ipoib.daddr.qpn': hexUint('Destination QPN', 3),
  'ipoib.dgid': ipv6Address('Destination GID'),
  'ipoib.type': hexUint('Type', 2, etherTypeNames),
  'ipoib.reserved': hexUint('Reserved', 2),
} as const;
const write = fieldWriter(fields);

/** LINKTYPE_IPOIB: source and destination addresses of 20 bytes, then the header of RFC 4391. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('ipoib', 'IP over Infiniband', null, start, Math.max(0, Math.min(HEADER, end - start)));
  if (end - start < HEADER) {
    d.stop('IPoIB', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  d.open('ipoib.daddr', 'Destination address', null, start + 20, 20);
  write.uint(d, 'ipoib.daddr.qpn', start + 21);
  write.ipv6(d, 'ipoib.dgid', start + 24);
  d.close();
  const type = write.uint(d, 'ipoib.type', start + 40);
  write.uint(d, 'ipoib.reserved', start + 42);
  d.close();
  dissectNext(d, d.layers.etherTypes, type, start + HEADER, end);
}

export const infiniband: Dissector = { name: 'ipoib', title: 'IP over Infiniband', fields, dissect };
