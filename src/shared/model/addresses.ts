/** Text forms of addresses, as Wireshark prints them. Words are big-endian 32-bit numbers. */

export const formatIpv4 = (word: number): string => `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;

const hex2 = (value: number): string => value.toString(16).padStart(2, '0');

/** A MAC address from its first four bytes and its last two. */
export const formatMac = (high: number, low: number): string =>
  `${hex2(high >>> 24)}:${hex2((high >>> 16) & 255)}:${hex2((high >>> 8) & 255)}:${hex2(high & 255)}:${hex2(low >>> 8)}:${hex2(low & 255)}`;

/** RFC 5952: lower case, the longest run of zero groups (two or more, the first of equals) as '::'; IPv4-mapped and -compatible ones with a dotted tail. */
export function formatIpv6(w0: number, w1: number, w2: number, w3: number): string {
  if (w0 === 0 && w1 === 0 && (w2 === 0xffff || (w2 === 0 && w3 >>> 16 !== 0))) return `${w2 === 0 ? '::' : '::ffff:'}${formatIpv4(w3)}`;
  const groups = [w0 >>> 16, w0 & 0xffff, w1 >>> 16, w1 & 0xffff, w2 >>> 16, w2 & 0xffff, w3 >>> 16, w3 & 0xffff];
  let bestStart = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; ) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > bestLength) {
      bestStart = i;
      bestLength = end - i;
    }
    i = end === i ? i + 1 : end;
  }
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return bestStart < 0 ? text(0, 8) : `${text(0, bestStart)}::${text(bestStart + bestLength, 8)}`;
}

export const AddressKind = { Mac: 1, Ipv4: 2, Ipv6: 3 } as const;

/** An address of this kind as Wireshark prints it; '' where there is no such kind. */
export function formatAddress(kind: number, w0: number, w1: number, w2: number, w3: number): string {
  switch (kind) {
    case AddressKind.Ipv4:
      return formatIpv4(w0);
    case AddressKind.Ipv6:
      return formatIpv6(w0, w1, w2, w3);
    case AddressKind.Mac:
      return formatMac(w0, w1);
    default:
      return '';
  }
}
