import { hexNumber, u8 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, byteArray, hexUint, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer, dissectNext } from '../tree/next';
import { fieldWriter } from '../tree/writer';

const MESSAGES: Readonly<Record<number, string>> = {
  1: 'Echo request',
  2: 'Echo response',
  26: 'Error indication',
  31: 'Supported extension header notification',
  254: 'End marker',
  255: 'T-PDU',
};
const T_PDU = 255;
/** Extension headers are chained; real ones are one or two. */
const MAX_EXTENSIONS = 8;
const YES_NO = { 0: 'No', 1: 'Yes' };

const fields = {
  'gtp.flags': hexUint('Flags', 1),
  'gtp.flags.version': bits('Version', 1, 0xe0, { 1: 'GTP release 99 version' }),
  'gtp.flags.payload': bits('Protocol type', 1, 0x10, { 0: "GTP'", 1: 'GTP' }),
  'gtp.flags.reserved': bits('Reserved', 1, 0x08),
  'gtp.flags.e': bits('Is Next Extension Header present?', 1, 0x04, YES_NO),
  'gtp.flags.s': bits('Is Sequence Number present?', 1, 0x02, YES_NO),
  'gtp.flags.pn': bits('Is N-PDU number present?', 1, 0x01, YES_NO),
  'gtp.message': hexUint('Message Type', 1, MESSAGES),
  'gtp.length': uint('Length', 2),
  'gtp.teid': { ...hexUint('TEID', 4), base: 'hexdec' },
  'gtp.seq_number': { ...hexUint('Sequence number', 2), base: 'hexdec' },
  'gtp.npdu_number': hexUint('N-PDU Number', 1),
  'gtp.ext_hdr.next': hexUint('Next extension header type', 1),
  'gtp.ext_hdr': node('Extension header'),
  'gtp.ext_hdr.length': uint('Extension Header Length', 1),
  'gtp.ext_hdr.spare_bytes': byteArray('Content'),
} as const;
const write = fieldWriter(fields);

/** Skips the chain of extension headers; -1 where it breaks off. */
function extensions(d: Dissection, first: number, start: number, end: number): number {
  let at = start;
  let type = first;
  for (let count = 0; type !== 0 && count < MAX_EXTENSIONS; count++) {
    const length = u8(d.bytes, at) * 4;
    if (length === 0 || at + length > end) return -1;
    d.open('gtp.ext_hdr', `Extension header (${hexNumber(type, 2)})`, null, at, length);
    write.uint(d, 'gtp.ext_hdr.length', at);
    if (length > 2) write.bytes(d, 'gtp.ext_hdr.spare_bytes', at + 1, length - 2);
    type = write.uint(d, 'gtp.ext_hdr.next', at + length - 1);
    d.close();
    at += length;
  }
  return type === 0 ? at : -1;
}

/** GTP-U version 1: 3GPP TS 29.281. */
function dissect(d: Dissection, start: number, end: number): void {
  const flags = u8(d.bytes, start);
  const length = flags & 7 ? 12 : 8;
  const header = d.open('gtp', 'GPRS Tunneling Protocol', null, start, Math.min(length, end - start));
  if (flags >>> 5 !== 1) {
    write.uint(d, 'gtp.flags', start);
    d.info = `GTP version ${flags >>> 5}`;
    d.close();
    dissectLayer(d, data, start + 1, end);
    return;
  }
  if (end - start < length) {
    d.stop('GTP', start, `header has ${end - start} of ${length} bytes`);
    return;
  }
  write.uint(d, 'gtp.flags', start);
  d.nest();
  for (const name of [
    'gtp.flags.version',
    'gtp.flags.payload',
    'gtp.flags.reserved',
    'gtp.flags.e',
    'gtp.flags.s',
    'gtp.flags.pn',
  ] as const) {
    write.uint(d, name, start);
  }
  d.close();
  const message = write.uint(d, 'gtp.message', start + 1);
  write.uint(d, 'gtp.length', start + 2);
  write.uint(d, 'gtp.teid', start + 4);
  if (flags & 2) write.uint(d, 'gtp.seq_number', start + 8);
  if (flags & 1) write.uint(d, 'gtp.npdu_number', start + 10);
  let payload = start + length;
  if (flags & 4) {
    payload = extensions(d, write.uint(d, 'gtp.ext_hdr.next', start + 11), payload, end);
    if (payload < 0) {
      d.stop('GTP', start + length, 'extension headers break off');
      return;
    }
  }
  header.length = payload - start;
  d.close();
  d.info = MESSAGES[message] ?? `Unknown message (${hexNumber(message, 2)})`;
  if (message !== T_PDU || payload >= end) return;
  const version = u8(d.bytes, payload) >>> 4;
  dissectNext(d, d.layers.etherTypes, version === 4 ? 0x0800 : version === 6 ? 0x86dd : 0, payload, end);
}

export const gtp: Dissector = { name: 'gtp', title: 'GPRS Tunneling Protocol', fields, dissect };
