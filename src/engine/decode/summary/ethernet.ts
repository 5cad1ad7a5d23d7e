import { u8, u16, u24 } from '../../../shared/base/bytes';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import { protocolNames } from '../protocol-names';
import { type FrameSummary, MAX_DEPTH } from './frame-summary';
import { Id } from './ids';
import { decodeIp, decodeIpv4, decodeIpv6 } from './ip';
import { decodePpp } from './ppp';

const MAX_LENGTH_FIELD = 1500;
const MIN_ETHERTYPE = 0x600;
/** 802.1Q, 802.1ad and MPLS headers that one frame may stack. */
const MAX_TAGS = 16;

/** EtherTypes whose dissector is a name only. */
const NAMED = new Map<number, number>(
  (
    [
      [0x6001, 'DEC DNA'],
      [0x6002, 'MOP RC'],
      [0x6003, 'DEC DNA'],
      [0x6004, 'LAT'],
      [0x809b, 'DDP'],
      [0x80f3, 'AARP'],
      [0x8137, 'IPX'],
      [0x8809, 'Slow Protocols'],
      [0x8870, 'LLC'],
      [0x8892, 'PN-RT'],
      [0x8899, 'Realtek'],
      [0x88a2, 'AoE'],
      [0x88a4, 'ECAT'],
      [0x88b8, 'GOOSE'],
      [0x88ba, 'IEC61850 Sampled Values'],
      [0x88cc, 'LLDP'],
      [0x88e1, 'HomePlug AV'],
      [0x88e5, 'MACSEC'],
      [0x88f7, 'PTPv2'],
      [0x8902, 'CFM'],
      [0x8906, 'FCoE'],
      [0x9000, 'LOOP'],
      [0x9003, 'CTP'],
    ] as const
  ).map(([type, name]) => [type, protocolNames.id(name)]),
);

const LACP = protocolNames.id('LACP');

export function decodeEthernet(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Ethernet;
  s.protocol = Id.Ethernet;
  if (end - at < 14) {
    s.flags |= PacketFlag.CutShort;
    if (end - at >= 12) setMac(s, bytes, at);
    return;
  }
  const type = u16(bytes, at + 12);
  // The usual packet is IPv4: its MAC addresses are not shown, so they are not interned.
  if (type === 0x0800) {
    const before = s.source;
    decodeIpv4(s, bytes, at + 14, end);
    if (s.source === before && before < 0) setMac(s, bytes, at);
    return;
  }
  if (type > MAX_LENGTH_FIELD) decodeEtherType(s, bytes, at + 14, end, type);
  else decodeLlc(s, bytes, at + 14, Math.min(end, at + 14 + type));
  if (s.source < 0) setMac(s, bytes, at);
}

function setMac(s: FrameSummary, bytes: Uint8Array, at: number): void {
  s.destination = s.addresses.internMac(bytes, at);
  s.source = s.addresses.internMac(bytes, at + 6);
}

/** What follows an EtherType: also behind SLL, SNAP, GRE and their kin. */
export function decodeEtherType(s: FrameSummary, bytes: Uint8Array, at: number, end: number, type: number): void {
  if (s.depth >= MAX_DEPTH) return;
  s.depth++;
  switch (type) {
    case 0x0800:
      return decodeIpv4(s, bytes, at, end);
    case 0x86dd:
      return decodeIpv6(s, bytes, at, end);
    case 0x0806:
      return decodeArp(s, bytes, at, end);
    case 0x8035:
      s.layers |= Layer.Arp;
      s.protocol = Id.Rarp;
      return;
    case 0x8100:
    case 0x88a8:
    case 0x9100:
    case 0x9200:
      return decodeVlan(s, bytes, at, end, type);
    case 0x8847:
    case 0x8848:
      return decodeMpls(s, bytes, at, end);
    case 0x8863:
      s.layers |= Layer.Pppoe;
      s.protocol = Id.PppoeDiscovery;
      return;
    case 0x8864:
      s.layers |= Layer.Pppoe;
      s.protocol = Id.PppoeSession;
      if (end - at >= 6) decodePpp(s, bytes, at + 6, Math.min(end, at + 6 + u16(bytes, at + 4)));
      return;
    case 0x880b:
      return decodePpp(s, bytes, at, end);
    case 0x888e:
      s.protocol = end - at > 1 && u8(bytes, at + 1) === 0 ? Id.Eap : Id.Eapol;
      return;
    case 0x6558: // transparent Ethernet bridging
      return decodeEthernet(s, bytes, at, end);
    case 0x8809:
      s.protocol = at < end && u8(bytes, at) === 1 ? LACP : (NAMED.get(type) ?? 0);
      return;
  }
  const named = NAMED.get(type);
  if (named !== undefined) s.protocol = named;
  else if (type < MIN_ETHERTYPE) s.protocol = Id.Llc;
  else s.protocol = protocolNames.id(`0x${type.toString(16).padStart(4, '0')}`);
}

