import { protocolNames } from '../protocol-names';
import { lineEnd, startsWith } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, say, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NOT_MINE, TO_SEGMENT_END } from './protocol';

const name = protocolNames.id('XMPP/XML');
/** Stanzas and stream headers begin with one of these. */
const starts: readonly string[] = [
  '<?xml',
  '<stream:',
  '</stream:',
  '<iq',
  '<message',
  '<presence',
  '<starttls',
  '<proceed',
  '<auth',
  '<success',
  '<failure',
  '<challenge',
  '<response',
];

function isXmpp(bytes: Uint8Array, start: number, end: number): boolean {
  for (const text of starts) if (startsWith(bytes, start, end, text)) return true;
  return false;
}

/** RFC 6120, until TLS takes over. */
export const xmpp: ApplicationProtocol = {
  name: 'xmpp',
  title: 'XMPP Protocol',
  tcpPorts: [5222, 5269],
  frame: (bytes, start, end) => (isXmpp(bytes, start, end) ? TO_SEGMENT_END : NOT_MINE),
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = name;
    return true;
  },
  fields: fieldList('xmpp', 'XMPP Protocol', ''),
  dissect: (d, start, end) => {
    const layer = new Layer(d, xmpp, start, end);
    const next = lineEnd(d.bytes, start, end);
    const text = readable(utf8(d.bytes, start, next < 0 ? end : next));
    layer.rest('XML');
    layer.finish();
    say(d, text);
  },
};
