import { addressBytes, isIpv6 } from './addresses';

/** Bytes of a header with its payload, and what the header below has to know of them. */
export interface Layer {
  readonly bytes: Uint8Array;
  /** For the link layer. */
  readonly etherType?: number;
  /** For an IP header. */
  readonly ipProtocol?: number;
  /** Where the Internet checksum belongs that covers the pseudo-header too. */
  readonly checksumAt?: number;
}

export type Payload = Layer | Uint8Array | string;

export const join = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
export const be16 = (value: number): number[] => [(value >>> 8) & 255, value & 255];
export const be24 = (value: number): number[] => [(value >>> 16) & 255, ...be16(value)];
export const be32 = (value: number): number[] => [...be16(value >>> 16), ...be16(value)];
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const asLayer = (payload: Payload): Layer =>
  typeof payload === 'string' ? { bytes: ascii(payload) } : payload instanceof Uint8Array ? { bytes: payload } : payload;

/** RFC 1071. */
export function internetChecksum(...parts: readonly Uint8Array[]): number {
  const bytes = join(...parts);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function withChecksum(layer: Layer, pseudoHeader: Uint8Array): Uint8Array {
  if (layer.checksumAt === undefined) return layer.bytes;
  const bytes = layer.bytes.slice();
  const sum = internetChecksum(pseudoHeader, bytes);
  bytes.set(be16(sum === 0 ? 0xffff : sum), layer.checksumAt);
  return bytes;
}

export interface Ethernet {
  readonly source: string;
  readonly destination: string;
  /** EtherType; that of the payload if left out. */
  readonly type: number;
  /** VLAN ids, outermost first; an id with its own tag type: [0x88a8, 100]. */
  readonly vlans: readonly (number | readonly [type: number, id: number])[];
  readonly payload: Payload;
}

const VLAN = 0x8100;

export function ethernet(header: Partial<Ethernet> = {}): Uint8Array {
  const { source = '02:00:00:00:00:01', destination = '02:00:00:00:00:02', vlans = [], payload = new Uint8Array(0) } = header;
  const layer = asLayer(payload);
  const tags = vlans.flatMap((tag) => (typeof tag === 'number' ? [...be16(VLAN), ...be16(tag)] : [...be16(tag[0]), ...be16(tag[1])]));
  return join(addressBytes(destination), addressBytes(source), tags, be16(header.type ?? layer.etherType ?? 0x88b5), layer.bytes);
}

export interface Ipv4 {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly ttl: number;
  readonly id: number;
  readonly dontFragment: boolean;
  /** Bytes before this fragment in its datagram. */
  readonly fragmentOffset: number;
  readonly moreFragments: boolean;
  /** Padded to words by the caller. */
  readonly options: Uint8Array;
  /** Written instead of the true length, to lie. */
  readonly totalLength: number;
  readonly payload: Payload;
}

export function ipv4(header: Partial<Ipv4> = {}): Layer {
  const { source = '10.0.0.1', destination = '10.0.0.2', ttl = 64, id = 0, fragmentOffset = 0, options = new Uint8Array(0) } = header;
  const layer = asLayer(header.payload ?? '');
  const protocol = header.protocol ?? layer.ipProtocol ?? 253;
  const ends = join(addressBytes(source), addressBytes(destination));
  const payload = withChecksum(layer, join(ends, [0, protocol], be16(layer.bytes.length)));
  const length = 20 + options.length;
  const fragment = (header.dontFragment === true ? 0x4000 : 0) | (header.moreFragments === true ? 0x2000 : 0) | (fragmentOffset >>> 3);
  const bare = join(
    [0x40 | (length / 4), 0],
    be16(header.totalLength ?? length + payload.length),
    be16(id),
    be16(fragment),
    [ttl, protocol, 0, 0],
    ends,
    options,
  );
  bare.set(be16(internetChecksum(bare)), 10);
  return { bytes: join(bare, payload), etherType: 0x0800, ipProtocol: 4 };
}

export interface Ipv6 {
  readonly source: string;
  readonly destination: string;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly payloadLength: number;
  readonly payload: Payload;
}

export function ipv6(header: Partial<Ipv6> = {}): Layer {
  const { source = '2001:db8::1', destination = '2001:db8::2', hopLimit = 64 } = header;
  const layer = asLayer(header.payload ?? '');
  const next = header.nextHeader ?? layer.ipProtocol ?? 59;
  const ends = join(addressBytes(source), addressBytes(destination));
  const payload = withChecksum(layer, join(ends, be32(layer.bytes.length), be32(layer.ipProtocol ?? next)));
  const bytes = join([0x60, 0, 0, 0], be16(header.payloadLength ?? payload.length), [next, hopLimit], ends, payload);
  return { bytes, etherType: 0x86dd, ipProtocol: 41 };
}

/** IPv4 or IPv6, as the addresses are written. */
export const ip = (source: string, destination: string, payload: Payload, ttl = 64): Layer =>
  isIpv6(source) ? ipv6({ source, destination, payload, hopLimit: ttl }) : ipv4({ source, destination, payload, ttl });

const FLAGS = 'FSRPAUECN';

/** 'SA' is SYN and ACK: F, S, R, P, A, U, E (ECE), C (CWR), N (accurate ECN); '' or '.' for none. */
export const tcpFlags = (letters: string): number =>
  [...letters.replace('.', '')].reduce((bits, letter) => {
    if (!FLAGS.includes(letter)) throw new Error(`not a TCP flag: ${letter}`);
    return bits | (1 << FLAGS.indexOf(letter));
  }, 0);

export interface Tcp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly flags: string;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly window: number;
  /** Padded to words with zeros. */
  readonly options: Uint8Array;
  readonly payload: Payload;
}

