import { hexNumber, u8, u16, u16le, u32le } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { bits, byteArray, flag, hexUint, little, macAddress } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { llc } from './llc';
import { management, managementFields } from './wlan-management';
import { frameTypeNames } from './wlan-names';

const TYPES = { 0: 'Management frame', 1: 'Control frame', 2: 'Data frame', 3: 'Extension frame' };
const DS = {
  0: 'Not leaving DS or network is operating in AD-HOC mode (To DS: 0 From DS: 0)',
  1: 'Frame from STA to DS via an AP (To DS: 1 From DS: 0)',
  2: 'Frame from DS to a STA via AP(To DS: 0 From DS: 1)',
  3: 'WDS (AP to AP) or Mesh (MP to MP) Frame (To DS: 1 From DS: 1)',
};
const PROTECTED = 0x40;
const ORDER = 0x80;
const FLAG_LETTERS = 'opmPRMFT';

const fields = {
  'wlan.fc.type_subtype': { type: 'uint', title: 'Type/Subtype' },
  'wlan.fc': { type: 'uint', title: 'Frame Control Field' },
  'wlan.fc.version': bits('Version', 1, 0x03),
  'wlan.fc.type': bits('Type', 1, 0x0c, TYPES),
  'wlan.fc.subtype': bits('Subtype', 1, 0xf0),
  'wlan.flags': hexUint('Flags', 1),
  'wlan.fc.ds': hexUint('DS status', 1, DS, { mask: 0x03 }),
  'wlan.fc.tods': flag('To DS', 1, 0x01, { 0: 'Frame is not entering DS', 1: 'Frame is entering DS' }),
  'wlan.fc.fromds': flag('From DS', 1, 0x02, { 0: 'Frame is not exiting DS', 1: 'Frame is exiting DS' }),
  'wlan.fc.frag': flag('More Fragments', 1, 0x04, { 0: 'This is the last fragment', 1: 'More fragments follow' }),
  'wlan.fc.retry': flag('Retry', 1, 0x08, { 0: 'Frame is not being retransmitted', 1: 'Frame is being retransmitted' }),
  'wlan.fc.pwrmgt': flag('PWR MGT', 1, 0x10, { 0: 'STA will stay up', 1: 'STA will go to sleep' }),
  'wlan.fc.moredata': flag('More Data', 1, 0x20, { 0: 'No data buffered', 1: 'Data is buffered for STA at AP' }),
  'wlan.fc.protected': flag('Protected flag', 1, PROTECTED, { 0: 'Data is not protected', 1: 'Data is protected' }),
  'wlan.fc.order': flag('+HTC/Order flag', 1, ORDER, { 0: 'Not strictly ordered', 1: 'Strictly ordered' }),
  'wlan.duration': little(bits('Duration', 2, 0x7fff)),
  'wlan.aid': little(bits('Association ID', 2, 0x3fff)),
  'wlan.ra': macAddress('Receiver address'),
  'wlan.ta': macAddress('Transmitter address'),
  'wlan.da': macAddress('Destination address'),
  'wlan.sa': macAddress('Source address'),
  'wlan.bssid': macAddress('BSS Id'),
  'wlan.staa': macAddress('STA address'),
  'wlan.frag': little(bits('Fragment number', 2, 0x000f)),
  'wlan.seq': little(bits('Sequence number', 2, 0xfff0)),
  'wlan.fcs': little(hexUint('Frame check sequence', 4)),
  'wlan.fcs.status': { type: 'uint', title: 'FCS Status' },
  'wlan.qos': little(hexUint('Qos Control', 2)),
  'wlan.qos.tid': little(bits('TID', 2, 0x000f)),
  'wlan.qos.priority': little(bits('Priority', 2, 0x0007)),
  'wlan.qos.ack': little(
    hexUint('Ack Policy', 2, { 0: 'Normal Ack', 1: 'No Ack', 2: 'No explicit acknowledgment', 3: 'Block Ack' }, { mask: 0x0060 }),
  ),
  'wlan.qos.amsdupresent': little(flag('Payload Type', 2, 0x0080, { 0: 'MSDU', 1: 'A-MSDU' })),
  'wlan.wep.iv': hexUint('Initialization Vector', 3),
  'wlan.wep.key': { type: 'uint', title: 'Key Index' },
  'wlan.wep.icv': hexUint('WEP ICV', 4),
  'wlan.tkip.extiv': { type: 'string', title: 'TKIP Ext. Initialization Vector' },
  'wlan.ccmp.extiv': { type: 'string', title: 'CCMP Ext. Initialization Vector' },
  'wlan.protected_data': byteArray('Protected data'),
  ...managementFields,
} as const;
const write = fieldWriter(fields);

/** '.p....F.C': a letter for each flag that is set; a C behind them stands for a frame check sequence. */
function flagLetters(flags: number, withFcs: boolean): string {
  let text = '';
  for (let bit = 7; bit >= 0; bit--) text += flags & (1 << bit) ? FLAG_LETTERS[7 - bit] : '.';
  return text + (withFcs ? 'C' : '');
}

