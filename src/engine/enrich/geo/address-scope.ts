import ipaddr from 'ipaddr.js';
import type { AddressScope } from '../../../shared/model/place';

/** Big-endian 32-bit words of an address: one of IPv4, four of IPv6. */
export type AddressWords = readonly number[];

export interface Scoped {
  readonly scope: AddressScope;
  /** What to look for in databases: the address itself, or the IPv4 address that an IPv6 one carries. */
  readonly words: AddressWords;
}

const IPV4_IN_6: ReadonlyMap<string, (words: AddressWords) => number> = new Map([
  ['ipv4Mapped', ([, , , w3 = 0]: AddressWords) => w3],
  // RFC 3056: the sixteen bits after 2002 and the sixteen that follow.
  ['6to4', ([w0 = 0, w1 = 0]: AddressWords) => ((w0 << 16) | (w1 >>> 16)) >>> 0],
]);
/** RFC 6052: the well-known prefix of NAT64, 64:ff9b::/96. */
const isNat64 = ([w0, w1, w2]: AddressWords): boolean => w0 === 0x0064ff9b && w1 === 0 && w2 === 0;

/** Names of ipaddr.js for what is not public. What it does not name, and the tunnels and anycast services that it does, are routed. */
const SCOPES: ReadonlyMap<string, AddressScope> = new Map([
  ['unspecified', 'unspecified'],
  ['broadcast', 'broadcast'],
  ['multicast', 'multicast'],
  ['linkLocal', 'link-local'],
  ['loopback', 'loopback'],
  ['carrierGradeNat', 'cgnat'],
  ['private', 'private'],
  ['uniqueLocal', 'private'],
  ['deprecatedSiteLocal', 'private'],
  ['benchmarking', 'benchmarking'],
  ['discard', 'reserved'],
  ['rfc6145', 'reserved'],
  ['deprecatedOrchid', 'reserved'],
  ['orchid2', 'reserved'],
  ['droneRemoteIdProtocolEntityTags', 'reserved'],
  ['segmentRouting', 'reserved'],
]);

/** Parts of 'reserved' that have a name of their own: RFC 5737, 3849, 9637 (documentation), 2544 (benchmarking), 3068 (anycast of 6to4: routed). */
const RESERVED_PARTS: readonly (readonly [string, AddressScope])[] = [
  ['192.0.2.0/24', 'documentation'],
  ['198.51.100.0/24', 'documentation'],
  ['203.0.113.0/24', 'documentation'],
  ['2001:db8::/32', 'documentation'],
  ['3fff::/20', 'documentation'],
  ['198.18.0.0/15', 'benchmarking'],
  ['192.88.99.0/24', 'public'],
];
const reservedParts = RESERVED_PARTS.map(([prefix, scope]) => {
  const [base, bits] = ipaddr.parseCIDR(prefix);
  return { base, bits, scope };
});

const bytesOf = (words: AddressWords): number[] =>
  words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);

/** Null where the text is no IP address. */
export function wordsOfText(text: string): AddressWords | null {
  if (!ipaddr.isValid(text)) return null;
  const bytes = ipaddr.parse(text).toByteArray();
  const view = new DataView(Uint8Array.from(bytes).buffer);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4));
}

/** What kind of address it is. */
export function scopeOf(words: AddressWords): Scoped {
  const address = ipaddr.fromByteArray(bytesOf(words));
  const range: string = address.range();
  const carried = isNat64(words) ? words[3] : IPV4_IN_6.get(range)?.(words);
  if (carried !== undefined) return scopeOf([carried]);
  if (range === 'reserved') {
    const part = reservedParts.find(({ base, bits }) => base.kind() === address.kind() && address.match(base, bits));
    return { scope: part?.scope ?? 'reserved', words };
  }
  return { scope: SCOPES.get(range) ?? 'public', words };
}
