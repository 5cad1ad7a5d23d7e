import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { checksumStatusNames, internetChecksum } from '../tree/checksum';
import { bits, byteArray, derivedUint, flag, hexUint, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter } from '../tree/writer';

const CLASSES: Readonly<Record<number, string>> = {
  1: 'MPLS Label Stack Class',
  2: 'Interface Information Object',
  3: 'Interface Identification Object',
};

export const icmpExtensionFields = {
  'icmp.ext': node('ICMP Extensions'),
  'icmp.ext.version': bits('Version', 1, 0xf0),
  'icmp.ext.res': hexUint('Reserved', 2, undefined, { mask: 0x0fff }),
  'icmp.ext.checksum': hexUint('Checksum', 2),
  'icmp.ext.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'icmp.ext.length': uint('Length', 2),
  'icmp.ext.class': uint('Class', 1),
  'icmp.ext.ctype': uint('C-Type', 1),
  'icmp.ext.data': byteArray('Data'),
  'icmp.mpls.label': bits('Label', 3, 0xfffff0),
  'icmp.mpls.exp': bits('Experimental', 3, 0x00000e),
  'icmp.mpls.s': flag('Stack bit', 3, 0x000001),
  'icmp.mpls.ttl': uint('Time to live', 1),
} as const;
const write = fieldWriter(icmpExtensionFields);

/** Extension structure of RFC 4884 with the MPLS label stack of RFC 4950. Bytes that are not version 2 are something else and left alone. */
export function icmpExtensions(d: Dissection, start: number, end: number): void {
  if (u8(d.bytes, start) >>> 4 !== 2) return;
  d.open('icmp.ext', 'ICMP Multi-Part Extensions', null, start, end - start);
  write.uint(d, 'icmp.ext.version', start);
  write.uint(d, 'icmp.ext.res', start);
  const status = internetChecksum(d.bytes, start, end) === 0 ? 1 : 0;
  write.uint(d, 'icmp.ext.checksum', start + 2, `${hexNumber(u16(d.bytes, start + 2), 4)} [${status === 1 ? 'correct' : 'incorrect'}]`);
  write.derived(d, 'icmp.ext.checksum.status', status, checksumStatusNames[status]);
  for (let at = start + 4; at + 4 <= end && !d.full; ) {
    const length = u16(d.bytes, at);
    const kind = u8(d.bytes, at + 2);
    if (length < 4 || at + length > end) {
      d.add('', `Extension object with a length of ${length}: does not fit in ${end - at} bytes`, null, at, end - at);
      break;
    }
    d.open('', CLASSES[kind] ?? `Unknown object class (${kind})`, null, at, length);
    write.uint(d, 'icmp.ext.length', at);
    write.uint(d, 'icmp.ext.class', at + 2, `${CLASSES[kind] ?? 'Unknown'} (${kind})`);
    write.uint(d, 'icmp.ext.ctype', at + 3);
    if (kind === 1) {
      for (let entry = at + 4; entry + 4 <= at + length; entry += 4) {
        write.uint(d, 'icmp.mpls.label', entry);
        write.uint(d, 'icmp.mpls.exp', entry);
        write.flag(d, 'icmp.mpls.s', entry);
        write.uint(d, 'icmp.mpls.ttl', entry + 3);
      }
    } else if (length > 4) {
      write.bytes(d, 'icmp.ext.data', at + 4, length - 4);
    }
    d.close();
    at += length;
  }
  d.close();
}
