import { u8, u16, u32 } from '../../../shared/base/bytes';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import { protocolNames } from '../protocol-names';
import { decodeEtherType, decodeLlc, decodeMpls } from './ethernet';
import type { FrameSummary } from './frame-summary';
import { Id } from './ids';
import { decodeIpv4, decodeIpv6 } from './ip';

/** PPP protocol numbers (RFC 1661 and after) whose dissector is a name only. */
const NAMED = new Map<number, number>(
  (
    [
      [0xc021, 'PPP LCP'],
      [0x8021, 'PPP IPCP'],
      [0x8057, 'PPP IPV6CP'],
      [0x80fd, 'PPP CCP'],
      [0x8281, 'PPP MPLSCP'],
      [0x8207, 'PPP CDPCP'],
      [0x8023, 'PPP OSINLCP'],
      [0xc023, 'PPP PAP'],
      [0xc223, 'PPP CHAP'],
      [0xc025, 'PPP LQR'],
      [0x00fd, 'PPP Comp'],
      [0x003d, 'PPP MP'],
      [0x0031, 'PPP BPDU'],
      [0xc227, 'EAP'],
      [0x0207, 'CDP'],
    ] as const
  ).map(([type, name]) => [type, protocolNames.id(name)]),
);

/** RFC 1662 framing: address and control (0xff 0x03) are there or were compressed away. */
export function decodePppHdlc(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  const first = u8(bytes, at);
  if (first === 0x0f || first === 0x8f) return decodeCiscoHdlc(s, bytes, at, end);
  decodePpp(s, bytes, first === 0xff && u8(bytes, at + 1) === 0x03 ? at + 2 : at, end);
}

export function decodePpp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Ppp;
  s.protocol = Id.Ppp;
  if (end - at < 2) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  // RFC 1661, 6.5: an odd first byte is a compressed protocol field.
  const compressed = (u8(bytes, at) & 1) === 1;
  const protocol = compressed ? u8(bytes, at) : u16(bytes, at);
  const body = at + (compressed ? 1 : 2);
  switch (protocol) {
    case 0x0021:
      return decodeIpv4(s, bytes, body, end);
    case 0x0057:
      return decodeIpv6(s, bytes, body, end);
    case 0x0281:
    case 0x0283:
      return decodeMpls(s, bytes, body, end);
    default:
      s.protocol = NAMED.get(protocol) ?? Id.Ppp;
  }
}

const CHDLC = protocolNames.id('CHDLC');
const ISIS = protocolNames.id('ISIS');

/** Cisco HDLC: address, control, EtherType. 0x8035 is SLARP here. */
export function decodeCiscoHdlc(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.protocol = CHDLC;
  if (end - at < 4) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const type = u16(bytes, at + 2);
  if (type === 0x8035) s.protocol = Id.Slarp;
  else if (type === 0x2000) s.protocol = Id.Cdp;
  else if (type === 0xfefe) s.protocol = ISIS;
  else decodeEtherType(s, bytes, at + 4, end, type);
}

/** Frame Relay (Q.922 address of two to four bytes) with RFC 2427 encapsulation, or Cisco's bare EtherType. */
export function decodeFrameRelay(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.protocol = Id.FrameRelay;
  let body = at;
  while (body < end && body < at + 4 && (u8(bytes, body) & 1) === 0) body++;
  body++;
  if (end - body < 2) return;
  const control = u8(bytes, body);
  if (control !== 0x03) return decodeEtherType(s, bytes, body + 2, end, u16(bytes, body));
  let nlpid = body + 1;
  if (u8(bytes, nlpid) === 0) nlpid++;
  if (nlpid >= end) return;
  switch (u8(bytes, nlpid)) {
    case 0xcc:
      return decodeIpv4(s, bytes, nlpid + 1, end);
    case 0x8e:
      return decodeIpv6(s, bytes, nlpid + 1, end);
    case 0x80:
      if (end - nlpid >= 6 && u32(bytes, nlpid + 1) >>> 8 === 0) decodeEtherType(s, bytes, nlpid + 6, end, u16(bytes, nlpid + 4));
      return;
    case 0xfe:
      return decodeLlc(s, bytes, nlpid, end);
  }
}
