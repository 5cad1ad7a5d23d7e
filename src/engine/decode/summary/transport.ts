import { u8, u16, u32 } from '../../../shared/base/bytes';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import type { FrameSummary } from './frame-summary';
import { Id } from './ids';
import { decodeUdpTunnel } from './udp-tunnels';

const SYN = 0x002;

/** RFC 9293. `claimed` is the segment's length as the IP header has it. */
export function decodeTcp(s: FrameSummary, bytes: Uint8Array, at: number, end: number, claimed: number): void {
  s.layers |= Layer.Tcp;
  s.protocol = Id.Tcp;
  if (end - at < 4) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const sourcePort = u16(bytes, at);
  const destinationPort = u16(bytes, at + 2);
  s.setPorts(sourcePort, destinationPort);
  setFlowPorts(s, sourcePort, destinationPort);
  if (end - at < 14) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const flags = u16(bytes, at + 12) & 0x0fff;
  if (s.tcpFlags < 0) s.tcpFlags = flags;
  if (end - at < 20) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  s.flowTcpFlags = flags;
  s.sequence = u32(bytes, at + 4);
  s.acknowledgement = u32(bytes, at + 8);
  s.window = u16(bytes, at + 14);
  const headerLength = (u8(bytes, at + 12) >> 4) * 4;
  if (headerLength < 20) {
    s.flags |= PacketFlag.Malformed;
    return;
  }
  if ((flags & SYN) !== 0 && headerLength > 20) s.windowScale = findWindowScale(bytes, at + 20, Math.min(end, at + headerLength));
  setPayload(s, bytes, at + headerLength, end, claimed - headerLength);
}

function setFlowPorts(s: FrameSummary, source: number, destination: number): void {
  s.flowSourcePort = s.quoted ? destination : source;
  s.flowDestinationPort = s.quoted ? source : destination;
}

function setPayload(s: FrameSummary, bytes: Uint8Array, at: number, end: number, length: number): void {
  s.payloadBytes = bytes;
  s.payloadStart = Math.min(at, end);
  s.payloadEnd = end;
  s.payloadLength = Math.max(0, length);
}

/** RFC 7323: kind 3, length 3, exponent (at most 14 counts). 255 where the option is absent. */
function findWindowScale(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; ) {
    const kind = u8(bytes, at);
    if (kind === 0) break;
    if (kind === 1) {
      at++;
      continue;
    }
    const length = at + 1 < end ? u8(bytes, at + 1) : 0;
    if (length < 2) break;
    if (kind === 3 && length === 3 && at + 2 < end) return Math.min(14, u8(bytes, at + 2));
    at += length;
  }
  return 255;
}

/** RFC 768. */
export function decodeUdp(s: FrameSummary, bytes: Uint8Array, at: number, end: number, claimed: number): void {
  s.layers |= Layer.Udp;
  s.protocol = Id.Udp;
  if (end - at < 4) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const sourcePort = u16(bytes, at);
  const destinationPort = u16(bytes, at + 2);
  s.setPorts(sourcePort, destinationPort);
  setFlowPorts(s, sourcePort, destinationPort);
  if (end - at < 8) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  // Zero is allowed for jumbograms (RFC 2675).
  const declared = u16(bytes, at + 4);
  const bogus = declared > claimed && !s.quoted;
  const length = declared === 0 || bogus ? claimed : declared;
  if (bogus || length < 8) s.flags |= PacketFlag.Malformed;
  if (length < 8) return;
  setPayload(s, bytes, at + 8, Math.min(end, at + length), length - 8);
  if (!s.quoted) decodeUdpTunnel(s, bytes, at + 8, Math.min(end, at + length), sourcePort, destinationPort);
}

/** RFC 9260: the flow is the association's port pair. */
export function decodeSctp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Sctp;
  s.protocol = Id.Sctp;
  if (end - at < 4) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  setFlowPorts(s, u16(bytes, at), u16(bytes, at + 2));
  s.setPorts(u16(bytes, at), u16(bytes, at + 2));
}
