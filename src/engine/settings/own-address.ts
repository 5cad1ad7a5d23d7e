import ipaddr from 'ipaddr.js';

/** Lines of own addresses. */
export const MAX_OWN_ADDRESSES = 256;
/** The longest is an IPv6 prefix with an embedded IPv4 address: 49. */
export const MAX_ADDRESS_LENGTH = 64;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/;
/** Wider prefixes would call a good part of the internet ours. */
const MIN_PREFIX_V4 = 8;
const MIN_PREFIX_V6 = 16;

/** Why the text is not an address or prefix (CIDR) that can be one's own, as a sentence; null: it is one. */
export function ownAddressProblem(text: string): string | null {
  const [base = '', bits] = text.split('/');
  if (text.length > MAX_ADDRESS_LENGTH) return 'This is too long for an address.';
  const isIpv6 = base.includes(':');
  if (isIpv6 ? !ipaddr.IPv6.isValid(base) || base.includes('%') : !IPV4.test(text) || !ipaddr.IPv4.isValidFourPartDecimal(base))
    return 'This is not an IPv4 or IPv6 address. Write 198.51.100.7, 198.51.100.0/24 or 2001:db8::/32.';
  if (bits === undefined) return null;
  if (text.split('/').length > 2 || !/^\d{1,3}$/.test(bits) || Number(bits) > (isIpv6 ? 128 : 32))
    return `A prefix ends in a number from 0 to ${isIpv6 ? 128 : 32} behind the slash.`;
  const shortest = isIpv6 ? MIN_PREFIX_V6 : MIN_PREFIX_V4;
  return Number(bits) < shortest ? `This is too much of the internet: the shortest prefix is /${shortest}.` : null;
}
