import { AuthService } from '../../../shared/model/event-kinds';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { indexOf, lineEnd, startsWith, startsWithNoCase, u8 } from './bytes';
import { fieldList } from './field-list';
import { Layer, portsOf, readable, say, utf8 } from './layer';
import { Phase, phaseOf, setPhase, tellOutcome, tellSecret } from './login';
import type { ApplicationProtocol, Conversation, MessageSummary } from './protocol';
import { NEED_MORE, TO_SEGMENT_END } from './protocol';

const name = protocolNames.id('RESP');
const PORT = 6379;
/** Elements of one request or reply that are walked; more are taken as they come with the segment. */
const MAX_ELEMENTS = 100_000;
/** Elements that Info and the tree of one packet show. */
const MAX_SHOWN = 1000;
const MAX_LINE = 65_536;
const [STRING, ERROR, INTEGER, BULK, ARRAY] = [0x2b, 0x2d, 0x3a, 0x24, 0x2a] as const;

/** '$12' or '*-1': the number behind the type byte; 0 where there is none. */
function count(bytes: Uint8Array, at: number, end: number): number {
  const negative = u8(bytes, at) === 0x2d;
  let value = 0;
  for (let i = negative ? at + 1 : at; i < end && i < at + 10 && u8(bytes, i) >= 0x30 && u8(bytes, i) <= 0x39; i++)
    value = value * 10 + u8(bytes, i) - 0x30;
  return negative ? -value : value;
}

/** A whole value, arrays walked without recursion; inline commands are lines (Redis protocol specification). */
function frame(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let elements = 1;
  for (let walked = 0; elements > 0; walked++) {
    if (walked > MAX_ELEMENTS) return TO_SEGMENT_END;
    const feed = indexOf(bytes, 0x0a, at, Math.min(end, at + MAX_LINE));
    if (feed < 0) return end - at < MAX_LINE ? NEED_MORE : TO_SEGMENT_END;
    const type = u8(bytes, at);
    const number = type === BULK || type === ARRAY ? count(bytes, at + 1, feed) : 0;
    at = feed + 1;
    elements--;
    if (type === BULK && number >= 0) {
      at += number + 2;
      if (at > end && elements > 0) return NEED_MORE;
    } else if (type === ARRAY && number > 0) elements += number;
  }
  return at - start;
}

function dissect(d: Dissection, start: number, end: number): void {
  const ports = portsOf(d);
  const layer = new Layer(d, redis, start, end);
  const said: string[] = [];
  let open = 0;
  let elementsLeft = 0;
  for (let shown = 0; layer.more && shown < MAX_SHOWN; shown++) {
    const at = layer.at;
    const feed = indexOf(layer.bytes, 0x0a, at, end);
    const stop = feed < 0 ? end : feed + 1;
    const line = utf8(layer.bytes, at + 1, Math.max(at + 1, feed < 0 ? end : feed - 1));
    const type = u8(layer.bytes, at);
    layer.take(stop - at);
    if (type === ARRAY) {
      const size = count(layer.bytes, at + 1, stop);
      elementsLeft = size;
      if (size > 0 && open === 0) {
        layer.d.open('resp.array', `Array(${size})`, null, at, 0);
        open = 1;
      }
      continue;
    }
    said.push(element(layer, type, line, at, stop, end));
    if (open === 1 && --elementsLeft <= 0) {
      layer.d.close();
      open = 0;
    }
  }
  layer.finish();
  say(d, `${ports.source === PORT ? 'Response' : 'Request'}: ${said.slice(0, 100).join(' ')}`);
}

function element(layer: Layer, type: number, line: string, at: number, next: number, end: number): string {
  const names: Readonly<Record<number, string>> = { [STRING]: 'resp.string', [ERROR]: 'resp.error', [INTEGER]: 'resp.integer' };
  const named = names[type];
  if (named !== undefined) {
    layer.add(named, type === INTEGER ? Number(line) : line, readable(line), at, next - at);
    return type === ERROR ? `Error: ${readable(line)}` : readable(line);
  }
  if (type !== BULK) {
    const text = utf8(layer.bytes, at, next).trim();
    layer.add('resp.string', text, readable(text), at, next - at);
    return readable(text);
  }
  const length = count(layer.bytes, at + 1, next);
  if (length < 0) {
    layer.add('resp.bulk_string', null, 'nil', at, next - at);
    return 'nil';
  }
  const stop = Math.min(end, next + length);
  const text = utf8(layer.bytes, next, stop);
  layer.add('resp.bulk_string.value', text, readable(text), next, stop - next);
  layer.take(Math.min(end - layer.at, length + 2));
  return readable(text);
}

/** 'AUTH ...' as a line, or as an array whose first element is AUTH. */
function isAuth(bytes: Uint8Array, start: number, end: number): boolean {
  if (u8(bytes, start) !== ARRAY) return startsWithNoCase(bytes, start, end, 'AUTH ');
  const first = lineEnd(bytes, start, Math.min(end, start + 16));
  return first > 0 && startsWith(bytes, first, end, '$4\r\n') && startsWithNoCase(bytes, first + 4, end, 'AUTH');
}

function readAnswer(bytes: Uint8Array, start: number, end: number, conversation: Conversation, summary: MessageSummary): void {
  if (phaseOf(conversation) !== Phase.Answer) return;
  if (startsWith(bytes, start, end, '+OK')) tellOutcome(conversation, summary, AuthService.Redis, true);
  else if (startsWith(bytes, start, end, '-WRONGPASS') || startsWith(bytes, start, end, '-ERR invalid password'))
    tellOutcome(conversation, summary, AuthService.Redis, false);
  else setPhase(conversation, Phase.None);
}

/** REdis Serialization Protocol, version 2. */
export const redis: ApplicationProtocol = {
  name: 'resp',
  title: 'REdis Serialization Protocol',
  tcpPorts: [PORT],
  frame,
  summarise: (bytes, start, end, conversation, summary) => {
    summary.protocol = name;
    if (conversation.sourcePort === PORT) readAnswer(bytes, start, end, conversation, summary);
    else if (isAuth(bytes, start, end)) tellSecret(conversation, summary, AuthService.Redis);
    return true;
  },
  fields: fieldList(
    'resp',
    'REdis Serialization Protocol',
    `.array none Array
    .string string String
    .error string Error
    .integer int Integer
    .bulk_string none Bulk String
    .bulk_string.value string Value`,
  ),
  dissect,
};
