import ipaddr from 'ipaddr.js';
import { AddressKind } from '../columns/address-table';

/** An address as the address table keeps it: kind and four big-endian 32-bit words, unused ones 0. */
export interface AddressValue {
  readonly kind: number;
  readonly words: readonly [number, number, number, number];
}

/** Addresses of one kind from `low` to `high`, both in it. */
export interface AddressRange {
  readonly kind: number;
  readonly low: AddressValue['words'];
  readonly high: AddressValue['words'];
}

const MAC = /^[0-9a-f]{1,2}([:.-])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2}){4}$/i;
const CISCO_MAC = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i;
const WIDTH: Readonly<Record<number, number>> = { [AddressKind.Ipv4]: 32, [AddressKind.Ipv6]: 128 };

/** Null where the text is no address: IPv4 and IPv6 as usual, MAC with ':', '-' or '.' between bytes or as aabb.ccdd.eeff. */
export function parseAddress(text: string): AddressValue | null {
  if (text.includes(':') && !MAC.test(text)) {
    if (!ipaddr.IPv6.isValid(text) || text.includes('%')) return null;
    const parts = ipaddr.IPv6.parse(text).parts;
    const word = (at: number): number => (((parts[at] ?? 0) << 16) | (parts[at + 1] ?? 0)) >>> 0;
    return { kind: AddressKind.Ipv6, words: [word(0), word(2), word(4), word(6)] };
  }
  if (MAC.test(text)) return mac(text.split(/[:.-]/).map((part) => Number.parseInt(part, 16)));
  if (CISCO_MAC.test(text)) return mac((text.replaceAll('.', '').match(/../g) ?? []).map((part) => Number.parseInt(part, 16)));
  const word = parseIpv4(text);
  return word < 0 ? null : { kind: AddressKind.Ipv4, words: [word, 0, 0, 0] };
}

function mac(bytes: readonly number[]): AddressValue {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  return { kind: AddressKind.Mac, words: [((a << 24) | (b << 16) | (c << 8) | d) >>> 0, (e << 8) | f, 0, 0] };
}

/** -1 where the text is not four decimal numbers. Hot while trees are filtered, hence no library. */
function parseIpv4(text: string): number {
  if (text.length > 15) return -1;
  let word = 0;
  let part = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0 || ++dots > 3) return -1;
      word = word * 256 + part;
      part = -1;
    } else if (code >= 48 && code <= 57) {
      part = (part < 0 ? 0 : part * 10) + code - 48;
      if (part > 255) return -1;
    } else return -1;
  }
  return dots === 3 && part >= 0 ? word * 256 + part : -1;
}

/** Null where the text is neither an address nor a network such as 10.0.0.0/8 (host bits are ignored). */
export function parseCidr(text: string): AddressRange | null {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === null) return null;
  if (slash < 0) return { kind: address.kind, low: address.words, high: address.words };
  const width = WIDTH[address.kind];
  const prefix = text.slice(slash + 1);
  if (width === undefined || !/^\d{1,3}$/.test(prefix) || Number(prefix) > width) return null;
  const low: [number, number, number, number] = [0, 0, 0, 0];
  const high: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < width / 32; i++) {
    const bits = Math.max(0, Math.min(32, Number(prefix) - i * 32));
    const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
    low[i] = ((address.words[i] ?? 0) & mask) >>> 0;
    high[i] = ((address.words[i] ?? 0) | ~mask) >>> 0;
  }
  return { kind: address.kind, low, high };
}

/** Negative, 0 or positive: order of two addresses of one kind. */
export function compareWords(a: AddressValue['words'], b: AddressValue['words']): number {
  for (let i = 0; i < 4; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
