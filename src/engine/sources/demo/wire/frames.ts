import type { Bytes } from '../../../../shared/model/units';

export const IpProtocol = { Icmp: 1, Tcp: 6, Udp: 17, Icmpv6: 58 } as const;
const ETHERNET_HEADER: Bytes = 14;
const IPV4_HEADER: Bytes = 20;
const IPV6_HEADER: Bytes = 40;
const DO_NOT_FRAGMENT = 0x40;
/** Where the checksum is, behind the IP header. */
const CHECKSUM_AT: Readonly<Record<number, Bytes>> = {
  [IpProtocol.Icmp]: 2,
  [IpProtocol.Tcp]: 16,
  [IpProtocol.Udp]: 6,
  [IpProtocol.Icmpv6]: 2,
};

/** One IP datagram; addresses of 4 or of 16 bytes. */
export interface Datagram {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly protocol: number;
  readonly hopLimit: number;
  readonly identification: number;
  /** TCP, UDP or ICMP with a checksum of 0. */
  readonly payload: Uint8Array;
}

export const frameLength = ({ source, payload }: Datagram): Bytes =>
  ETHERNET_HEADER + (source.length === 4 ? IPV4_HEADER : IPV6_HEADER) + payload.length;

/** Ethernet, IPv4 (RFC 791) or IPv6 (RFC 8200), and the payload with its checksum filled in. `frame` has zeros and may be longer (padding). */
export function writeFrame(frame: Uint8Array, from: Uint8Array, to: Uint8Array, datagram: Datagram): void {
  const { source, destination, protocol, payload } = datagram;
  const isIpv4 = source.length === 4;
  frame.set(to, 0);
  frame.set(from, 6);
  put16(frame, 12, isIpv4 ? 0x0800 : 0x86dd);
  const payloadAt = ETHERNET_HEADER + (isIpv4 ? IPV4_HEADER : IPV6_HEADER);
  const addressAt = payloadAt - 2 * source.length;
  frame.set(source, addressAt);
  frame.set(destination, addressAt + source.length);
  if (isIpv4) ipv4Header(frame, datagram);
  else ipv6Header(frame, datagram);
  frame.set(payload, payloadAt);
  const end = payloadAt + payload.length;
  // Of ICMP over IPv4 alone the checksum says nothing about the addresses.
  const pseudo = protocol === IpProtocol.Icmp ? 0 : sum(frame, addressAt, payloadAt) + protocol + payload.length;
  const checksum = folded(sum(frame, payloadAt, end) + pseudo);
  const at = payloadAt + (CHECKSUM_AT[protocol] ?? 0);
  put16(frame, at, checksum === 0 && protocol === IpProtocol.Udp ? 0xffff : checksum);
}

function ipv4Header(frame: Uint8Array, { protocol, hopLimit, identification, payload }: Datagram): void {
  frame[14] = 0x45;
  put16(frame, 16, IPV4_HEADER + payload.length);
  put16(frame, 18, identification);
  frame[20] = DO_NOT_FRAGMENT;
  frame[22] = hopLimit;
  frame[23] = protocol;
  put16(frame, 24, folded(sum(frame, ETHERNET_HEADER, ETHERNET_HEADER + IPV4_HEADER)));
}

function ipv6Header(frame: Uint8Array, { protocol, hopLimit, payload }: Datagram): void {
  frame[14] = 0x60;
  put16(frame, 18, payload.length);
  frame[20] = protocol;
  frame[21] = hopLimit;
}

const ARP_LENGTH: Bytes = 42;
const BROADCAST = new Uint8Array(6).fill(255);

/** ARP for IPv4 over Ethernet (RFC 826): a request to everybody, or a reply. */
export function arpFrame(
  operation: 1 | 2,
  sender: { readonly mac: Uint8Array; readonly address: Uint8Array },
  target: { readonly mac: Uint8Array; readonly address: Uint8Array },
): Uint8Array {
  const frame = new Uint8Array(ARP_LENGTH);
  frame.set(operation === 1 ? BROADCAST : target.mac, 0);
  frame.set(sender.mac, 6);
  put16(frame, 12, 0x0806);
  frame.set([0, 1, 8, 0, 6, 4, 0, operation], 14);
  frame.set(sender.mac, 22);
  frame.set(sender.address, 28);
  if (operation === 2) frame.set(target.mac, 32);
  frame.set(target.address, 38);
  return frame;
}

function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

/** Sum of 16-bit words (RFC 1071); of an odd number of bytes the last is the high one. */
function sum(bytes: Uint8Array, start: number, end: number): number {
  let total = 0;
  let at = start;
  for (; at + 1 < end; at += 2) total += ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
  if (at < end) total += (bytes[at] as number) << 8;
  return total;
}

function folded(total: number): number {
  let rest = total;
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000);
  return ~rest & 0xffff;
}
