import { RE2JS } from 're2js';
import { AddressKind } from '../columns/address-table';
import type { FieldValue } from '../decode/tree/field';
import { type AddressRange, type AddressValue, compareWords, parseAddress } from './address-value';
import type { Comparison, Literal, SetElement, Span } from './ast';
import type { FilterType, KnownField } from './field-catalog';
import { addressRangeOf, bytesOf, durationOf, floatOf, integerOf, timeOf } from './literals';
import { refuse } from './problem';

/** What one value of a field must fulfil. The special forms say the same for columns, where a value is no `FieldValue`. */
export interface ValueTest {
  readonly value: (value: FieldValue) => boolean;
  /** Whole numbers: pairs of lowest and highest. */
  readonly ranges?: Float64Array;
  readonly address?: (kind: number, words: AddressValue['words']) => boolean;
  /** Times and durations: pairs of first and last nanosecond. */
  readonly times?: readonly (readonly [bigint, bigint])[];
}

/** What an operator asks of a value; 'all' operators are rewritten by the compiler before. */
export type ValueOperator = Exclude<Comparison, 'ne' | 'all_eq'>;

/** Longer expressions make automata that take long to build. */
const MAX_PATTERN = 1000;
const FAR = 1n << 80n;

/** Refuses, by throwing, an operator or a literal that does not fit the field. */
export function makeTest(field: KnownField, operator: ValueOperator, literal: Literal, at: Span): ValueTest {
  if (operator === 'matches') return matchesTest(field, literal, at);
  if (operator === 'contains') return containsTest(field, literal, at);
  switch (kindOf(field.type)) {
    case 'whole':
      return rangesTest(wholeRanges(operator, wholeOf(field, literal)));
    case 'float':
      return floatTest(operator, floatOf(literal));
    case 'time':
      return timesTest(timeRanges(operator, timeValue(field.type, literal)));
    case 'address':
      return addressTest(field.type, operator, rangeFor(field, literal));
    case 'text':
      return textTest(operator, literal.text);
    case 'bytes':
      return bytesTest(operator, bytesOf(literal));
    default:
      return refuse(at, `"${field.name}" is a protocol or a mark without a value: write "${field.name}" alone, or use "contains".`);
  }
}

/** Any of the elements. */
export function makeSetTest(field: KnownField, set: readonly SetElement[]): ValueTest {
  const tests = set.map((element) =>
    element.high === null ? makeTest(field, 'eq', element.low, element) : makeRangeTest(field, element.low, element.high, element),
  );
  const value = (given: FieldValue): boolean => tests.some((test) => test.value(given));
  switch (kindOf(field.type)) {
    case 'whole':
      return { value, ranges: Float64Array.from(tests.flatMap((test) => [...(test.ranges ?? [])])) };
    case 'time':
      return { value, times: tests.flatMap((test) => test.times ?? []) };
    case 'address':
      return { value, address: (kind, words) => tests.some((test) => test.address?.(kind, words) === true) };
    default:
      return { value };
  }
}

function makeRangeTest(field: KnownField, low: Literal, high: Literal, at: Span): ValueTest {
  const from = makeTest(field, 'ge', low, at);
  const to = makeTest(field, 'le', high, at);
  const value = (given: FieldValue): boolean => from.value(given) && to.value(given);
  if (from.ranges !== undefined && to.ranges !== undefined)
    return { value, ranges: Float64Array.of(from.ranges[0] ?? 0, to.ranges[1] ?? 0) };
  const [first, last] = [from.times?.[0]?.[0], to.times?.[0]?.[1]];
  if (first !== undefined && last !== undefined) return { value, times: [[first, last]] };
  const [lower, upper] = [from.address, to.address];
  if (lower !== undefined && upper !== undefined) return { value, address: (kind, words) => lower(kind, words) && upper(kind, words) };
  return { value };
}

export type ValueKind = 'whole' | 'float' | 'time' | 'address' | 'text' | 'bytes' | 'none';

export function kindOf(type: FilterType): ValueKind {
  switch (type) {
    case 'uint':
    case 'int':
    case 'bool':
      return 'whole';
    case 'float':
      return 'float';
    case 'time':
    case 'duration':
      return 'time';
    case 'ipv4':
    case 'ipv6':
    case 'ether':
    case 'address':
      return 'address';
    case 'string':
      return 'text';
    case 'bytes':
      return 'bytes';
    case 'none':
      return 'none';
  }
}

export const numberOf = (value: FieldValue): number | bigint | null =>
  typeof value === 'number' || typeof value === 'bigint' ? value : typeof value === 'boolean' ? Number(value) : null;

function wholeOf(field: KnownField, literal: Literal): number | bigint {
  if (field.words !== null && !/^-?\d/.test(literal.text)) {
    const wanted = literal.text.toLowerCase();
    for (const [number, word] of Object.entries(field.words)) if (word.toLowerCase() === wanted) return Number(number);
  }
  return integerOf(literal);
}

type Ranges = readonly (readonly [number | bigint, number | bigint])[];

function wholeRanges(operator: ValueOperator, v: number | bigint): Ranges {
  const next = typeof v === 'bigint' ? v + 1n : v + 1;
  const previous = typeof v === 'bigint' ? v - 1n : v - 1;
  switch (operator) {
    case 'eq':
      return [[v, v]];
    case 'any_ne':
      return [
        [-Infinity, previous],
        [next, Infinity],
      ];
    case 'gt':
      return [[next, Infinity]];
    case 'ge':
      return [[v, Infinity]];
    case 'lt':
      return [[-Infinity, previous]];
    default:
      return [[-Infinity, v]];
  }
}

