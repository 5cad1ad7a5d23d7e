import { formatIpv4, formatIpv6, formatMac } from '../../../shared/model/addresses';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import type { Field, FieldValue } from '../tree/field';
import { u8, u16, u32 } from './bytes';

/** Names of a field's numbers: a table, or a function that gives undefined for those without a name. */
export type Words = Readonly<Record<number, string>> | ((value: number) => string | undefined);

/** The protocol that a layer belongs to: what a `Dissector` says about itself. */
export type LayerOwner = Pick<Dissector, 'name' | 'title' | 'fields'>;

/** Longer texts and byte strings are cut in labels; the value holds them whole. */
const MAX_LABEL = 240;

/**
 * Builds the tree of one message from a cursor that moves forward. Reading beyond `end` adds one node that says so, sets `failed` and makes
 * every later read give 0 without a field, so dissectors read straight on and only their loops look at `failed` (or at `more`).
 */
export class Layer {
  readonly d: Dissection;
  readonly owner: LayerOwner;
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly node: Field;
  at: number;
  end: number;
  failed = false;
  readonly #depth: number;
  readonly #limit: number;

  constructor(d: Dissection, owner: LayerOwner, start: number, end: number, label: string = owner.title) {
    this.d = d;
    this.owner = owner;
    this.start = start;
    this.bytes = d.bytes;
    this.at = start;
    this.end = end;
    this.#limit = end;
    this.#depth = d.depth;
    this.node = d.open(owner.name, label, null, start, Math.max(0, end - start));
  }

