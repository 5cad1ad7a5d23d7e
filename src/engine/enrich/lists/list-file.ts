import ipaddr from 'ipaddr.js';

/** Of one list: a large public one has a few hundred thousand. An entry takes 8 to 100 bytes. */
export const MAX_ENTRIES = 1_000_000;
/** Characters of a line that are read; names have at most 253. */
const MAX_LINE = 1024;
const MAX_HEADER = 200;
/** Prefixes shorter than these would name a good part of the internet: a mistake, or a list made to drown everything. */
const MIN_PREFIX_V4 = 8;
const MIN_PREFIX_V6 = 16;
/** Hosts files put names behind these. */
const HOSTS_ADDRESSES: readonly string[] = ['0.0.0.0', '127.0.0.1', '::', '::1'];
const SEPARATOR = /[\s;#,]/;
const SEPARATORS = /[\s;#,]+/;
const NAME = /^(?=.{3,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const HEADER = /^[#;]\s*(name|source|date|licence|license):\s*(.+)$/i;

/** What a list's first lines say of it. */
export interface ListHeader {
  readonly name: string;
  readonly source: string;
  readonly date: string;
  readonly licence: string;
}

export interface ParsedList {
  readonly header: ListHeader;
  /** First and last address, numbers of 32 bits, two an entry. */
  readonly ipv4: number[];
  /** First and last address, numbers of 128 bits, two an entry. */
  readonly ipv6: bigint[];
  /** In lower case, without a final dot. */
  readonly names: Set<string>;
  /** Lines that are no entry, or one too many. */
  readonly refused: number;
}

/** Every line of a text that is no remark, trimmed, with what it says after `#` or `;` behind a space left out. */
export function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(at, Math.min(end, at + MAX_LINE)).trim();
    at = end + 1;
    if (line !== '' && line[0] !== '#' && line[0] !== ';') yield line;
  }
}

/** '# name: ...' and its like among the first twenty lines. */
export function readHeader(text: string): ListHeader {
  const found: Record<string, string> = {};
  for (const line of text.slice(0, 20 * MAX_LINE).split('\n', 20)) {
    const match = HEADER.exec(line.trim());
    if (match) found[(match[1] ?? '').toLowerCase().replace('license', 'licence')] ??= (match[2] ?? '').trim().slice(0, MAX_HEADER);
  }
  const { name = '', source = '', date = '', licence = '' } = found;
  return { name, source, date, licence };
}

/**
 * Plain lists and netsets: one address, prefix (CIDR), range ('first-last') or name a line; remarks behind `#` or `;`; hosts files
 * ('0.0.0.0 name'); names may begin with '*.' or '.'. Never throws, whatever the text is.
 */
export function parseList(text: string): ParsedList {
  const ipv4: number[] = [];
  const ipv6: bigint[] = [];
  const names = new Set<string>();
  let refused = 0;
  for (const line of linesOf(text)) {
    const entry = SEPARATOR.test(line) ? entryOf(line) : line;
    const known = ipv4.length / 2 + ipv6.length / 2 + names.size;
    if (known >= MAX_ENTRIES || !(addIpv4(entry, ipv4) || addIpv6(entry, ipv6) || addName(entry, names))) refused++;
  }
  return { header: readHeader(text), ipv4, ipv6, names, refused };
}

/** The first word; in a hosts file the second. */
function entryOf(line: string): string {
  const [first = '', second = ''] = line.split(SEPARATORS, 2);
  return second !== '' && HOSTS_ADDRESSES.includes(first) ? second : first;
}

const ZERO = 48;
const DOT = 46;

/** Four decimal numbers and nothing else: '010.1' is read differently by everybody. -1: not one. Lists have a million of them. */
function ipv4Number(text: string): number {
  let number = 0;
  let parts = 0;
  let part = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (part < 0 || part > 255 || ++parts > 4) return -1;
      number = number * 256 + part;
      part = -1;
      continue;
    }
    const digit = code - ZERO;
    // A leading zero is one of those that are read differently.
    if (digit < 0 || digit > 9 || part === 0 || part > 255) return -1;
    part = part < 0 ? digit : part * 10 + digit;
  }
  return parts === 4 ? number : -1;
}

function prefixLength(text: string, longest: number): number {
  return /^\d{1,3}$/.test(text) && Number(text) <= longest ? Number(text) : -1;
}

function addIpv4(entry: string, ranges: number[]): boolean {
  const slash = entry.indexOf('/');
  const dash = slash < 0 ? entry.indexOf('-') : -1;
  if (dash > 0) {
    const [first, last] = [ipv4Number(entry.slice(0, dash)), ipv4Number(entry.slice(dash + 1))];
    if (first < 0 || last < first || last - first >= 2 ** (32 - MIN_PREFIX_V4)) return false;
    ranges.push(first, last);
    return true;
  }
  const number = ipv4Number(slash < 0 ? entry : entry.slice(0, slash));
  if (number < 0) return false;
  const length = slash < 0 ? 32 : prefixLength(entry.slice(slash + 1), 32);
  if (length < MIN_PREFIX_V4) return false;
  const size = 2 ** (32 - length);
  const first = Math.floor(number / size) * size;
  ranges.push(first, first + size - 1);
  return true;
}

function addIpv6(entry: string, ranges: bigint[]): boolean {
  const [base = '', bits = ''] = entry.split('/', 2);
  if (!base.includes(':') || base.includes('%') || base.length > 45 || !ipaddr.IPv6.isValid(base)) return false;
  const length = entry.includes('/') ? prefixLength(bits, 128) : 128;
  if (length < MIN_PREFIX_V6) return false;
  const number = ipaddr.IPv6.parse(base).parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
  const rest = BigInt(128 - length);
  const first = (number >> rest) << rest;
  ranges.push(first, first + (1n << rest) - 1n);
  return true;
}

function addName(entry: string, names: Set<string>): boolean {
  const name = entry
    .toLowerCase()
    .replace(/^(?:\*\.|\.)/, '')
    .replace(/\.$/, '');
  if (!NAME.test(name)) return false;
  names.add(name);
  return true;
}
