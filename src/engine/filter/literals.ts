import { type AddressRange, type AddressValue, parseAddress, parseCidr } from './address-value';
import type { Literal } from './ast';
import { refuse } from './problem';

const INTEGER = /^-?(?:0x[0-9a-f]+|0b[01]+|\d+)$/i;
const DECIMAL = /^-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?$/i;
const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** Decimal, 0x, 0b, or octal with a leading 0. Beyond 2^53 a bigint. */
export function integerOf(literal: Literal): number | bigint {
  const text = literal.text.toLowerCase();
  if (literal.kind === 'word') {
    if (text === 'true') return 1;
    if (text === 'false') return 0;
    if (INTEGER.test(text)) {
      const negative = text.startsWith('-');
      const digits = negative ? text.slice(1) : text;
      const octal = /^0\d+$/.test(digits);
      if (octal && /[89]/.test(digits)) return refuse(literal, `"${literal.text}" is not a number: a leading 0 means octal.`);
      const value = BigInt(octal ? `0o${digits}` : digits);
      const signed = negative ? -value : value;
      return value <= LARGEST_EXACT ? Number(signed) : signed;
    }
  }
  return refuse(literal, `"${literal.text}" is not a whole number.`, 'Write numbers without quotation marks, as 80 or 0x50.');
}

export function floatOf(literal: Literal): number {
  if (literal.kind === 'word') {
    if (DECIMAL.test(literal.text)) return Number(literal.text);
    if (INTEGER.test(literal.text)) return Number(integerOf(literal));
  }
  return refuse(literal, `"${literal.text}" is not a number.`);
}

export function addressOf(literal: Literal): AddressValue {
  return (
    parseAddress(literal.text) ??
    refuse(literal, `"${literal.text}" is not an address.`, 'Examples: 10.0.0.1, 10.0.0.0/8, fe80::/10, 00:1b:21:3c:4d:5e.')
  );
}

/** An address is a range of one. */
export function addressRangeOf(literal: Literal): AddressRange {
  return (
    parseCidr(literal.text) ??
    refuse(literal, `"${literal.text}" is not an address.`, 'Examples: 10.0.0.1, 10.0.0.0/8, fe80::/10, 00:1b:21:3c:4d:5e.')
  );
}

const HEX_BYTES = /^[0-9a-f]{1,2}(?:([:.-])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2})*)?$/i;
const encoder = new TextEncoder();

/** Text in quotation marks gives its UTF-8 bytes, a word is hexadecimal: aa:bb:cc, aa-bb-cc or aa.bb.cc. */
export function bytesOf(literal: Literal): Uint8Array {
  if (literal.kind === 'string') return encoder.encode(literal.text);
  if (HEX_BYTES.test(literal.text)) return Uint8Array.from(literal.text.split(/[:.-]/), (part) => Number.parseInt(part, 16));
  return refuse(literal, `"${literal.text}" is neither bytes such as 47:45:54 nor text in quotation marks.`);
}

const TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const SECONDS = /^(-?)(\d{1,15})(?:\.(\d{1,9})\d*)?$/;
const SECOND = 1_000_000_000n;

const nanosecondsOf = (fraction: string | undefined): bigint => BigInt((fraction ?? '').padEnd(9, '0'));

/** Nanoseconds since the epoch, of epoch seconds or of a date and time: local unless it ends in Z, UTC or an offset. */
export function timeOf(literal: Literal): bigint {
  const text = literal.text.trim();
  const match = TIME.exec(text);
  if (match === null) return SECONDS.test(text) ? durationOf(literal) : refuseTime(literal);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(match[group] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const zone = match[8]?.toUpperCase();
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date accepts a 31st of February and goes on; a person means something else.
  const sound =
    month >= 1 && month <= 12 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!sound) return refuseTime(literal);
  const offset = zone === undefined || zone === 'Z' || zone === 'UTC' ? 0 : offsetOf(zone);
  const milliseconds = zone === undefined ? new Date(year, month - 1, day, hour, minute, second).getTime() : utc - offset;
  return BigInt(milliseconds) * 1_000_000n + nanosecondsOf(match[7]);
}

const offsetOf = (zone: string): number =>
  (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;

const refuseTime = (literal: Literal): never =>
  refuse(
    literal,
    `"${literal.text}" is not a time.`,
    'Examples: "2026-01-02 03:04:05.5" (local time), "2026-01-02 03:04:05Z", 1767323045.5 (epoch seconds).',
  );

/** Nanoseconds, of seconds. */
export function durationOf(literal: Literal): bigint {
  const match = SECONDS.exec(literal.text.trim());
  if (match === null) return refuse(literal, `"${literal.text}" is not a number of seconds.`);
  const size = BigInt(match[2] ?? 0) * SECOND + nanosecondsOf(match[3]);
  return match[1] === '-' ? -size : size;
}
