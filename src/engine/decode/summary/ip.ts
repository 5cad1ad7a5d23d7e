import { u8, u16, u32 } from '../../../shared/base/bytes';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import { protocolNames } from '../protocol-names';
import { decodeEtherType } from './ethernet';
import { type FrameSummary, MAX_DEPTH } from './frame-summary';
import { decodeIcmp, decodeIcmpv6, decodeIgmp } from './icmp';
import { Id } from './ids';
import { decodePpp } from './ppp';
import { decodeSctp, decodeTcp, decodeUdp } from './transport';

/** IP protocols whose dissector is a name only. */
const NAMED = new Map<number, number>(
  (
    [
      [33, 'DCCP'],
      [46, 'RSVP'],
      [73, 'CPHB'],
      [88, 'EIGRP'],
      [89, 'OSPF'],
      [94, 'IPIP'],
      [97, 'ETHERIP'],
      [103, 'PIMv2'],
      [108, 'IPComp'],
      [112, 'VRRP'],
      [115, 'L2TPv3'],
      [124, 'ISIS'],
      [135, 'MIPv6'],
    ] as const
  ).map(([type, name]) => [type, protocolNames.id(name)]),
);

/** Raw IP: the version nibble decides. */
export function decodeIp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  if (at >= end) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const version = u8(bytes, at) >> 4;
  if (version === 4) decodeIpv4(s, bytes, at, end);
  else if (version === 6) decodeIpv6(s, bytes, at, end);
}

/** RFC 791. */
export function decodeIpv4(s: FrameSummary, bytes: Uint8Array, at: number, frameEnd: number): void {
  s.layers |= Layer.Ipv4;
  s.protocol = Id.Ipv4;
  if (frameEnd - at < 20) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const first = u8(bytes, at);
  if (first >> 4 !== 4) {
    s.flags |= PacketFlag.Malformed;
    return;
  }
  const headerLength = (first & 15) * 4;
  if (headerLength < 20) {
    s.flags |= PacketFlag.Malformed;
    return;
  }
  const source = s.addresses.internIpv4(u32(bytes, at + 12));
  const destination = s.addresses.internIpv4(u32(bytes, at + 16));
  const protocol = u8(bytes, at + 9);
  enterIp(s, source, destination, protocol);
  const total = u16(bytes, at + 2);
  // Zero: the sender's network card was to cut the segment (TSO); the datagram is what was captured.
  const length = total === 0 ? frameEnd - at : total;
  if (length < headerLength) {
    s.flags |= PacketFlag.Malformed;
    return;
  }
  const end = Math.min(frameEnd, at + length);
  const body = at + headerLength;
  if (body > end) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const fragment = u16(bytes, at + 6);
  const claimed = Math.min(length, frameEnd - at + s.uncaptured) - headerLength;
  if ((fragment & 0x3fff) !== 0) {
    const offset = (fragment & 0x1fff) * 8;
    const more = (fragment & 0x2000) !== 0;
    decodeFragment(s, bytes, body, end, claimed, source, destination, u16(bytes, at + 4), protocol, offset, more, Id.Ipv4);
    return;
  }
  decodeIpPayload(s, bytes, body, end, claimed, protocol, source, destination, Id.Ipv4);
}

function enterIp(s: FrameSummary, source: number, destination: number, protocol: number): void {
  s.ipHeaders++;
  if (s.ipProtocol < 0) {
    s.ipProtocol = protocol;
    s.source = source;
    s.destination = destination;
    s.flags |= PacketFlag.IpProtocol;
  } else if (!s.quoted) s.flags |= PacketFlag.Tunnel;
  // The flow belongs to the innermost header; a quoted one names it the other way round (set by the ICMP decoder).
  if (!s.quoted) {
    s.flowSource = source;
    s.flowDestination = destination;
  } else {
    s.flowSource = destination;
    s.flowDestination = source;
  }
  s.flowProtocol = protocol;
  s.flowSourcePort = 0;
  s.flowDestinationPort = 0;
}

function decodeFragment(
  s: FrameSummary,
  bytes: Uint8Array,
  body: number,
  end: number,
  claimed: number,
  source: number,
  destination: number,
  id: number,
  protocol: number,
  offset: number,
  more: boolean,
  name: number,
): void {
  const whole = end - body === claimed;
  const datagram = whole && !s.quoted ? s.defragmenter.add(source, destination, id, protocol, offset, more, bytes, body, end) : null;
  if (datagram !== null) {
    s.flags |= PacketFlag.Reassembled;
    s.payloadInDatagram = true;
    decodeIpPayload(s, datagram, 0, datagram.length, datagram.length, protocol, source, destination, name);
  } else if (!whole && offset === 0) {
    // Cut by the snap length: it can never be put together, so its first piece is shown for what it is.
    decodeIpPayload(s, bytes, body, end, claimed, protocol, source, destination, name);
  } else if (s.quoted && offset === 0) {
    decodeIpPayload(s, bytes, body, end, claimed, protocol, source, destination, name);
  } else {
    s.flags |= PacketFlag.Fragment;
    s.protocol = name;
  }
}

const MAX_EXTENSION_HEADERS = 16;