function frameControl(d: Dissection, start: number, code: number, name: string): void {
  const label = `Type/Subtype: ${name} (${hexNumber(code, 4)})`;
  d.add('wlan.fc.type_subtype', label, code, start, 1);
  // Wireshark prints the two bytes in the order in which they were sent.
  const control = u16(d.bytes, start);
  d.open('wlan.fc', `Frame Control Field: ${hexNumber(control, 4)}`, control, start, 2);
  write.uint(d, 'wlan.fc.version', start);
  write.uint(d, 'wlan.fc.type', start);
  write.uint(d, 'wlan.fc.subtype', start);
  write.uint(d, 'wlan.flags', start + 1);
  d.nest();
  write.uint(d, 'wlan.fc.ds', start + 1);
  write.flags(
    d,
    [
      'wlan.fc.tods',
      'wlan.fc.fromds',
      'wlan.fc.frag',
      'wlan.fc.retry',
      'wlan.fc.pwrmgt',
      'wlan.fc.moredata',
      'wlan.fc.protected',
      'wlan.fc.order',
    ],
    start + 1,
  );
  d.close();
  d.close();
}

type Address = 'wlan.ra' | 'wlan.ta' | 'wlan.da' | 'wlan.sa' | 'wlan.bssid' | 'wlan.staa';

/** Which addresses stand where in a data frame, by To DS and From DS (IEEE 802.11, 9.3.2.1): name and offset in the header. */
const DATA_ADDRESSES: readonly (readonly (readonly [Address, number])[])[] = [
  [
    ['wlan.ra', 4],
    ['wlan.ta', 10],
    ['wlan.da', 4],
    ['wlan.sa', 10],
    ['wlan.bssid', 16],
    ['wlan.staa', 10],
  ],
  [
    ['wlan.ra', 4],
    ['wlan.ta', 10],
    ['wlan.da', 16],
    ['wlan.sa', 10],
    ['wlan.bssid', 4],
    ['wlan.staa', 10],
  ],
  [
    ['wlan.ra', 4],
    ['wlan.ta', 10],
    ['wlan.da', 4],
    ['wlan.sa', 16],
    ['wlan.bssid', 10],
    ['wlan.staa', 4],
  ],
  [
    ['wlan.ra', 4],
    ['wlan.ta', 10],
    ['wlan.da', 16],
    ['wlan.sa', 24],
  ],
];
const MANAGEMENT_ADDRESSES: readonly (readonly [Address, number])[] = [
  ['wlan.ra', 4],
  ['wlan.da', 4],
  ['wlan.ta', 10],
  ['wlan.sa', 10],
  ['wlan.bssid', 16],
];

/** Length of the header by type, subtype and flags. */
function headerLength(type: number, subtype: number, flags: number): number {
  if (type === 1) return subtype === 12 || subtype === 13 ? 10 : 16;
  if (type === 0) return 24 + (flags & ORDER ? 4 : 0);
  if (type === 3) return 16;
  const qos = (subtype & 8) !== 0;
  return 24 + ((flags & 3) === 3 ? 6 : 0) + (qos ? 2 : 0) + (qos && flags & ORDER ? 4 : 0);
}

function sequence(d: Dissection, at: number): string {
  const fragment = write.uint(d, 'wlan.frag', at);
  const number = write.uint(d, 'wlan.seq', at);
  return `SN=${number}, FN=${fragment}, `;
}

function control(d: Dissection, subtype: number, start: number): void {
  if (subtype === 10) write.uint(d, 'wlan.aid', start + 2);
  else write.uint(d, 'wlan.duration', start + 2, `${u16le(d.bytes, start + 2) & 0x7fff} microseconds`);
  if (subtype === 10) write.mac(d, 'wlan.bssid', start + 4);
  else write.mac(d, 'wlan.ra', start + 4);
  if (subtype !== 12 && subtype !== 13) write.mac(d, subtype === 14 || subtype === 15 ? 'wlan.bssid' : 'wlan.ta', start + 10);
}

function qos(d: Dissection, at: number): boolean {
  write.uint(d, 'wlan.qos', at);
  d.nest();
  write.uint(d, 'wlan.qos.tid', at);
  write.uint(d, 'wlan.qos.priority', at);
  write.uint(d, 'wlan.qos.ack', at);
  const aggregated = write.flag(d, 'wlan.qos.amsdupresent', at);
  d.close();
  return aggregated;
}

