import { u8 } from '../../../shared/base/bytes';
import { byteArray, node, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, oneLine } from '../tree/writer';

const papFields = {
  'pap.code': uint('Code', 1, { 1: 'Authenticate-Request', 2: 'Authenticate-Ack', 3: 'Authenticate-Nak' }),
  'pap.identifier': uint('Identifier', 1),
  'pap.length': uint('Length', 2),
  'pap.data': node('Data'),
  'pap.peer_id.length': uint('Peer-ID-Length', 1),
  'pap.peer_id': text('Peer-ID'),
  'pap.password.length': uint('Password-Length', 1),
  'pap.password': text('Password'),
  'pap.message.length': uint('Message-Length', 1),
  'pap.message': text('Message'),
} as const;
const writePap = fieldWriter(papFields);

/** RFC 1334, 2. */
function dissectPap(d: Dissection, start: number, end: number): void {
  d.open('pap', 'PPP Password Authentication Protocol', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('PAP', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  const code = writePap.uint(d, 'pap.code', start);
  writePap.uint(d, 'pap.identifier', start + 1);
  const bodyEnd = Math.min(end, start + writePap.uint(d, 'pap.length', start + 2));
  d.info = ['', 'Authenticate-Request', 'Authenticate-Ack', 'Authenticate-Nak'][code] ?? `Unknown (${code})`;
  const names = code === 1 ? (['pap.peer_id', 'pap.password'] as const) : (['pap.message'] as const);
  const said: string[] = [];
  let at = start + 4;
  d.open('pap.data', 'Data', null, at, Math.max(0, bodyEnd - at));
  for (const name of names) {
    const length = u8(d.bytes, at);
    if (at >= bodyEnd || at + 1 + length > bodyEnd) break;
    writePap.uint(d, `${name}.length`, at);
    const value = writePap.text(d, name, at + 1, length);
    said.push(`${papFields[name].title}='${oneLine(value)}'`);
    at += 1 + length;
  }
  if (said.length > 0) d.info += ` (${said.join(', ')})`;
  d.close();
  d.close();
}

export const pap: Dissector = { name: 'pap', title: 'PPP Password Authentication Protocol', fields: papFields, dissect: dissectPap };

const chapFields = {
  'chap.code': uint('Code', 1, { 1: 'Challenge', 2: 'Response', 3: 'Success', 4: 'Failure' }),
  'chap.identifier': uint('Identifier', 1),
  'chap.length': uint('Length', 2),
  'chap.value_size': uint('Value Size', 1),
  'chap.value': byteArray('Value'),
  'chap.name': text('Name'),
  'chap.message': text('Message'),
} as const;
const writeChap = fieldWriter(chapFields);

/** RFC 1994. */
function dissectChap(d: Dissection, start: number, end: number): void {
  d.open('chap', 'PPP Challenge Handshake Authentication Protocol', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('CHAP', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  const code = writeChap.uint(d, 'chap.code', start);
  writeChap.uint(d, 'chap.identifier', start + 1);
  const bodyEnd = Math.min(end, start + writeChap.uint(d, 'chap.length', start + 2));
  d.info = ['', 'Challenge', 'Response', 'Success', 'Failure'][code] ?? `Unknown (${code})`;
  const at = start + 4;
  if ((code === 1 || code === 2) && at < bodyEnd) {
    const size = writeChap.uint(d, 'chap.value_size', at);
    if (at + 1 + size <= bodyEnd) {
      writeChap.bytes(d, 'chap.value', at + 1, size);
      d.info += ` (NAME='${oneLine(writeChap.text(d, 'chap.name', at + 1 + size, bodyEnd - at - 1 - size))}')`;
    }
  } else if (at < bodyEnd) {
    d.info += ` (MESSAGE='${oneLine(writeChap.text(d, 'chap.message', at, bodyEnd - at))}')`;
  }
  d.close();
}

export const chap: Dissector = {
  name: 'chap',
  title: 'PPP Challenge Handshake Authentication Protocol',
  fields: chapFields,
  dissect: dissectChap,
};
