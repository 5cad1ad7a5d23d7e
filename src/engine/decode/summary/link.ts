import { u8, u16, u16le, u32, u32le } from '../../../shared/base/bytes';
import { LinkType } from '../../../shared/model/link-types';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import { protocolNames } from '../protocol-names';
import { decodeEthernet, decodeEtherType, decodeLlc } from './ethernet';
import type { FrameSummary } from './frame-summary';
import { Id } from './ids';
import { decodeIp, decodeIpv4, decodeIpv6 } from './ip';
import { decodeCiscoHdlc, decodeFrameRelay, decodePpp, decodePppHdlc } from './ppp';
import { decodeRadiotap, decodeWlan } from './wlan';

const ARPHRD_ETHER = 1;
const ARPHRD_LOOPBACK = 772;
const ARPHRD_RADIOTAP = 803;
const ARPHRD_FRAD = 770;
const ARPHRD_IPGRE = 778;
const ARPHRD_NETLINK = 824;

/** First tier, entry: decodes bytes[at..end) as a frame of this link type into the summary. Never throws. */
export function decodeLink(s: FrameSummary, bytes: Uint8Array, at: number, end: number, linkType: number): void {
  switch (linkType) {
    case LinkType.Ethernet:
      return decodeEthernet(s, bytes, at, end);
    case LinkType.LinuxSll:
      return decodeSll(s, bytes, at, end);
    case LinkType.LinuxSll2:
      return decodeSll2(s, bytes, at, end);
    case LinkType.Raw:
    case LinkType.RawBsd:
    case LinkType.RawOpenBsd:
      s.layers |= Layer.Raw;
      s.protocol = Id.Unknown;
      return decodeIp(s, bytes, at, end);
    case LinkType.IpV4:
      s.layers |= Layer.Raw;
      return decodeIpv4(s, bytes, at, end);
    case LinkType.IpV6:
      s.layers |= Layer.Raw;
      return decodeIpv6(s, bytes, at, end);
    case LinkType.Null:
    case LinkType.Loop:
      return decodeNull(s, bytes, at, end);
    case LinkType.Ieee80211:
      return decodeWlan(s, bytes, at, end, false);
    case LinkType.Ieee80211Radiotap:
      return decodeRadiotap(s, bytes, at, end);
    case LinkType.Ieee80211Prism:
      return decodeWlan(s, bytes, at + 144, end, false);
    case LinkType.Ieee80211Avs:
      return end - at < 8 ? undefined : decodeWlan(s, bytes, at + Math.min(u32(bytes, at + 4), end - at), end, false);
    case LinkType.Ppp:
    case LinkType.PppHdlc:
      return decodePppHdlc(s, bytes, at, end);
    case LinkType.PppWithDirection:
      return decodePppHdlc(s, bytes, at + 1, end);
    case LinkType.Pppoe:
      return decodePpp(s, bytes, at + 6, end);
    case LinkType.CiscoHdlc:
      return decodeCiscoHdlc(s, bytes, at, end);
    case LinkType.FrameRelay:
      return decodeFrameRelay(s, bytes, at, end);
    case LinkType.Slip:
      return decodeIp(s, bytes, at + 16, end);
    case LinkType.IpOverInfiniband:
      return decodeInfiniband(s, bytes, at, end);
    case LinkType.Nflog:
      return decodeNflog(s, bytes, at, end);
    case LinkType.Pktap:
      return decodePktap(s, bytes, at, end);
    case LinkType.Ieee802154:
      s.protocol = Id.Wpan;
      return;
    case LinkType.Dbus:
      s.protocol = DBUS;
      return;
    case LinkType.Vsock:
      s.protocol = VSOCK;
      return;
    default:
      s.protocol = UNKNOWN_LINK;
  }
}

const DBUS = protocolNames.id('D-Bus');
const VSOCK = protocolNames.id('vSocket');
const NFLOG = protocolNames.id('NFLOG');
const SLL = protocolNames.id('SLL');
const NULL = protocolNames.id('Null/Loopback');
const PKTAP = protocolNames.id('PKTAP');
const IPOIB = protocolNames.id('IPoIB');
const NETLINK = protocolNames.id('Netlink');
const UNKNOWN_LINK = protocolNames.id('UNKNOWN');

