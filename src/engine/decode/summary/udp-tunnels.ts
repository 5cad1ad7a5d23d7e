import { u8, u16 } from '../../../shared/base/bytes';
import { Layer } from '../../../shared/model/packet-flags';
import { protocolNames } from '../protocol-names';
import { decodeEtherType } from './ethernet';
import { type FrameSummary, MAX_DEPTH } from './frame-summary';
import { Id } from './ids';
import { decodeIp } from './ip';
import { decodePppHdlc } from './ppp';

const VXLAN = 4789;
const GENEVE = 6081;
const GTP_U = 2152;
const TEREDO = 3544;
const L2TP = 1701;
const ETHERNET = 0x6558;

/** Tunnels over UDP, recognised by the port that IANA gave them; what they carry is decoded as the frame's inner part. */
export function decodeUdpTunnel(s: FrameSummary, bytes: Uint8Array, at: number, end: number, source: number, destination: number): void {
  if (s.depth >= MAX_DEPTH || end - at < 8) return;
  if (destination === VXLAN) {
    // RFC 7348: flags with the I bit, VNI.
    s.depth++;
    s.layers |= Layer.Vxlan;
    s.protocol = Id.Vxlan;
    decodeEtherType(s, bytes, at + 8, end, ETHERNET);
  } else if (destination === GENEVE) {
    // RFC 8926: option length in words, protocol as EtherType.
    s.protocol = Id.Geneve;
    const body = at + 8 + (u8(bytes, at) & 0x3f) * 4;
    s.depth++;
    if (body < end) decodeEtherType(s, bytes, body, end, u16(bytes, at + 2));
  } else if (destination === GTP_U || source === GTP_U) decodeGtpU(s, bytes, at, end);
  else if (destination === TEREDO || source === TEREDO) decodeTeredo(s, bytes, at, end);
  else if (destination === L2TP || source === L2TP) decodeL2tp(s, bytes, at, end);
}

const GTP_NAMES = new Map<number, number>();

/** 3GPP TS 29.281: a G-PDU (message 255) carries a user's IP packet; the Protocol column shows 'GTP <inner>'. */
function decodeGtpU(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  const flags = u8(bytes, at);
  if (flags >> 5 !== 1) return;
  s.protocol = Id.Gtp;
  if (u8(bytes, at + 1) !== 255) return;
  let body = at + 8;
  if ((flags & 7) !== 0) {
    let next = (flags & 4) !== 0 && end - body >= 4 ? u8(bytes, body + 3) : 0;
    body += 4;
    for (let headers = 0; next !== 0 && headers < 8 && body < end; headers++) {
      const length = u8(bytes, body) * 4;
      if (length === 0 || body + length > end) return;
      next = u8(bytes, body + length - 1);
      body += length;
    }
  }
  if (body >= end) return;
  s.depth++;
  decodeIp(s, bytes, body, end);
  if (s.protocol === Id.Gtp) return;
  let name = GTP_NAMES.get(s.protocol);
  if (name === undefined) {
    name = protocolNames.id(`GTP <${protocolNames.name(s.protocol)}>`);
    GTP_NAMES.set(s.protocol, name);
  }
  s.protocol = name;
}

/** RFC 4380: optional authentication (0x0001) and origin indication (0x0000) before the IPv6 packet. */
function decodeTeredo(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  let body = at;
  if (u16(bytes, body) === 1 && end - body >= 13) body += 13 + u8(bytes, body + 2) + u8(bytes, body + 3);
  if (end - body >= 8 && u16(bytes, body) === 0) body += 8;
  if (end - body < 40 || u8(bytes, body) >> 4 !== 6) return;
  s.protocol = Id.Teredo;
  s.depth++;
  decodeIp(s, bytes, body, end);
  // A bubble carries no payload: it is Teredo's own.
  if (s.protocol === Id.Ipv6) s.protocol = Id.Teredo;
}

const L2TP_NAME = protocolNames.id('L2TP');

/** RFC 2661, version 2: data messages carry PPP. */
function decodeL2tp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  const flags = u16(bytes, at);
  if ((flags & 15) !== 2) return;
  s.protocol = L2TP_NAME;
  if ((flags & 0x8000) !== 0) return;
  let body = at + 6;
  if ((flags & 0x4000) !== 0) body += 2;
  if ((flags & 0x0800) !== 0) body += 4;
  if ((flags & 0x0200) !== 0 && body + 2 <= end) body += 2 + u16(bytes, body);
  if (body >= end) return;
  s.depth++;
  decodePppHdlc(s, bytes, body, end);
}
