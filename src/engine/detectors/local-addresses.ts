import ipaddr from 'ipaddr.js';
import type { AddressIndex } from '../../shared/model/units';
import { AddressKind, type AddressTable } from '../columns/address-table';

const UNKNOWN = 0;
const KNOWN = 1;
const LOCAL = 2;
const GROUP = 4;
const OWN = 8;
/** Ranges (in the words of ipaddr.js) that nobody on the internet has. */
const LOCAL_RANGES: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'linkLocal', 'loopback', 'carrierGradeNat', 'unspecified']);
const GROUP_RANGES: ReadonlySet<string> = new Set(['multicast', 'broadcast']);

type Prefix = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Which addresses are ours or private, and which are groups; asked once for each interned address. */
export class LocalAddresses {
  readonly #addresses: AddressTable;
  readonly #own: readonly Prefix[];
  #marks = new Uint8Array(4096);

  /** `own`: addresses or prefixes in CIDR form; what cannot be read is left out. */
  constructor(addresses: AddressTable, own: readonly string[]) {
    this.#addresses = addresses;
    this.#own = own.map(parsePrefix).filter((prefix) => prefix !== null);
  }

  isLocal(address: AddressIndex): boolean {
    return (this.#mark(address) & LOCAL) !== 0;
  }

  /** The user named it as the watched server's own. */
  isOwn(address: AddressIndex): boolean {
    return (this.#mark(address) & OWN) !== 0;
  }

  isGroup(address: AddressIndex): boolean {
    return (this.#mark(address) & GROUP) !== 0;
  }

  #mark(address: AddressIndex): number {
    if (address < 0) return KNOWN;
    if (address >= this.#marks.length) {
      const grown = new Uint8Array(Math.max(this.#marks.length * 2, address + 1));
      grown.set(this.#marks);
      this.#marks = grown;
    }
    const known = this.#marks[address] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const mark = this.#classify(address);
    this.#marks[address] = mark;
    return mark;
  }

  #classify(address: AddressIndex): number {
    const kind = this.#addresses.kind(address);
    if (kind === AddressKind.Mac) {
      // The group bit of IEEE 802.
      return KNOWN | LOCAL | ((this.#addresses.word(address, 0) & 0x01000000) !== 0 ? GROUP : 0);
    }
    // Floods have a million of these: plain arithmetic.
    if (kind === AddressKind.Ipv4 && this.#own.length === 0) return KNOWN | classifyIpv4(this.#addresses.word(address, 0));
    const parsed = ipaddr.process(this.#addresses.text(address));
    const range = parsed.range();
    const own = this.#own.some(([base, bits]) => parsed.kind() === base.kind() && parsed.match(base, bits));
    return KNOWN | (own ? OWN : 0) | (own || LOCAL_RANGES.has(range) ? LOCAL : 0) | (GROUP_RANGES.has(range) ? GROUP : 0);
  }
}

/** RFC 1918, 6598 (carriers' NAT), 3927 (link-local), 1122 (this host, loopback, broadcast), 5771 (multicast). */
function classifyIpv4(word: number): number {
  const a = word >>> 24;
  const b = (word >>> 16) & 255;
  if (a >= 224 && a < 240) return GROUP;
  if (word === 0xffffffff) return GROUP;
  const local =
    a === 10 ||
    a === 127 ||
    word === 0 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128);
  return local ? LOCAL : 0;
}

function parsePrefix(text: string): Prefix | null {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch {
    return null;
  }
}
