import { hexNumber, u8, u32 } from '../../../shared/base/bytes';
import { byteArray, hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter } from '../tree/writer';
import { dissectTransport } from './ip-payload';
import { ipProtocolNames } from './ip-protocol-names';

const espFields = {
  'esp.spi': { ...hexUint('ESP SPI', 4), base: 'hexdec' },
  'esp.sequence': uint('ESP Sequence', 4),
} as const;
const writeEsp = fieldWriter(espFields);

/** RFC 4303: everything after the sequence number is encrypted. */
function dissectEsp(d: Dissection, start: number, end: number): void {
  d.open('esp', 'Encapsulating Security Payload', null, start, Math.max(0, end - start));
  if (end - start < 8) {
    d.stop('ESP', start, `header has ${Math.max(0, end - start)} of 8 bytes`);
    return;
  }
  const spi = writeEsp.uint(d, 'esp.spi', start);
  writeEsp.uint(d, 'esp.sequence', start + 4);
  d.info = `ESP (SPI=${hexNumber(spi, 8)})`;
  d.close();
}

const ahFields = {
  'ah.next_header': uint('Next header', 1, ipProtocolNames),
  'ah.length': uint('Length', 1),
  'ah.reserved': byteArray('Reserved'),
  'ah.spi': hexUint('AH SPI', 4),
  'ah.sequence': uint('AH Sequence', 4),
  'ah.icv': byteArray('AH ICV'),
} as const;
const writeAh = fieldWriter(ahFields);

/** RFC 4302: the length counts 32-bit words less two. */
function dissectAh(d: Dissection, start: number, end: number): void {
  const length = (u8(d.bytes, start + 1) + 2) * 4;
  d.open('ah', 'Authentication Header', null, start, Math.max(0, Math.min(length, end - start)));
  if (end - start < 12 || end - start < length || length < 12) {
    d.stop('AH', start, `header has ${Math.max(0, end - start)} of ${Math.max(12, length)} bytes`);
    return;
  }
  const next = writeAh.uint(d, 'ah.next_header', start);
  writeAh.uint(d, 'ah.length', start + 1, `${u8(d.bytes, start + 1)} (${length} bytes)`);
  writeAh.bytes(d, 'ah.reserved', start + 2, 2);
  writeAh.uint(d, 'ah.spi', start + 4);
  writeAh.uint(d, 'ah.sequence', start + 8);
  if (length > 12) writeAh.bytes(d, 'ah.icv', start + 12, length - 12);
  d.info = `AH (SPI=${hexNumber(u32(d.bytes, start + 4), 8)})`;
  d.close();
  dissectTransport(d, next, start + length, end);
}

export const esp: Dissector = { name: 'esp', title: 'Encapsulating Security Payload', fields: espFields, dissect: dissectEsp };
export const ah: Dissector = { name: 'ah', title: 'Authentication Header', fields: ahFields, dissect: dissectAh };