/** RFC 8200, with the extension headers in order. */
export function decodeIpv6(s: FrameSummary, bytes: Uint8Array, at: number, frameEnd: number): void {
  s.layers |= Layer.Ipv6;
  s.protocol = Id.Ipv6;
  if (frameEnd - at < 40) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  if (u8(bytes, at) >> 4 !== 6) {
    s.flags |= PacketFlag.Malformed;
    return;
  }
  const source = s.addresses.internIpv6(bytes, at + 8);
  const destination = s.addresses.internIpv6(bytes, at + 24);
  let next = u8(bytes, at + 6);
  enterIp(s, source, destination, next);
  const declared = u16(bytes, at + 4);
  // Zero: a jumbogram (RFC 2675) or a segment that the network card was to cut.
  const length = declared === 0 && next !== 59 ? frameEnd - at - 40 : declared;
  const end = Math.min(frameEnd, at + 40 + length);
  const wireEnd = Math.min(at + 40 + length, frameEnd + s.uncaptured);
  let body = at + 40;
  for (let count = 0; count < MAX_EXTENSION_HEADERS; count++) {
    switch (next) {
      case 0: // hop-by-hop options
      case 43: // routing
      case 60: // destination options
      case 135: // mobility
      case 139: // HIP
      case 140: // SHIM6
        if (end - body < 8) {
          s.flags |= PacketFlag.CutShort;
          return;
        }
        if (next === 135) s.protocol = NAMED.get(135) ?? 0;
        next = u8(bytes, body);
        body += (u8(bytes, body + 1) + 1) * 8;
        break;
      case 44: {
        if (end - body < 8) {
          s.flags |= PacketFlag.CutShort;
          return;
        }
        const field = u16(bytes, body + 2);
        const inner = u8(bytes, body);
        const offset = field & 0xfff8;
        const more = (field & 1) !== 0;
        s.flowProtocol = inner;
        if (offset !== 0 || more) {
          const id = u32(bytes, body + 4);
          decodeFragment(s, bytes, body + 8, end, wireEnd - body - 8, source, destination, id, inner, offset, more, Id.Ipv6);
          return;
        }
        next = inner;
        body += 8;
        break;
      }
      case 59:
        return;
      default:
        if (body > end) {
          s.flags |= PacketFlag.CutShort;
          return;
        }
        s.flowProtocol = next;
        decodeIpPayload(s, bytes, body, end, Math.max(0, wireEnd - body), next, source, destination, Id.Ipv6);
        return;
    }
    if (body > end) {
      s.flags |= PacketFlag.CutShort;
      return;
    }
  }
}

function decodeIpPayload(
  s: FrameSummary,
  bytes: Uint8Array,
  at: number,
  end: number,
  claimed: number,
  protocol: number,
  source: number,
  destination: number,
  name: number,
): void {
  switch (protocol) {
    case 6:
      return decodeTcp(s, bytes, at, end, claimed);
    case 17:
      return decodeUdp(s, bytes, at, end, claimed);
    case 1:
      return decodeIcmp(s, bytes, at, end);
    case 58:
      return decodeIcmpv6(s, bytes, at, end);
    case 2:
      return decodeIgmp(s, bytes, at, end);
    case 132:
      return decodeSctp(s, bytes, at, end);
    case 136:
      s.protocol = Id.UdpLite;
      return;
    case 50:
      s.layers |= Layer.Esp;
      s.protocol = Id.Esp;
      return;
  }
  if (s.depth >= MAX_DEPTH) return;
  s.depth++;
  switch (protocol) {
    case 4:
    case 94:
      return decodeIpv4(s, bytes, at, end);
    case 41:
      return decodeIpv6(s, bytes, at, end);
    case 47:
      return decodeGre(s, bytes, at, end);
    case 51: {
      // RFC 4302: length in 32-bit words less two.
      s.layers |= Layer.Ah;
      s.protocol = Id.Ah;
      const length = end - at >= 12 ? (u8(bytes, at + 1) + 2) * 4 : 0;
      if (length < 12 || length > end - at) {
        s.flags |= PacketFlag.CutShort;
        return;
      }
      s.flowProtocol = u8(bytes, at);
      return decodeIpPayload(s, bytes, at + length, end, claimed - length, s.flowProtocol, source, destination, name);
    }
    case 97: // EtherIP
      return end - at > 2 ? decodeEtherType(s, bytes, at + 2, end, 0x6558) : undefined;
    case 103:
      s.protocol = u8(bytes, at) >> 4 === 1 ? PIM1 : (NAMED.get(103) ?? 0);
      return;
    case 137:
      return decodeEtherType(s, bytes, at, end, 0x8847);
  }
  s.protocol = NAMED.get(protocol) ?? name;
}

const PIM1 = protocolNames.id('PIMv1');
const PPTP_VERSION = 1;

/** RFC 2784, RFC 2890, and version 1 of RFC 2637 (PPTP). */
function decodeGre(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Gre;
  s.protocol = Id.Gre;
  if (end - at < 4) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const flags = u16(bytes, at);
  const type = u16(bytes, at + 2);
  let body = at + 4;
  if ((flags & 0xc000) !== 0) body += 4; // checksum or routing: checksum and offset
  if ((flags & 0x2000) !== 0) body += 4; // key
  if ((flags & 0x1000) !== 0) body += 4; // sequence number
  if ((flags & 7) === PPTP_VERSION && (flags & 0x0080) !== 0) body += 4; // acknowledgement
  if (body >= end) return;
  if (type === 0x880b) {
    const framed = u8(bytes, body) === 0xff && u8(bytes, body + 1) === 0x03;
    return decodePpp(s, bytes, framed ? body + 2 : body, end);
  }
  // ERSPAN type I has no header of its own and no GRE sequence number; II has 8 bytes, III has 12 (and 8 more where it says so).
  if (type === 0x88be) return decodeEtherType(s, bytes, body + ((flags & 0x1000) !== 0 ? 8 : 0), end, 0x6558);
  if (type === 0x22eb) {
    if (end - body < 12) return;
    return decodeEtherType(s, bytes, body + ((u8(bytes, body + 11) & 1) !== 0 ? 20 : 12), end, 0x6558);
  }
  if (type === 0) return;
  decodeEtherType(s, bytes, body, end, type);
}
