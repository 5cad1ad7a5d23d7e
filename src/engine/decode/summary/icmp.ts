import { u8, u16 } from '../../../shared/base/bytes';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import type { FrameSummary } from './frame-summary';
import { Id } from './ids';
import { decodeIp } from './ip';

/** RFC 792. Errors quote the packet that caused them: its ports and flow become this packet's. */
export function decodeIcmp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Icmp;
  s.protocol = Id.Icmp;
  if (end - at < 8) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const type = u8(bytes, at);
  if (type === 3 || type === 4 || type === 5 || type === 11 || type === 12) return decodeQuoted(s, bytes, at + 8, end, Id.Icmp, type === 3);
  // Queries: echo, timestamp, information, address mask carry an identifier.
  const query = type === 0 || type === 8 || (type >= 13 && type <= 18);
  setFlow(s, query ? u16(bytes, at + 4) : (type << 8) | u8(bytes, at + 1));
}

/** RFC 4443; RFC 4861 for neighbour discovery. */
export function decodeIcmpv6(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Icmpv6;
  s.protocol = Id.Icmpv6;
  if (end - at < 4) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const type = u8(bytes, at);
  if (type >= 1 && type <= 4) {
    if (end - at >= 8) decodeQuoted(s, bytes, at + 8, end, Id.Icmpv6, type === 1);
    return;
  }
  const query = (type === 128 || type === 129) && end - at >= 8;
  setFlow(s, query ? u16(bytes, at + 4) : (type << 8) | u8(bytes, at + 1));
}

function setFlow(s: FrameSummary, identifier: number): void {
  s.flowSourcePort = identifier;
  s.flowDestinationPort = identifier;
}

function decodeQuoted(s: FrameSummary, bytes: Uint8Array, at: number, end: number, protocol: number, unreachable: boolean): void {
  if (s.quoted) return;
  s.quoted = true;
  s.unreachable = unreachable;
  s.flags |= PacketFlag.IcmpError;
  decodeIp(s, bytes, at, end);
  s.protocol = protocol;
  s.payloadBytes = null;
}

/** RFC 1112, 2236, 3376: the version follows from type, code and length. */
export function decodeIgmp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Igmp;
  s.protocol = Id.Igmp;
  if (end - at < 8) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  switch (u8(bytes, at)) {
    case 0x11:
      s.protocol = end - at >= 12 ? Id.Igmpv3 : u8(bytes, at + 1) === 0 ? Id.Igmpv1 : Id.Igmpv2;
      return;
    case 0x12:
      s.protocol = Id.Igmpv1;
      return;
    case 0x16:
    case 0x17:
      s.protocol = Id.Igmpv2;
      return;
    case 0x22:
      s.protocol = Id.Igmpv3;
      return;
    case 0x01:
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x08:
      s.protocol = Id.Igmpv0;
  }
}