export function tcp(header: Partial<Tcp> = {}): Layer {
  const { sourcePort = 40_000, destinationPort = 80, flags = 'A', sequence = 1, acknowledgement = 0, window = 64_240 } = header;
  const options = header.options ?? new Uint8Array(0);
  const padded = join(options, new Uint8Array((4 - (options.length % 4)) % 4));
  const bytes = join(
    be16(sourcePort),
    be16(destinationPort),
    be32(sequence),
    be32(acknowledgement),
    be16((((20 + padded.length) / 4) << 12) | tcpFlags(flags)),
    be16(window),
    [0, 0, 0, 0],
    padded,
    asLayer(header.payload ?? '').bytes,
  );
  return { bytes, ipProtocol: 6, checksumAt: 16 };
}

export interface Udp {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Written instead of the true length, to lie. */
  readonly length: number;
  readonly payload: Payload;
}

export function udp(header: Partial<Udp> = {}): Layer {
  const { sourcePort = 50_000, destinationPort = 50_001 } = header;
  const payload = asLayer(header.payload ?? '').bytes;
  const bytes = join(be16(sourcePort), be16(destinationPort), be16(header.length ?? 8 + payload.length), [0, 0], payload);
  return { bytes, ipProtocol: 17, checksumAt: 6 };
}

export interface Icmp {
  readonly type: number;
  readonly code: number;
  /** The four bytes after the checksum: identifier and sequence number of an echo. */
  readonly rest: readonly number[];
  readonly payload: Payload;
}

export function icmp({ type = 8, code = 0, rest = [0, 1, 0, 1], payload = '' }: Partial<Icmp> = {}): Layer {
  const bytes = join([type, code, 0, 0], rest, asLayer(payload).bytes);
  bytes.set(be16(internetChecksum(bytes)), 2);
  return { bytes, ipProtocol: 1 };
}

export function icmpv6({ type = 128, code = 0, rest = [0, 1, 0, 1], payload = '' }: Partial<Icmp> = {}): Layer {
  return { bytes: join([type, code, 0, 0], rest, asLayer(payload).bytes), ipProtocol: 58, checksumAt: 2 };
}

export interface Arp {
  readonly operation: number;
  readonly senderMac: string;
  readonly sender: string;
  readonly targetMac: string;
  readonly target: string;
}

export function arp(header: Partial<Arp> = {}): Layer {
  const { operation = 1, senderMac = '02:00:00:00:00:01', targetMac = '00:00:00:00:00:00' } = header;
  const { sender = '10.0.0.1', target = '10.0.0.2' } = header;
  const ends = [addressBytes(senderMac), addressBytes(sender), addressBytes(targetMac), addressBytes(target)];
  return { bytes: join(be16(1), be16(0x0800), [6, 4], be16(operation), ...ends), etherType: 0x0806 };
}

/** The IPv4 packets or IPv6 packets that carry `payload` in pieces of `size` bytes (a multiple of eight), in order. */
export function fragments(source: string, destination: string, payload: Layer, size: number, id = 1): Layer[] {
  // The checksum covers the whole, so the whole is made first.
  const whole = ip(source, destination, payload);
  const header = isIpv6(source) ? 40 : 20;
  const body = whole.bytes.slice(header);
  const protocol = payload.ipProtocol ?? 253;
  return Array.from({ length: Math.ceil(body.length / size) }, (_, i) => {
    const piece = body.slice(i * size, (i + 1) * size);
    const moreFragments = (i + 1) * size < body.length;
    if (!isIpv6(source)) return ipv4({ source, destination, id, protocol, fragmentOffset: i * size, moreFragments, payload: piece });
    const extension = join([protocol, 0], be16((i * size) | (moreFragments ? 1 : 0)), be32(id), piece);
    return ipv6({ source, destination, nextHeader: 44, payload: extension });
  });
}