const ARP_LENGTH = 28;
/** Hardware type 1, the first byte of protocol type 0x0800; its second, and addresses of 6 and 4 bytes. */
const ETHERNET_IPV4 = 0x000108;
const ARP_SIZES = 0x000604;

/** RFC 826. Inverse ARP and RARP say so in the operation. */
function decodeArp(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Arp;
  s.protocol = Id.Arp;
  if (end - at < 8) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const operation = u16(bytes, at + 6);
  if (operation === 3 || operation === 4) s.protocol = Id.Rarp;
  else if (operation === 8 || operation === 9) s.protocol = Id.InverseArp;
  else if (end - at >= ARP_LENGTH && u24(bytes, at) === ETHERNET_IPV4 && u24(bytes, at + 3) === ARP_SIZES) {
    s.arpBytes = bytes;
    s.arpStart = at;
  }
}

function decodeVlan(s: FrameSummary, bytes: Uint8Array, at: number, end: number, firstType: number): void {
  s.layers |= Layer.Vlan;
  s.protocol = Id.Vlan;
  let type = firstType;
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    if (end - at < 4) {
      s.flags |= PacketFlag.CutShort;
      return;
    }
    if (s.vlan >= 0) s.flags |= PacketFlag.StackedVlan;
    const isService = type === 0x88a8;
    if (s.vlan < 0 || (s.vlanIsService && !isService)) {
      s.vlan = u16(bytes, at) & 0x0fff;
      s.vlanIsService = isService;
    }
    type = u16(bytes, at + 2);
    at += 4;
    if (type !== 0x8100 && type !== 0x88a8 && type !== 0x9100 && type !== 0x9200) break;
  }
  if (type > MAX_LENGTH_FIELD) decodeEtherType(s, bytes, at, end, type);
  else decodeLlc(s, bytes, at, Math.min(end, at + type));
}

/** RFC 3032. What follows the bottom of the stack is guessed from its first nibble. */
export function decodeMpls(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Mpls;
  s.protocol = Id.Mpls;
  for (let labels = 0; labels < MAX_TAGS; labels++) {
    if (end - at < 4) {
      s.flags |= PacketFlag.CutShort;
      return;
    }
    const bottom = (u8(bytes, at + 2) & 1) === 1;
    at += 4;
    if (bottom) break;
  }
  const nibble = at < end ? u8(bytes, at) >> 4 : 0;
  if (nibble === 4 || nibble === 6) decodeIp(s, bytes, at, end);
}

const IPX = protocolNames.id('IPX');
const NETBIOS = protocolNames.id('NetBIOS');
const SNA = protocolNames.id('SNA');
const DTP = protocolNames.id('DTP');
const VTP = protocolNames.id('VTP');
const UDLD = protocolNames.id('UDLD');
const PVST = protocolNames.id('STP');
const ISIS = protocolNames.id('ISIS');

/** IEEE 802.2: DSAP, SSAP, control; SNAP where both are 0xAA. */
export function decodeLlc(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Llc;
  s.protocol = Id.Llc;
  if (end - at < 3) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const dsap = u8(bytes, at);
  if (dsap === 0xff && u8(bytes, at + 1) === 0xff) {
    s.protocol = IPX;
    return;
  }
  const control = u8(bytes, at + 2);
  const unnumbered = (control & 3) === 3;
  const body = at + (unnumbered ? 3 : 4);
  if (dsap === 0xaa && unnumbered) {
    if (end - body < 5) return;
    const organisation = u24(bytes, body);
    const type = u16(bytes, body + 3);
    if (organisation === 0 || organisation === 0x0000f8) decodeEtherType(s, bytes, body + 5, end, type);
    else if (organisation === 0x00000c) s.protocol = CISCO.get(type) ?? Id.Llc;
    else if (organisation === 0x080007) s.protocol = type === 0x809b ? (NAMED.get(0x809b) ?? 0) : Id.Llc;
    return;
  }
  // Only unnumbered information (UI) carries a payload that has a dissector of its own.
  if ((control & ~0x10) !== 0x03) return;
  switch (dsap) {
    case 0x42:
      s.protocol = Id.Stp;
      return;
    case 0x06:
      return decodeIpv4(s, bytes, body, end);
    case 0xe0:
    case 0x10:
      s.protocol = IPX;
      return;
    case 0xf0:
      s.protocol = NETBIOS;
      return;
    case 0x04:
    case 0x05:
    case 0x08:
    case 0x0c:
      s.protocol = SNA;
      return;
    case 0xfe:
      s.protocol = u8(bytes, body) === 0x83 ? ISIS : Id.Llc;
      return;
  }
}

const CISCO = new Map<number, number>([
  [0x2000, Id.Cdp],
  [0x2003, VTP],
  [0x2004, DTP],
  [0x010b, PVST],
  [0x0111, UDLD],
]);
