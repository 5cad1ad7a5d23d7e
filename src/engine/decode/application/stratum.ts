import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, lineEnd, startsWith, textEnd, u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NOT_MINE, TO_SEGMENT_END } from './protocol';
import { looksLikeRecord } from './tls/record';

/** Wireshark has no name for it and shows TCP; the flow is known all the same. */
const tcpName = protocolNames.id('TCP');
/** A first request is a line of a few hundred bytes. */
const MAX_SEARCH = 1024;
/** What miners and pools say first: of the Stratum dialects of Bitcoin, Monero and Ethereum. */
const methods: readonly string[] = [
  'mining.subscribe',
  'mining.authorize',
  'mining.notify',
  'mining.set_difficulty',
  'mining.extranonce.subscribe',
  'mining.configure',
  'eth_submitLogin',
  'eth_getWork',
];

/** A JSON object in one line that names one of the methods, or a Monero login with its agent. */
function isStratum(bytes: Uint8Array, start: number, end: number): boolean {
  if (u8(bytes, start) !== 0x7b) return false;
  const stop = Math.min(end, start + MAX_SEARCH);
  let login = false;
  let agent = false;
  for (let at = indexOf(bytes, 0x22, start, stop); at >= 0; at = indexOf(bytes, 0x22, at + 1, stop)) {
    const from = at + 1;
    if (startsWith(bytes, from, stop, 'mining.') || startsWith(bytes, from, stop, 'eth_')) {
      for (const method of methods) if (startsWith(bytes, from, stop, method) && u8(bytes, from + method.length) === 0x22) return true;
    }
    login ||= startsWith(bytes, from, stop, 'login"');
    agent ||= startsWith(bytes, from, stop, 'agent"');
  }
  return login && agent;
}

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, stratum, start, end);
  while (layer.more) {
    const next = lineEnd(layer.bytes, layer.at, end);
    const stop = next < 0 ? end : next;
    const text = utf8(layer.bytes, layer.at, textEnd(layer.bytes, layer.at, stop));
    layer.d.add('', readable(text), text, layer.at, stop - layer.at);
    layer.take(stop - layer.at);
  }
  layer.finish();
}

/** Stratum, what mining software speaks with its pool: JSON-RPC in lines over TCP. */
export const stratum: ApplicationProtocol = {
  name: 'stratum',
  title: 'Stratum Mining Protocol',
  recogniseTcp: isStratum,
  frame: (bytes, start, end) => (looksLikeRecord(bytes, start, end) ? NOT_MINE : TO_SEGMENT_END),
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = tcpName;
    return true;
  },
  fields: fieldList('stratum', 'Stratum Mining Protocol', ''),
  dissect,
};
