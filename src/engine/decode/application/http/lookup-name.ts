const DOLLAR = 0x24;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const MINUS = 0x2d;
/** Bytes of one look-up that are read, and how deep look-ups stand in each other: exploits that are sent by thousands stay far below. */
const MAX_LENGTH = 256;
const MAX_DEPTH = 16;

const out = new Uint8Array(MAX_LENGTH);
const starts = new Uint16Array(MAX_DEPTH);

/**
 * The look-up `${...}` at `at` begins, once the look-ups inside are resolved as Log4j would, with `name`: '${${lower:j}ndi:', '${${::-j}${::-n}di:',
 * '${${env:NOTHING:-j}ndi:'. What an inner one stands for is what follows its first ':-', else its last ':'. In lower case; in constant time and space.
 */
export function lookupName(bytes: Uint8Array, at: number, end: number, name: Uint8Array): boolean {
  const stop = Math.min(end, at + MAX_LENGTH);
  let length = 0;
  let depth = 0;
  for (let i = at + 2; i < stop; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === DOLLAR && bytes[i + 1] === OPEN) {
      if (depth === MAX_DEPTH) return false;
      starts[depth++] = length;
      i++;
    } else if (byte === CLOSE) {
      if (depth === 0) return false;
      length = resolve(starts[--depth] ?? 0, length);
    } else out[length++] = byte;
    if (depth === 0 && length >= name.length) return begins(name);
  }
  return false;
}

/** Puts out[start..end) into its own place; gives the new end. */
function resolve(start: number, end: number): number {
  let from = start;
  for (let i = start; i < end; i++) {
    if (out[i] !== COLON) continue;
    from = i + 1;
    if (i + 1 >= end || out[i + 1] !== MINUS) continue;
    from = i + 2;
    break;
  }
  out.copyWithin(start, from, end);
  return start + end - from;
}

function begins(name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (out[i] !== name[i]) return false;
  return true;
}
