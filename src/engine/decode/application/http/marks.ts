import { COMMAND_MARK, HTTP_MARKS, JNDI_MARK } from '../../../../shared/model/http-marks';
import { lookupName } from './lookup-name';

/** Bytes of a request that are searched: the longest head, and as much of a body as exploits need. */
const MAX_SCAN = 16 * 1024;
const MAX_BODY = 4096;
const SPACE = 0x20;
const PLUS = 0x2b;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const DOLLAR = 0x24;
const BRACE = 0x7b;
const BRACKET = 0x5b;
/** A command is a second one behind one of these. */
const SEPARATORS = ';|`(&';
/** Spaces between a separator and its command. */
const MAX_SPACES = 8;

const encoder = new TextEncoder();
const COMMANDS: readonly Uint8Array[] = ['wget http', 'curl http', 'wget -', 'curl -', 'tftp -g', 'busybox wget', 'nc -e', 'bash -i'].map(
  (text) => encoder.encode(text),
);
const JNDI = encoder.encode('jndi:');

/** A mark, or (number -1) a command that counts behind a separator. */
interface Known {
  readonly number: number;
  readonly anywhere: boolean;
  readonly bytes: Uint8Array;
}

/** Marks and commands by their first two bytes: places in `lists`, 0 for none. Nearly every byte is passed over with one look. */
const placeOfPair = new Uint8Array(65_536);
const lists: Known[][] = [[]];

function know(known: Known): void {
  const first = (known.bytes[0] ?? 0) << 8;
  const second = known.bytes[1] ?? 0;
  for (const pair of second === SPACE ? [first | SPACE, first | PLUS] : [first | second]) {
    let place = placeOfPair[pair] ?? 0;
    if (place === 0) {
      place = lists.push([]) - 1;
      placeOfPair[pair] = place;
    }
    lists[place]?.push(known);
  }
}

for (const [number, { text, part }] of HTTP_MARKS.entries()) {
  if (text !== '') know({ number, anywhere: part === 'any', bytes: encoder.encode(text) });
}
for (const bytes of COMMANDS) know({ number: -1, anywhere: true, bytes });
const LOOKUP = (DOLLAR << 8) | BRACE;

const scratch = new Uint8Array(MAX_SCAN);
const has = new Uint8Array(HTTP_MARKS.length);
/** Numbers of the marks that the last `findMarks` found. */
export const foundMarks = new Uint8Array(HTTP_MARKS.length);

/**
 * Looks for marks in a request's head and the beginning of its body, however they are written: percent-encoded once or twice, as JSON escapes,
 * in any case, Log4j's inside look-ups. Gives how many of `foundMarks` are valid.
 */
export function findMarks(bytes: Uint8Array, start: number, headEnd: number, end: number): number {
  const head = normalise(bytes, start, Math.min(headEnd, start + MAX_SCAN), 0);
  const length = normalise(bytes, headEnd, Math.min(end, headEnd + MAX_BODY), head);
  has.fill(0);
  let found = 0;
  const note = (number: number): void => {
    if (has[number] === 1) return;
    has[number] = 1;
    foundMarks[found++] = number;
  };
  const isJson = head < length && (scratch[head] === BRACE || scratch[head] === BRACKET);
  let pair = scratch[0] ?? 0;
  for (let at = 0; at + 1 < length; at++) {
    pair = ((pair & 0xff) << 8) | (scratch[at + 1] ?? 0);
    if (pair === LOOKUP && lookupName(scratch, at, length, JNDI)) note(JNDI_MARK);
    const place = placeOfPair[pair] ?? 0;
    if (place === 0) continue;
    const known = lists[place] as Known[];
    for (let i = 0; i < known.length; i++) {
      const { number, anywhere, bytes: text } = known[i] as Known;
      if ((at >= head && !anywhere) || !isAt(at, length, text)) continue;
      if (number >= 0) note(number);
      // Build servers and clusters are given scripts in JSON all day; devices are attacked by forms and XML.
      else if ((at < head || !isJson) && isBehindSeparator(at)) note(COMMAND_MARK);
    }
  }
  return found;
}

function isAt(at: number, end: number, text: Uint8Array): boolean {
  if (end - at < text.length) return false;
  for (let i = 1; i < text.length; i++) {
    const byte = scratch[at + i];
    if (byte !== text[i] && !(byte === PLUS && text[i] === SPACE)) return false;
  }
  return true;
}

function isBehindSeparator(at: number): boolean {
  let before = at - 1;
  for (let spaces = 0; spaces < MAX_SPACES && (scratch[before] === SPACE || scratch[before] === PLUS); spaces++) before--;
  return before >= 0 && SEPARATORS.includes(String.fromCharCode(scratch[before] ?? 0));
}

/** bytes[start..end) decoded and in lower case into `scratch` from `to` on; gives where it ends. */
function normalise(bytes: Uint8Array, start: number, end: number, to: number): number {
  let out = to;
  let again = false;
  for (let at = start; at < end && out < MAX_SCAN; at++) {
    let byte = bytes[at] ?? 0;
    if (byte === PERCENT) {
      const value = hexByte(bytes, at + 1, end);
      if (value >= 0) {
        byte = value;
        at += 2;
        again ||= value === PERCENT;
      }
    } else if (byte === BACKSLASH && (bytes[at + 1] ?? 0) === 0x75 && hexByte(bytes, at + 2, end) === 0) {
      const value = hexByte(bytes, at + 4, end);
      if (value >= 0) {
        byte = value;
        at += 5;
      }
    }
    scratch[out++] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
  }
  if (!again) return out;
  let write = to;
  for (let at = to; at < out; at++) {
    let byte = scratch[at] ?? 0;
    if (byte === PERCENT) {
      const value = hexByte(scratch, at + 1, out);
      if (value >= 0) {
        byte = value;
        at += 2;
      }
    }
    scratch[write++] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
  }
  return write;
}

/** Value of two hexadecimal digits; -1 where they are none. */
function hexByte(bytes: Uint8Array, at: number, end: number): number {
  if (at + 2 > end) return -1;
  const high = hexDigit(bytes[at] ?? 0);
  const low = hexDigit(bytes[at + 1] ?? 0);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