  /** Closes every node that is open and the message's own. */
  finish(): void {
    this.d.closeTo(this.#depth);
  }

  /** A loop over the message's parts may go on. */
  get more(): boolean {
    return !this.failed && this.at < this.end && !this.d.full;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** Moves on by `length` and gives where it began; -1 where so many bytes are not there. */
  take(length: number): number {
    const at = this.at;
    if (this.failed || length < 0 || at + length > this.end) {
      this.fail(`${length} bytes are announced and ${this.end - at} are left`);
      return -1;
    }
    this.at += length;
    return at;
  }

  fail(reason: string): void {
    if (this.failed) return;
    this.failed = true;
    this.d.stop(this.owner.title, this.at, reason);
  }

  open(name: string, label: string, length = -1, value: FieldValue = null): Field {
    return this.d.open(name, label, value, this.at, this.#within(this.at, length));
  }

  /** Ends the node that was opened last; one that had no length gets what was read since. */
  close(node: Field): void {
    if (node.length === 0) node.length = this.at - node.start;
    this.d.close();
  }

  add(name: string, value: FieldValue, text: string, start: number, length: number): Field {
    const from = Math.min(start, this.#limit);
    return this.d.add(name, `${this.title(name)}: ${text}`, value, from, this.#within(from, length));
  }

  /** Lengths that were reckoned from decoded text or from what a header claims must not reach beyond the message. */
  #within(start: number, length: number): number {
    return Math.max(0, Math.min(length, this.#limit - start));
  }

  /** A fact that follows from bytes but is not among them: '[Direction: ...]'. */
  derived(name: string, value: FieldValue, text: string): Field {
    return this.d.add(name, `[${this.title(name)}: ${text}]`, value, this.at, 0);
  }

  title(name: string): string {
    return name === '' ? 'Value' : (this.owner.fields[name]?.title ?? name);
  }

  /** An unsigned number, big-endian, up to six bytes. */
  uint(name: string, size: number, words?: Words): number {
    const value = this.#number(size, false);
    if (!this.failed) this.add(name, value, worded(value, words), this.at - size, size);
    return value;
  }

  uintLe(name: string, size: number, words?: Words): number {
    const value = this.#number(size, true);
    if (!this.failed) this.add(name, value, worded(value, words), this.at - size, size);
    return value;
  }

  /** A number that people read in hexadecimal. */
  hex(name: string, size: number, words?: Words, little = false): number {
    const value = this.#number(size, little);
    const digits = `0x${value.toString(16).padStart(size * 2, '0')}`;
    const word = nameOf(words, value);
    if (!this.failed) this.add(name, value, word === undefined ? digits : `${word} (${digits})`, this.at - size, size);
    return value;
  }

  /** Eight bytes. */
  uint64(name: string, little = false, hexadecimal = false): bigint {
    const at = this.take(8);
    if (at < 0) return 0n;
    let value = 0n;
    for (let i = 0; i < 8; i++) value = (value << 8n) | BigInt(u8(this.bytes, little ? at + 7 - i : at + i));
    this.add(name, value, hexadecimal ? `0x${value.toString(16).padStart(16, '0')}` : String(value), at, 8);
    return value;
  }

  /** Part of a number that was just read: `value` of `size` bytes that end at the cursor. */
  bits(name: string, value: number, size: number, mask: number, words?: Words): number {
    let shift = 0;
    while (shift < 31 && ((mask >>> shift) & 1) === 0) shift++;
    const part = (value & mask) >>> shift;
    if (this.failed) return part;
    const isFlag = mask >>> shift === 1;
    const text = nameOf(words, part) ?? (isFlag ? (part ? 'Set' : 'Not set') : String(part));
    const typed = this.owner.fields[name]?.type === 'bool' ? part === 1 : part;
    this.d.add(name, `${pattern(value, mask, size)} = ${this.title(name)}: ${text}`, typed, this.at - size, size);
    return part;
  }

  data(name: string, length: number): number {
    const at = this.take(length);
    if (at >= 0)
      this.add(name, this.bytes.subarray(at, at + length), length === 0 ? '<MISSING>' : hexText(this.bytes, at, at + length), at, length);
    return at;
  }

  /** Bytes that Wireshark has no field for: a node with words only. */
  rest(title: string, length = this.left): void {
    const at = length > 0 ? this.take(length) : -1;
    if (at >= 0) this.d.add('', `${title}: ${hexText(this.bytes, at, at + length)}`, null, at, length);
  }

  /** Text of a known length; control characters are shown as '\r', '\x01'. */
  text(name: string, length: number): string {
    const at = this.take(length);
    if (at < 0) return '';
    const text = utf8(this.bytes, at, at + length);
    this.add(name, text, readable(text), at, length);
    return text;
  }

  ipv4(name: string): string {
    const at = this.take(4);
    if (at < 0) return '';
    const text = formatIpv4(u32(this.bytes, at));
    this.add(name, text, text, at, 4);
    return text;
  }

  ipv6(name: string): string {
    const at = this.take(16);
    if (at < 0) return '';
    const text = formatIpv6(u32(this.bytes, at), u32(this.bytes, at + 4), u32(this.bytes, at + 8), u32(this.bytes, at + 12));
    this.add(name, text, text, at, 16);
    return text;
  }

  ether(name: string): string {
    const at = this.take(6);
    if (at < 0) return '';
    const text = formatMac(u32(this.bytes, at), u16(this.bytes, at + 4));
    this.add(name, text, text, at, 6);
    return text;
  }

  #number(size: number, little: boolean): number {
    const at = this.take(size);
    if (at < 0) return 0;
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + u8(this.bytes, little ? at + size - 1 - i : at + i);
    return value;
  }
}

export function nameOf(words: Words | undefined, value: number): string | undefined {
  return typeof words === 'function' ? words(value) : words?.[value];
}

function worded(value: number, words: Words | undefined): string {
  const word = nameOf(words, value);
  return word === undefined ? String(value) : `${word} (${value})`;
}

/** '.... .011' for the bits of `mask`. */
function pattern(value: number, mask: number, size: number): string {
  let text = '';
  for (let bit = size * 8 - 1; bit >= 0; bit--) {
    text += (mask >>> bit) & 1 ? (value >>> bit) & 1 : '.';
    if (bit % 4 === 0 && bit > 0) text += ' ';
  }
  return text;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
export const utf8 = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end));

/** One line for a person: control characters as escapes, cut where it is long. */
export function readable(text: string): string {
  const cut = text.length > MAX_LABEL ? `${text.slice(0, MAX_LABEL)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '\r') return '\\r';
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

export function hexText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  const stop = Math.min(end, start + MAX_LABEL / 4);
  for (let i = start; i < stop; i++) text += u8(bytes, i).toString(16).padStart(2, '0');
  return stop < end ? `${text}…` : text;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 'May 30, 2019 20:02:36.073681418 UTC'. */
export function utcTime(epochSecond: number, nanosecond: number): string {
  const date = new Date(epochSecond * 1000);
  if (Number.isNaN(date.getTime())) return `${epochSecond} s`;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2, ' ')}, ${date.getUTCFullYear()}`;
  return `${day} ${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}.${String(nanosecond).padStart(9, '0')} UTC`;
}

const NOTES = ['[Malformed Packet]', '[Packet size limited during capture]'] as const;

/** Sets Info. What `Dissection.stop` has put behind it while the message was read stays there. */
export function say(d: Dissection, info: string): void {
  d.info = info + (d.malformed === null ? '' : (NOTES.find((note) => d.info.endsWith(note) && !info.endsWith(note)) ?? ''));
}

/** Source and destination port of the transport that carries the message; 0 where there is none. */
export function portsOf(d: Dissection): { readonly source: number; readonly destination: number } {
  let source = 0;
  let destination = 0;
  for (const layer of d.root) {
    if (layer.name !== 'tcp' && layer.name !== 'udp') continue;
    for (const field of layer.children) {
      if (field.name === `${layer.name}.srcport` && typeof field.value === 'number') source = field.value;
      if (field.name === `${layer.name}.dstport` && typeof field.value === 'number') destination = field.value;
    }
  }
  return { source, destination };
}
