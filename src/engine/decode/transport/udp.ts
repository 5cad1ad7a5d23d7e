import { u16 } from '../../../shared/base/bytes';
import { checksumStatusNames } from '../tree/checksum';
import { byteArray, derivedUint, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter } from '../tree/writer';
import { dissectDatagramPayload } from './payload';

const HEADER = 8;

const fields = {
  'udp.srcport': uint('Source Port', 2),
  'udp.dstport': uint('Destination Port', 2),
  'udp.length': uint('Length', 2),
  'udp.checksum': hexUint('Checksum', 2),
  'udp.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'udp.stream': derivedUint('Stream index'),
  'udp.payload': byteArray('UDP payload'),
} as const;
const write = fieldWriter(fields);

/** RFC 768. */
function dissect(d: Dissection, start: number, end: number): void {
  const { bytes } = d;
  if (end - start < HEADER) {
    d.open('udp', 'User Datagram Protocol', null, start, Math.max(0, end - start));
    if (end - start >= 4) {
      write.uint(d, 'udp.srcport', start);
      write.uint(d, 'udp.dstport', start + 2);
      d.info = `${u16(bytes, start)} → ${u16(bytes, start + 2)}`;
    }
    d.stop('UDP', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  const source = u16(bytes, start);
  const destination = u16(bytes, start + 2);
  const reported = d.reportedEnd - start;
  d.open('udp', `User Datagram Protocol, Src Port: ${source}, Dst Port: ${destination}`, null, start, HEADER);
  write.uint(d, 'udp.srcport', start);
  write.uint(d, 'udp.dstport', start + 2);
  const claimed = u16(bytes, start + 4);
  // Length 0 means "to the end of the datagram" in jumbograms (RFC 2675).
  const jumbo = claimed === 0 && d.network?.version === 6;
  const bad = (claimed < HEADER && !jumbo) || (claimed > reported && !d.quoted);
  write.uint(
    d,
    'udp.length',
    start + 4,
    bad ? `${claimed} (bogus, ${claimed < HEADER ? `must be >= ${HEADER}` : `payload length ${reported}`})` : undefined,
  );
  d.info = `${source} → ${destination}`;
  if (claimed < HEADER && !jumbo) {
    d.info += ` [BAD UDP LENGTH ${claimed} < ${HEADER}]`;
    d.close();
    return;
  }
  if (bad) d.info += ` [BAD UDP LENGTH ${claimed} > IP PAYLOAD LENGTH]`;
  const length = jumbo ? reported : claimed;
  d.info += ` Len=${length - HEADER}`;
  const status = u16(bytes, start + 6) === 0 ? 3 : 2;
  write.uint(
    d,
    'udp.checksum',
    start + 6,
    `0x${u16(bytes, start + 6)
      .toString(16)
      .padStart(4, '0')}${status === 3 ? ' (zero-value ignored)' : ' [unverified]'}`,
  );
  write.derived(d, 'udp.checksum.status', status, checksumStatusNames[status], start + 6, 0);
  if (d.context.stream !== null && !d.quoted) write.derived(d, 'udp.stream', d.context.stream);
  const payload = start + HEADER;
  const payloadEnd = Math.min(end, start + length);
  if (payloadEnd > payload)
    write.bytes(d, 'udp.payload', payload, payloadEnd - payload, `${length - HEADER} bytes`).label =
      `UDP payload (${length - HEADER} byte${length === HEADER + 1 ? '' : 's'})`;
  d.close();
  d.reportedEnd = Math.min(d.reportedEnd, start + length);
  dissectDatagramPayload(d, source, destination, payload, payloadEnd);
}

export const udp: Dissector = { name: 'udp', title: 'User Datagram Protocol', fields, dissect };