/** LINKTYPE_LINUX_SLL: packet type, ARPHRD type, address length, address (8), protocol. */
function decodeSll(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Sll;
  s.protocol = SLL;
  if (end - at < 16) return cut(s);
  const hardware = u16(bytes, at + 2);
  if (u16(bytes, at + 4) === 6) s.source = s.addresses.internMac(bytes, at + 6);
  decodeCooked(s, bytes, at + 16, end, hardware, u16(bytes, at + 14));
}

/** LINKTYPE_LINUX_SLL2: protocol, reserved, interface index, ARPHRD type, packet type, address length, address (8). */
function decodeSll2(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Sll;
  s.protocol = SLL;
  if (end - at < 20) return cut(s);
  if (u8(bytes, at + 11) === 6) s.source = s.addresses.internMac(bytes, at + 12);
  decodeCooked(s, bytes, at + 20, end, u16(bytes, at + 8), u16(bytes, at));
}

function decodeCooked(s: FrameSummary, bytes: Uint8Array, at: number, end: number, hardware: number, protocol: number): void {
  if (hardware === ARPHRD_NETLINK) {
    s.protocol = NETLINK;
    return;
  }
  if (hardware === ARPHRD_RADIOTAP) return decodeRadiotap(s, bytes, at, end);
  if (hardware === ARPHRD_IPGRE || hardware === ARPHRD_FRAD) s.protocol = SLL;
  if (protocol > 1500) return decodeEtherType(s, bytes, at, end, protocol);
  // Below 1,501 the field is a Linux ETH_P_ number: 1 is raw 802.3 (Novell), 4 is 802.2.
  if (protocol === 4 || ((hardware === ARPHRD_ETHER || hardware === ARPHRD_LOOPBACK) && protocol === 2)) decodeLlc(s, bytes, at, end);
}

/** LINKTYPE_NULL and LINKTYPE_LOOP: four bytes of address family, in the capturing host's order. */
function decodeNull(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Null;
  s.protocol = NULL;
  if (end - at < 4) return cut(s);
  const little = u32le(bytes, at);
  const family = little > 0xffff ? u32(bytes, at) : little;
  switch (family) {
    case 2:
      return decodeIpv4(s, bytes, at + 4, end);
    case 10: // Linux
    case 24: // NetBSD, OpenBSD, BSD/OS
    case 28: // FreeBSD
    case 30: // macOS
      return decodeIpv6(s, bytes, at + 4, end);
    default:
      if (family > 1500) decodeEtherType(s, bytes, at + 4, end, family & 0xffff);
  }
}

/** LINKTYPE_IPOIB: 40 bytes of GRH, then the EtherType and two reserved bytes. */
function decodeInfiniband(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.protocol = IPOIB;
  if (end - at < 44) return cut(s);
  decodeEtherType(s, bytes, at + 44, end, u16(bytes, at + 40));
}

const NFULA_PAYLOAD = 9;

/** LINKTYPE_NFLOG: address family, version, resource id, then TLVs in host order (little-endian in practice). */
function decodeNflog(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.protocol = NFLOG;
  if (end - at < 4) return cut(s);
  const family = u8(bytes, at);
  for (let tlv = at + 4; tlv + 4 <= end; ) {
    const length = u16le(bytes, tlv);
    if (length < 4) break;
    if (u16le(bytes, tlv + 2) === NFULA_PAYLOAD) {
      const stop = Math.min(end, tlv + length);
      if (family === 2) decodeIpv4(s, bytes, tlv + 4, stop);
      else if (family === 10) decodeIpv6(s, bytes, tlv + 4, stop);
      return;
    }
    tlv += (length + 3) & ~3;
  }
}

/** LINKTYPE_PKTAP: length, type, and the link type of what follows, little-endian. */
function decodePktap(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.protocol = PKTAP;
  if (end - at < 12) return cut(s);
  const length = u32le(bytes, at);
  const inner = u32le(bytes, at + 8);
  if (length < 12 || length > end - at || inner === LinkType.Pktap) return;
  decodeLink(s, bytes, at + length, end, inner);
}

function cut(s: FrameSummary): void {
  s.flags |= PacketFlag.CutShort;
}
