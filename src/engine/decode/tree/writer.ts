import { hex, hexNumber, u8, u16, u24, u32, u64, u64le, utf8 } from '../../../shared/base/bytes';
import { formatIpv4, formatIpv6, formatMac } from '../../../shared/model/addresses';
import type { Dissection } from './dissection';
import type { Field, FieldDefinition, FieldValue } from './field';

const LABEL_BYTES = 36;
const LABEL_TEXT = 240;

/** Number of `size` (1 to 4) bytes at `at`. */
function readNumber(bytes: Uint8Array, at: number, size: number, littleEndian: boolean): number {
  if (littleEndian) {
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + u8(bytes, at + i);
    return value;
  }
  return size === 1 ? u8(bytes, at) : size === 2 ? u16(bytes, at) : size === 3 ? u24(bytes, at) : u32(bytes, at);
}

const shiftOf = (mask: number): number => 31 - Math.clz32(mask & -mask);

/** '.... .1.. .... ....': the masked bits of a number of `size` bytes. */
function bitPattern(raw: number, mask: number, size: number): string {
  let text = '';
  for (let bit = size * 8 - 1; bit >= 0; bit--) {
    text += (mask >>> bit) & 1 ? (raw >>> bit) & 1 : '.';
    if (bit > 0 && bit % 4 === 0) text += ' ';
  }
  return text;
}

/** Control characters become escapes, so that a label stays one line whatever the bytes are. */
export const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\n'
      ? '\\n'
      : character === '\r'
        ? '\\r'
        : character === '\t'
          ? '\\t'
          : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );

export const shorten = (text: string): string => (text.length > LABEL_TEXT ? `${text.slice(0, LABEL_TEXT)}…` : text);

export const hexLabel = (bytes: Uint8Array, start: number, length: number): string =>
  hex(bytes, start, start + Math.min(length, LABEL_BYTES)) + (length > LABEL_BYTES ? '…' : '');

export const ipv4At = (bytes: Uint8Array, at: number): string => formatIpv4(u32(bytes, at));
export const ipv6At = (bytes: Uint8Array, at: number): string =>
  formatIpv6(u32(bytes, at), u32(bytes, at + 4), u32(bytes, at + 8), u32(bytes, at + 12));
export const macAt = (bytes: Uint8Array, at: number): string => formatMac(u32(bytes, at), u16(bytes, at + 4));

/** What stands after the colon of a number's label. */
export function numberWords(definition: FieldDefinition, value: number | bigint): string {
  const { base, names, unit = '', size = 4 } = definition;
  const digits =
    definition.mask === undefined ? size * 2 : Math.max(1, Math.ceil((32 - Math.clz32(definition.mask >>> shiftOf(definition.mask))) / 4));
  const number = base === undefined ? `${value}` : hexNumber(value, digits);
  if (names !== undefined) return `${names[Number(value)] ?? 'Unknown'} (${number})`;
  return base === 'hexdec' ? `${number} (${value})` : number + unit;
}

/**
 * Adds the fields of one table to a dissection, reading each by its definition. Callers have checked that the bytes are there; where
 * they are not, zeros are read. `words` replaces what stands after the label's colon.
 */
export class FieldWriter<Name extends string> {
  readonly #fields: Readonly<Record<Name, FieldDefinition>>;

  constructor(fields: Readonly<Record<Name, FieldDefinition>>) {
    this.#fields = fields;
  }

  uint(d: Dissection, name: Name, at: number, words?: string): number {
    const definition = this.#fields[name];
    const { size = 1, mask } = definition;
    const raw = readNumber(d.bytes, at, size, definition.littleEndian === true);
    const value = mask === undefined ? raw : (raw & mask) >>> shiftOf(mask);
    const pattern = mask === undefined ? '' : `${bitPattern(raw, mask, size)} = `;
    d.add(name, `${pattern}${definition.title}: ${words ?? numberWords(definition, value)}`, value, at, size);
    return value;
  }

  flag(d: Dissection, name: Name, at: number): boolean {
    const definition = this.#fields[name];
    const { size = 1, mask = 1, names } = definition;
    const raw = readNumber(d.bytes, at, size, definition.littleEndian === true);
    const value = (raw & mask) !== 0;
    const words = names?.[value ? 1 : 0] ?? (value ? 'Set' : 'Not set');
    d.add(name, `${bitPattern(raw, mask, size)} = ${definition.title}: ${words}`, value, at, size);
    return value;
  }

  flags(d: Dissection, names: readonly Name[], at: number): void {
    for (const name of names) this.flag(d, name, at);
  }

  uint64(d: Dissection, name: Name, at: number, words?: string): bigint {
    const definition = this.#fields[name];
    const value = definition.littleEndian === true ? u64le(d.bytes, at) : u64(d.bytes, at);
    const small = value <= BigInt(Number.MAX_SAFE_INTEGER);
    d.add(name, `${definition.title}: ${words ?? numberWords(definition, value)}`, small ? Number(value) : value, at, 8);
    return value;
  }

  ipv4(d: Dissection, name: Name, at: number): string {
    return this.#address(d, name, ipv4At(d.bytes, at), at, 4);
  }

  ipv6(d: Dissection, name: Name, at: number): string {
    return this.#address(d, name, ipv6At(d.bytes, at), at, 16);
  }

  mac(d: Dissection, name: Name, at: number): string {
    return this.#address(d, name, macAt(d.bytes, at), at, 6);
  }

  bytes(d: Dissection, name: Name, at: number, length: number, words?: string): Field {
    const label = `${this.#fields[name].title}: ${words ?? hexLabel(d.bytes, at, length)}`;
    return d.add(name, label, d.bytes.subarray(at, at + length), at, length);
  }

  text(d: Dissection, name: Name, at: number, length: number): string {
    const value = utf8(d.bytes, at, at + length);
    d.add(name, `${this.#fields[name].title}: ${shorten(oneLine(value))}`, value, at, length);
    return value;
  }

  /** A value that was worked out: its label is in brackets, and it covers no bytes unless `at` and `length` say which it came from. */
  derived(d: Dissection, name: Name, value: FieldValue, words?: string, at = 0, length = 0): Field {
    const definition = this.#fields[name];
    const shown = words ?? (typeof value === 'number' ? numberWords(definition, value) : `${value}`);
    return d.add(
      name,
      value === null && words === undefined ? `[${definition.title}]` : `[${definition.title}: ${shown}]`,
      value,
      at,
      length,
    );
  }

  #address(d: Dissection, name: Name, value: string, at: number, length: number): string {
    d.add(name, `${this.#fields[name].title}: ${value}`, value, at, length);
    return value;
  }
}

/** The table as it is, and the writer for it. */
export function fieldWriter<const Table extends Record<string, FieldDefinition>>(fields: Table): FieldWriter<Extract<keyof Table, string>> {
  return new FieldWriter<Extract<keyof Table, string>>(fields);
}
