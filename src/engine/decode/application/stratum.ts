import { EventKind, MiningToken } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, lineEnd, startsWith, textEnd, u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, readable, utf8 } from './layer';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';
import { NOT_MINE, TO_SEGMENT_END } from './protocol';
import { looksLikeRecord } from './tls/record';

/** Wireshark has no name for it and shows TCP; the flow is known all the same. */
const tcpName = protocolNames.id('TCP');
/** A first request is a line of a few hundred bytes. */
const MAX_SEARCH = 1024;
const QUOTE = 0x22;
const BRACKET = 0x5b;
/** What miners and pools say first: of the Stratum dialects of Bitcoin, Monero and Ethereum. */
const methods: readonly string[] = [
  'mining.subscribe',
  'mining.authorize',
  'mining.notify',
  'mining.set_difficulty',
  'mining.extranonce.subscribe',
  'mining.configure',
  'mining.submit',
  'eth_submitLogin',
  'eth_getWork',
  'eth_submitWork',
  'eth_submitHashrate',
];
/** Work of Ethereum's kind begins with two hashes. */
const HASH = 66;

/** '["0x...","0x...' with hashes of 32 bytes. */
function isWork(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = 0, from = at; i < 2; i++, from += HASH + 3) {
    if (!startsWith(bytes, from, end, '"0x') || u8(bytes, from + HASH + 1) !== QUOTE) return false;
  }
  return true;
}

/** A JSON object in one line that names one of the methods, a Monero login or job, or a pool's work. */
function isStratum(bytes: Uint8Array, start: number, end: number): boolean {
  if (u8(bytes, start) !== 0x7b) return false;
  const stop = Math.min(end, start + MAX_SEARCH);
  let login = false;
  let agent = false;
  let job = false;
  let work = false;
  for (let at = indexOf(bytes, 0x22, start, stop); at >= 0; at = indexOf(bytes, 0x22, at + 1, stop)) {
    const from = at + 1;
    if (startsWith(bytes, from, stop, 'mining.') || startsWith(bytes, from, stop, 'eth_')) {
      for (const method of methods) if (startsWith(bytes, from, stop, method) && u8(bytes, from + method.length) === 0x22) return true;
    }
    login ||= startsWith(bytes, from, stop, 'login"');
    agent ||= startsWith(bytes, from, stop, 'agent"');
    job ||= startsWith(bytes, from, stop, 'job_id"');
    work ||= startsWith(bytes, from, stop, 'blob"') || startsWith(bytes, from, stop, 'nonce"');
    if (startsWith(bytes, from, stop, '0x') && u8(bytes, at - 1) === BRACKET && isWork(bytes, at, stop)) return true;
  }
  return (login && agent) || (job && work);
}

/** Strings of JSON that say what a message is, with the quotation mark behind them. */
const tokens: readonly (readonly [text: string, bit: number])[] = [
  ['mining.subscribe"', MiningToken.Subscribe],
  ['mining.authorize"', MiningToken.Authorize],
  ['mining.notify"', MiningToken.Notify],
  ['mining.submit"', MiningToken.Submit],
  ['login"', MiningToken.Login],
  ['job_id"', MiningToken.Job],
  ['blob"', MiningToken.Job],
  ['submit"', MiningToken.Submit],
  ['eth_submitLogin"', MiningToken.EthSubmitLogin],
  ['eth_submitWork"', MiningToken.Submit],
  ['eth_submitHashrate"', MiningToken.Submit],
  ['eth_getWork"', MiningToken.GetWork],
  ['mining.configure"', MiningToken.Configure],
  ['mining.set_difficulty"', MiningToken.Difficulty],
  ['mining.set_target"', MiningToken.Difficulty],
  ['mining.extranonce.subscribe"', MiningToken.Subscribe],
];
/** Behind one of these the worker or wallet is named. */
const NAMED = MiningToken.Authorize | MiningToken.Login | MiningToken.EthSubmitLogin;
/** Bytes of a message that are searched: a job with its branches takes about four thousand. */
const MAX_TOKENS = 8192;
/** A wallet's address with a worker's name behind it. */
const MAX_NAME = 256;

/** Where the name begins: the first string of "params", or the value of "login" among them. */
function nameAt(bytes: Uint8Array, start: number, end: number): number {
  for (let at = indexOf(bytes, 0x22, start, end); at >= 0; at = indexOf(bytes, 0x22, at + 1, end)) {
    const list = startsWith(bytes, at, end, '"params"');
    if (!list && !startsWith(bytes, at, end, '"login"')) continue;
    // Between the key and the name: a colon, perhaps the list's bracket, spaces.
    let value = at + (list ? 8 : 7);
    while (value < end && (u8(bytes, value) === 0x20 || u8(bytes, value) === 0x3a || u8(bytes, value) === 0x5b)) value++;
    if (u8(bytes, value) === 0x22) return value + 1;
  }
  return -1;
}

function summarise(bytes: Uint8Array, start: number, end: number, _conversation: Conversation, summary: MessageSummary): boolean {
  summary.protocol = tcpName;
  const stop = Math.min(end, start + MAX_TOKENS);
  let found = 0;
  for (let at = indexOf(bytes, 0x22, start, stop); at >= 0; at = indexOf(bytes, 0x22, at + 1, stop)) {
    for (const [text, bit] of tokens) if (startsWith(bytes, at + 1, stop, text)) found |= bit;
    if (u8(bytes, at - 1) === BRACKET && isWork(bytes, at, stop)) found |= MiningToken.Work;
  }
  if (found === 0) return true;
  const name = (found & NAMED) === 0 ? -1 : nameAt(bytes, start, stop);
  const nameEnd = name < 0 ? -1 : indexOf(bytes, 0x22, name, Math.min(stop, name + MAX_NAME));
  summary.addEvent(EventKind.Mining, found, nameEnd > name ? summary.text(bytes, name, nameEnd) : -1);
  return true;
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
  summarise,
  fields: fieldList('stratum', 'Stratum Mining Protocol', ''),
  dissect,
};
