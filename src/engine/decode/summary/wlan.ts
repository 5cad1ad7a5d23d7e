import { u8, u16le, u32le } from '../../../shared/base/bytes';
import { Layer, PacketFlag } from '../../../shared/model/packet-flags';
import { decodeLlc } from './ethernet';
import type { FrameSummary } from './frame-summary';
import { Id } from './ids';

const RADIOTAP_TSFT = 1 << 0;
const RADIOTAP_FLAGS = 1 << 1;
const RADIOTAP_EXTENDED = 0x80000000;
const FLAG_FCS_AT_END = 0x10;

/** Radiotap (radiotap.org): only its length and the flags field matter here. */
export function decodeRadiotap(s: FrameSummary, bytes: Uint8Array, at: number, end: number): void {
  s.layers |= Layer.Radiotap;
  s.protocol = Id.Wlan;
  if (end - at < 8) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const length = u16le(bytes, at + 2);
  if (length < 8 || length > end - at) {
    s.flags |= PacketFlag.Malformed;
    return;
  }
  const present = u32le(bytes, at + 4);
  let field = at + 8;
  for (let word = present; (word & RADIOTAP_EXTENDED) !== 0 && field + 4 <= at + length; field += 4) word = u32le(bytes, field);
  let fcs = false;
  if ((present & RADIOTAP_FLAGS) !== 0) {
    if ((present & RADIOTAP_TSFT) !== 0) field = at + ((field - at + 7) & ~7) + 8;
    fcs = field < at + length && (u8(bytes, field) & FLAG_FCS_AT_END) !== 0;
  }
  decodeWlan(s, bytes, at + length, end, fcs);
}

const TYPE_MANAGEMENT = 0;
const TYPE_CONTROL = 1;
const TYPE_DATA = 2;

/** IEEE 802.11 MAC header. Addresses: the source where the frame names one, else the transmitter. */
export function decodeWlan(s: FrameSummary, bytes: Uint8Array, at: number, stop: number, fcs: boolean): void {
  s.layers |= Layer.Wlan;
  s.protocol = Id.Wlan;
  const end = fcs && stop - at > 14 ? stop - 4 : stop;
  if (end - at < 10) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const type = (u8(bytes, at) >> 2) & 3;
  const subtype = u8(bytes, at) >> 4;
  const control = u8(bytes, at + 1);
  if (type === TYPE_CONTROL) {
    s.destination = s.addresses.internMac(bytes, at + 4);
    // Clear-to-send and acknowledgement carry the receiver only.
    if (subtype !== 12 && subtype !== 13 && end - at >= 16) s.source = s.addresses.internMac(bytes, at + 10);
    return;
  }
  if (end - at < 24) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  if (type === TYPE_MANAGEMENT) {
    setAddresses(s, bytes, at + 10, at + 4);
    return;
  }
  if (type !== TYPE_DATA) return;
  const toDs = (control & 1) !== 0;
  const fromDs = (control & 2) !== 0;
  const four = toDs && fromDs;
  let header = four ? 30 : 24;
  if ((subtype & 8) !== 0) {
    header += 2;
    if ((control & 0x80) !== 0) header += 4;
  }
  if (end - at < header) {
    s.flags |= PacketFlag.CutShort;
    return;
  }
  const source = four ? at + 24 : fromDs ? at + 16 : at + 10;
  const destination = toDs ? at + 16 : at + 4;
  const isProtected = (control & 0x40) !== 0;
  const carriesData = (subtype & 4) === 0;
  if (carriesData && !isProtected && end - at > header) {
    const aggregated = (subtype & 8) !== 0 && (u8(bytes, at + header - ((control & 0x80) !== 0 ? 6 : 2)) & 0x80) !== 0;
    decodeLlc(s, bytes, at + header + (aggregated ? 14 : 0), end);
  }
  if (s.source < 0) setAddresses(s, bytes, source, destination);
}

function setAddresses(s: FrameSummary, bytes: Uint8Array, source: number, destination: number): void {
  s.source = s.addresses.internMac(bytes, source);
  s.destination = s.addresses.internMac(bytes, destination);
}