/** The cipher's header: WEP has 4 bytes, TKIP and CCMP 8, told apart by the extended IV bit. */
function protectedBody(d: Dissection, start: number, end: number): void {
  if (end - start < 4) {
    dissectLayer(d, data, start, end);
    return;
  }
  const extended = (u8(d.bytes, start + 3) & 0x20) !== 0;
  const key = u8(d.bytes, start + 3) >>> 6;
  const keyIndex = (): void => {
    d.add('wlan.wep.key', `Key Index: ${key}`, key, start + 3, 1);
  };
  if (!extended) {
    d.open('', 'WEP parameters', null, start, 4);
    write.uint(d, 'wlan.wep.iv', start);
    keyIndex();
    if (end - start >= 8) write.uint(d, 'wlan.wep.icv', end - 4);
    d.close();
    dissectLayer(d, data, start + 4, end - start >= 8 ? end - 4 : end);
    return;
  }
  if (end - start < 8) {
    dissectLayer(d, data, start, end);
    return;
  }
  // TKIP repeats a bit pattern of its first byte in the second (IEEE 802.11, 12.5.2.2).
  const tkip = u8(d.bytes, start + 1) === ((u8(d.bytes, start) | 0x20) & 0x7f);
  const high = u32le(d.bytes, start + 4)
    .toString(16)
    .toUpperCase()
    .padStart(8, '0');
  const low = tkip ? (u8(d.bytes, start) << 8) | u8(d.bytes, start + 2) : u16le(d.bytes, start);
  const value = `0x${high}${low.toString(16).toUpperCase().padStart(4, '0')}`;
  d.open('', tkip ? 'TKIP parameters' : 'CCMP parameters', null, start, 8);
  const name = tkip ? 'wlan.tkip.extiv' : 'wlan.ccmp.extiv';
  d.add(name, `${fields[name].title}: ${value}`, value, start, 8);
  keyIndex();
  d.close();
  dissectLayer(d, data, start + 8, end);
}

function frame(d: Dissection, start: number, wholeEnd: number, withFcs: boolean): void {
  const { bytes } = d;
  const badFcs = d.info === '[Bad FCS]';
  d.info = '';
  // Only a frame that was captured whole ends with its checksum.
  const hasFcs = withFcs && d.reportedEnd <= wholeEnd && wholeEnd - start >= 14;
  const end = hasFcs ? wholeEnd - 4 : wholeEnd;
  const first = u8(bytes, start);
  const flags = u8(bytes, start + 1);
  const type = (first >>> 2) & 3;
  const subtype = first >>> 4;
  const code = type * 16 + subtype;
  const name = frameTypeNames[code] ?? 'Unrecognized (Reserved frame)';
  const length = headerLength(type, subtype, flags);
  const letters = flagLetters(flags, withFcs);
  const node = d.open('wlan', `IEEE 802.11 ${name}, Flags: ${letters}`, null, start, Math.max(0, Math.min(length, end - start)));
  if (end - start >= 2 && (first & 3) !== 0) {
    write.uint(d, 'wlan.fc.version', start);
    d.info = `Unknown protocol version: ${first & 3}`;
    d.close();
    dissectLayer(d, data, start + 2, end);
    return;
  }
  if (end - start < Math.min(length, 10)) {
    if (end - start >= 2) d.info = name;
    d.stop('802.11', start, `header has ${Math.max(0, end - start)} of ${length} bytes`);
    return;
  }
  frameControl(d, start, code, name);
  d.info = name;
  if (end - start < length) {
    d.stop('802.11', start, `header has ${end - start} of ${length} bytes`);
    return;
  }
  const said = `Flags=${letters}`;
  if (type === 1) {
    control(d, subtype, start);
    d.info = `${name}, ${said}`;
  } else if (type !== 3) {
    write.uint(d, 'wlan.duration', start + 2, `${u16le(bytes, start + 2) & 0x7fff} microseconds`);
    for (const [address, offset] of type === 0 ? MANAGEMENT_ADDRESSES : (DATA_ADDRESSES[flags & 3] ?? []))
      write.mac(d, address, start + offset);
    d.info = `${name}, ${sequence(d, start + 22)}${said}`;
  }
  if (hasFcs) {
    write.uint(d, 'wlan.fcs', wholeEnd - 4, `${hexNumber(u32le(bytes, wholeEnd - 4), 8)} [${badFcs ? 'incorrect' : 'unverified'}]`);
    write.derived(d, 'wlan.fcs.status', 2, 'Unverified');
  }
  const isQos = type === 2 && (subtype & 8) !== 0;
  const aggregated = isQos && qos(d, start + 24 + ((flags & 3) === 3 ? 6 : 0));
  node.length = length;
  const empty = type === 2 && (subtype & 4) !== 0;
  if ((type === 2 || type === 0) && !empty && flags & PROTECTED) {
    protectedBody(d, start + length, end);
    d.close();
    return;
  }
  d.close();
  if (type === 0) management(d, subtype, start + length, end);
  else if (type === 2 && !empty && start + length < end) dissectLayer(d, aggregated || flags & 4 ? data : llc, start + length, end);
}

export const wlan: Dissector = {
  name: 'wlan',
  title: 'IEEE 802.11 wireless LAN',
  fields,
  dissect: (d, start, end) => frame(d, start, end, false),
};
/** The same with the checksum at its end. */
export const wlanWithFcs: Dissector = { ...wlan, dissect: (d, start, end) => frame(d, start, end, true) };
