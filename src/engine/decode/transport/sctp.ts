import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { checksumStatusNames } from '../tree/checksum';
import { byteArray, derivedUint, flag, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter } from '../tree/writer';
import { chunkBody, chunkFields } from './sctp-chunks';

const HEADER = 12;
/** https://www.iana.org/assignments/sctp-parameters */
const CHUNKS: Readonly<Record<number, string>> = {
  0: 'DATA',
  1: 'INIT',
  2: 'INIT_ACK',
  3: 'SACK',
  4: 'HEARTBEAT',
  5: 'HEARTBEAT_ACK',
  6: 'ABORT',
  7: 'SHUTDOWN',
  8: 'SHUTDOWN_ACK',
  9: 'ERROR',
  10: 'COOKIE_ECHO',
  11: 'COOKIE_ACK',
  12: 'ECNE',
  13: 'CWR',
  14: 'SHUTDOWN_COMPLETE',
  15: 'AUTH',
  16: 'NR_SACK',
  64: 'I_DATA',
  128: 'ASCONF_ACK',
  129: 'PKTDROP',
  130: 'RE_CONFIG',
  132: 'PAD',
  192: 'FORWARD_TSN',
  193: 'ASCONF',
  194: 'I_FORWARD_TSN',
};

const fields = {
  'sctp.srcport': uint('Source port', 2),
  'sctp.dstport': uint('Destination port', 2),
  'sctp.verification_tag': hexUint('Verification tag', 4),
  'sctp.checksum': hexUint('Checksum', 4),
  'sctp.checksum.status': { ...derivedUint('Checksum Status'), names: checksumStatusNames },
  'sctp.chunk_type': uint('Chunk type', 1, CHUNKS),
  'sctp.chunk_bit_1': flag('Bit', 1, 0x80, { 0: 'Stop processing of the packet', 1: 'Skip chunk and continue processing of the packet' }),
  'sctp.chunk_bit_2': flag('Bit', 1, 0x40, { 0: 'Do not report', 1: 'Do report' }),
  'sctp.chunk_flags': hexUint('Chunk flags', 1),
  'sctp.chunk_length': uint('Chunk length', 2),
  'sctp.chunk_padding': byteArray('Chunk padding'),
  ...chunkFields,
} as const;
const write = fieldWriter(fields);

/** One chunk; gives what Info says of it. */
function chunk(d: Dissection, start: number, length: number, end: number): string {
  const type = u8(d.bytes, start);
  const name = CHUNKS[type] ?? 'Unknown';
  const node = d.open('', `${name} chunk`, null, start, Math.min(length, end - start));
  write.uint(d, 'sctp.chunk_type', start);
  d.nest();
  write.flags(d, ['sctp.chunk_bit_1', 'sctp.chunk_bit_2'], start);
  d.close();
  write.uint(d, 'sctp.chunk_flags', start + 1);
  write.uint(d, 'sctp.chunk_length', start + 2);
  const said = chunkBody(d, type, start, Math.min(start + length, end));
  node.label += said === '' ? '' : ` ${said}`;
  const padding = (4 - (length % 4)) % 4;
  if (padding > 0 && start + length + padding <= end) write.bytes(d, 'sctp.chunk_padding', start + length, padding);
  d.close();
  return `${name}${said.startsWith('(') && (type === 0 || type === 3) ? ` ${said}` : ''} `;
}

/** RFC 9260. The CRC32c is not verified, as in Wireshark: network cards fill it in after the capture. */
function dissect(d: Dissection, start: number, end: number): void {
  const source = u16(d.bytes, start);
  const destination = u16(d.bytes, start + 2);
  const title = `Stream Control Transmission Protocol, Src Port: ${source}, Dst Port: ${destination}`;
  d.open('sctp', title, null, start, Math.max(0, end - start));
  if (end - start < HEADER) {
    if (d.quoted && end - start >= 8) {
      write.uint(d, 'sctp.srcport', start);
      write.uint(d, 'sctp.dstport', start + 2);
      write.uint(d, 'sctp.verification_tag', start + 4);
      d.close();
      return;
    }
    d.stop('SCTP', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return;
  }
  write.uint(d, 'sctp.srcport', start);
  write.uint(d, 'sctp.dstport', start + 2);
  write.uint(d, 'sctp.verification_tag', start + 4);
  const checksum = hexNumber(((u16(d.bytes, start + 8) << 16) | u16(d.bytes, start + 10)) >>> 0, 8);
  write.uint(d, 'sctp.checksum', start + 8, `${checksum} [unverified]`);
  write.derived(d, 'sctp.checksum.status', 2, 'Unverified', start + 8, 0);
  d.info = '';
  let info = '';
  for (let at = start + HEADER; at < end && !d.full; ) {
    const length = u16(d.bytes, at + 2);
    if (end - at < 4 || length < 4) {
      d.stop('SCTP', at, end - at < 4 ? 'chunk header is cut' : `chunk length ${length}`);
      break;
    }
    info += chunk(d, at, length, end);
    if (at + length > end) {
      if (!d.quoted) d.stop('SCTP', at, `chunk has ${end - at} of ${length} bytes`);
      break;
    }
    at += length + ((4 - (length % 4)) % 4);
  }
  d.info = info + d.info;
  d.close();
}

export const sctp: Dissector = { name: 'sctp', title: 'Stream Control Transmission Protocol', fields, dissect };