function rangesTest(ranges: Ranges): ValueTest {
  return {
    value: (value) => {
      const number = numberOf(value);
      return number !== null && ranges.some(([low, high]) => number >= low && number <= high);
    },
    // Columns hold at most 32 bits, so what a double cannot tell apart is beyond all of them.
    ranges: Float64Array.from(ranges.flatMap(([low, high]) => [Number(low), Number(high)])),
  };
}

function floatTest(operator: ValueOperator, wanted: number): ValueTest {
  const holds = ordered(operator);
  return { value: (value) => typeof value === 'number' && holds(value - wanted) };
}

/** Whether an operator holds, from the sign of `value - wanted`. */
export function ordered(operator: ValueOperator): (difference: number) => boolean {
  switch (operator) {
    case 'eq':
      return (difference) => difference === 0;
    case 'any_ne':
      return (difference) => difference !== 0;
    case 'gt':
      return (difference) => difference > 0;
    case 'ge':
      return (difference) => difference >= 0;
    case 'lt':
      return (difference) => difference < 0;
    default:
      return (difference) => difference <= 0;
  }
}

const timeValue = (type: FilterType, literal: Literal): bigint => (type === 'duration' ? durationOf(literal) : timeOf(literal));

function timeRanges(operator: ValueOperator, t: bigint): readonly (readonly [bigint, bigint])[] {
  switch (operator) {
    case 'eq':
      return [[t, t]];
    case 'any_ne':
      return [
        [-FAR, t - 1n],
        [t + 1n, FAR],
      ];
    case 'gt':
      return [[t + 1n, FAR]];
    case 'ge':
      return [[t, FAR]];
    case 'lt':
      return [[-FAR, t - 1n]];
    default:
      return [[-FAR, t]];
  }
}

function timesTest(times: readonly (readonly [bigint, bigint])[]): ValueTest {
  // A tree holds seconds as a double, so both sides are compared as what a double can tell apart.
  const seconds = times.map(([first, last]) => [Number(first) / 1e9, Number(last) / 1e9] as const);
  return { times, value: (value) => typeof value === 'number' && seconds.some(([first, last]) => value >= first && value <= last) };
}

const KINDS: Partial<Record<FilterType, { readonly kind: number; readonly words: string }>> = {
  ipv4: { kind: AddressKind.Ipv4, words: 'an IPv4 address' },
  ipv6: { kind: AddressKind.Ipv6, words: 'an IPv6 address' },
  ether: { kind: AddressKind.Mac, words: 'a MAC address' },
};

function rangeFor(field: KnownField, literal: Literal): AddressRange {
  const range = addressRangeOf(literal);
  const wanted = KINDS[field.type];
  if (wanted !== undefined && wanted.kind !== range.kind)
    return refuse(literal, `"${literal.text}" is not ${wanted.words}, which ${field.name} is.`);
  return range;
}

function addressTest(type: FilterType, operator: ValueOperator, range: AddressRange): ValueTest {
  const only = KINDS[type]?.kind;
  const holds = (words: AddressValue['words']): boolean => {
    switch (operator) {
      case 'gt':
        return compareWords(words, range.high) > 0;
      case 'ge':
        return compareWords(words, range.low) >= 0;
      case 'lt':
        return compareWords(words, range.low) < 0;
      case 'le':
        return compareWords(words, range.high) <= 0;
      default:
        return (compareWords(words, range.low) >= 0 && compareWords(words, range.high) <= 0) === (operator === 'eq');
    }
  };
  const address = (kind: number, words: AddressValue['words']): boolean =>
    kind === range.kind ? holds(words) : operator === 'any_ne' && only === undefined;
  return {
    address,
    value: (value) => {
      const parsed = typeof value === 'string' ? parseAddress(value) : null;
      return parsed !== null && address(parsed.kind, parsed.words);
    },
  };
}

function textTest(operator: ValueOperator, wanted: string): ValueTest {
  const holds = ordered(operator);
  return { value: (value) => typeof value === 'string' && holds(value < wanted ? -1 : value > wanted ? 1 : 0) };
}

function bytesTest(operator: ValueOperator, wanted: Uint8Array): ValueTest {
  const holds = ordered(operator);
  return { value: (value) => value instanceof Uint8Array && holds(Buffer.compare(value, wanted)) };
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function containsTest(field: KnownField, literal: Literal, at: Span): ValueTest {
  switch (kindOf(field.type)) {
    case 'text':
      return { value: (value) => typeof value === 'string' && value.includes(literal.text) };
    case 'bytes':
    case 'none': {
      const wanted = view(bytesOf(literal));
      return { value: (value) => value instanceof Uint8Array && view(value).includes(wanted) };
    }
    default:
      return refuse(
        at,
        `"contains" looks into texts and bytes, and ${field.name} is neither.`,
        'Use ==, or a range such as 10.0.0.0/8 for addresses.',
      );
  }
}

/** RE2 takes time linear in the text, so no expression and no packet can make a filter hang. */
function matchesTest(field: KnownField, literal: Literal, at: Span): ValueTest {
  const kind = kindOf(field.type);
  if (kind !== 'text' && kind !== 'bytes' && kind !== 'none')
    refuse(at, `"matches" looks into texts and bytes, and ${field.name} is neither.`);
  if (literal.text.length > MAX_PATTERN) refuse(literal, `This regular expression is longer than ${MAX_PATTERN} characters.`);
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(literal.text, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return refuse(
      literal,
      `This regular expression is wrong: ${reason}.`,
      'The syntax is that of RE2: no look-ahead and no back references.',
    );
  }
  return {
    value: (value) => {
      if (typeof value === 'string') return expression.matcher(value).find();
      return value instanceof Uint8Array && expression.matcher(view(value).toString('latin1')).find();
    },
  };
}
