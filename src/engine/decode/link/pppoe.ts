import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { bits, byteArray, hexUint, node, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter, hexLabel, oneLine } from '../tree/writer';
import { barePpp } from './ppp';

const HEADER = 6;
/** RFC 2516. */
const CODES: Readonly<Record<number, string>> = {
  0: 'Session Data',
  7: 'Active Discovery Offer (PADO)',
  9: 'Active Discovery Initiation (PADI)',
  25: 'Active Discovery Request (PADR)',
  101: 'Active Discovery Session-confirmation (PADS)',
  167: 'Active Discovery Terminate (PADT)',
};

const headerFields = {
  'pppoe.version': bits('Version', 1, 0xf0),
  'pppoe.type': bits('Type', 1, 0x0f),
  'pppoe.code': hexUint('Code', 1, CODES),
  'pppoe.session_id': hexUint('Session ID', 2),
  'pppoe.payload_length': uint('Payload Length', 2),
} as const;
const writeHeader = fieldWriter(headerFields);

const discoveryFields = {
  ...headerFields,
  'pppoed.tags': node('PPPoE Tags'),
  'pppoed.tags.service_name': text('Service-Name'),
  'pppoed.tags.ac_name': text('AC-Name'),
  'pppoed.tags.host_uniq': byteArray('Host-Uniq'),
  'pppoed.tags.ac_cookie': byteArray('AC-Cookie'),
  'pppoed.tags.relay_session_id': byteArray('Relay-Session-Id'),
  'pppoed.tags.service_name_error': text('Service-Name-Error'),
  'pppoed.tags.ac_system_error': text('AC-System-Error'),
  'pppoed.tags.generic_error': text('Generic-Error'),
} as const;
const writeTag = fieldWriter(discoveryFields);

const texts = {
  257: 'pppoed.tags.service_name',
  258: 'pppoed.tags.ac_name',
  513: 'pppoed.tags.service_name_error',
  514: 'pppoed.tags.ac_system_error',
  515: 'pppoed.tags.generic_error',
} as const;
const binaries = { 259: 'pppoed.tags.host_uniq', 260: 'pppoed.tags.ac_cookie', 272: 'pppoed.tags.relay_session_id' } as const;
const isText = (type: number): type is keyof typeof texts => Object.hasOwn(texts, type);
const isBinary = (type: number): type is keyof typeof binaries => Object.hasOwn(binaries, type);

/** False: the header is cut, and the node says so. */
function header(d: Dissection, name: string, title: string, start: number, end: number): boolean {
  d.open(name, title, null, start, Math.max(0, Math.min(HEADER, end - start)));
  if (end - start < HEADER) {
    d.stop('PPPoE', start, `header has ${Math.max(0, end - start)} of ${HEADER} bytes`);
    return false;
  }
  writeHeader.uint(d, 'pppoe.version', start);
  writeHeader.uint(d, 'pppoe.type', start);
  writeHeader.uint(d, 'pppoe.code', start + 1);
  writeHeader.uint(d, 'pppoe.session_id', start + 2);
  writeHeader.uint(d, 'pppoe.payload_length', start + 4);
  return true;
}

function tags(d: Dissection, start: number, end: number): void {
  d.open('pppoed.tags', 'PPPoE Tags', null, start, end - start);
  for (let at = start; at + 4 <= end && !d.full; ) {
    const type = u16(d.bytes, at);
    const length = u16(d.bytes, at + 2);
    if (at + 4 + length > end) {
      d.add('', `Tag with a length of ${length}: does not fit in ${end - at} bytes`, null, at, end - at);
      break;
    }
    if (isText(type)) {
      const value = length > 0 ? writeTag.text(d, texts[type], at + 4, length) : '';
      if (type === 0x0102) d.info += ` AC-Name='${oneLine(value)}'`;
    } else if (isBinary(type)) {
      writeTag.bytes(d, binaries[type], at + 4, length);
    } else {
      d.add('', `Tag ${hexNumber(type, 4)}: ${hexLabel(d.bytes, at + 4, length)}`, null, at, 4 + length);
    }
    at += 4 + length;
    if (type === 0) break;
  }
  d.close();
}

function dissectDiscovery(d: Dissection, start: number, end: number): void {
  if (!header(d, 'pppoed', 'PPP-over-Ethernet Discovery', start, end)) return;
  const code = u8(d.bytes, start + 1);
  d.info = CODES[code] ?? `Unknown code (${hexNumber(code, 2)})`;
  const tagsEnd = Math.min(end, start + HEADER + u16(d.bytes, start + 4));
  d.payloadEnd = Math.min(d.payloadEnd, tagsEnd);
  if (tagsEnd > start + HEADER) tags(d, start + HEADER, tagsEnd);
  d.close();
}

function dissectSession(d: Dissection, start: number, end: number): void {
  if (!header(d, 'pppoes', 'PPP-over-Ethernet Session', start, end)) return;
  d.close();
  const length = u16(d.bytes, start + 4);
  const payloadEnd = Math.min(end, start + HEADER + length);
  d.payloadEnd = Math.min(d.payloadEnd, payloadEnd);
  d.reportedEnd = Math.min(d.reportedEnd, start + HEADER + length);
  dissectLayer(d, barePpp, start + HEADER, payloadEnd);
}

export const pppoeDiscovery: Dissector = {
  name: 'pppoed',
  title: 'PPP-over-Ethernet Discovery',
  fields: discoveryFields,
  dissect: dissectDiscovery,
};
export const pppoeSession: Dissector = {
  name: 'pppoes',
  title: 'PPP-over-Ethernet Session',
  fields: headerFields,
  dissect: dissectSession,
};
