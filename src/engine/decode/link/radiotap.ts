import { u8, u16le, u32, u32le, u64le } from '../../../shared/base/bytes';
import { flag, hexUint, little, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer } from '../tree/next';
import { fieldWriter } from '../tree/writer';
import { wlan, wlanWithFcs } from './wlan';

const PRESENCE = { 0: 'Absent', 1: 'Present' };
const TRUE_FALSE = { 0: 'False', 1: 'True' };
const FCS_AT_END = 0x10;
const BAD_FCS = 0x40;
/** Words of presence flags that one header chains at most; real ones are one to three. */
const MAX_PRESENT_WORDS = 32;
const present = (title: string, bit: number) => little(flag(title, 4, 2 ** bit, PRESENCE));

const fields = {
  'radiotap.version': uint('Header revision', 1),
  'radiotap.pad': uint('Header pad', 1),
  'radiotap.length': little(uint('Header length', 2)),
  'radiotap.present': node('Present flags'),
  'radiotap.present.word': little(hexUint('Present flags word', 4)),
  'radiotap.present.tsft': present('TSFT', 0),
  'radiotap.present.flags': present('Flags', 1),
  'radiotap.present.rate': present('Rate', 2),
  'radiotap.present.channel': present('Channel', 3),
  'radiotap.present.fhss': present('FHSS', 4),
  'radiotap.present.dbm_antsignal': present('dBm Antenna Signal', 5),
  'radiotap.present.dbm_antnoise': present('dBm Antenna Noise', 6),
  'radiotap.present.lock_quality': present('Lock Quality', 7),
  'radiotap.present.tx_attenuation': present('TX Attenuation', 8),
  'radiotap.present.db_tx_attenuation': present('dB TX Attenuation', 9),
  'radiotap.present.dbm_tx_power': present('dBm TX Power', 10),
  'radiotap.present.antenna': present('Antenna', 11),
  'radiotap.present.db_antsignal': present('dB Antenna Signal', 12),
  'radiotap.present.db_antnoise': present('dB Antenna Noise', 13),
  'radiotap.present.rxflags': present('RX flags', 14),
  'radiotap.present.ext': present('Ext', 31),
  'radiotap.mactime': little(uint('MAC timestamp', 8)),
  'radiotap.flags': hexUint('Flags', 1),
  'radiotap.flags.cfp': flag('CFP', 1, 0x01, TRUE_FALSE),
  'radiotap.flags.preamble': flag('Preamble', 1, 0x02, { 0: 'Long', 1: 'Short' }),
  'radiotap.flags.wep': flag('WEP', 1, 0x04, TRUE_FALSE),
  'radiotap.flags.frag': flag('Fragmentation', 1, 0x08, TRUE_FALSE),
  'radiotap.flags.fcs': flag('FCS at end', 1, 0x10, TRUE_FALSE),
  'radiotap.flags.datapad': flag('Data Pad', 1, 0x20, TRUE_FALSE),
  'radiotap.flags.badfcs': flag('Bad FCS', 1, 0x40, TRUE_FALSE),
  'radiotap.flags.shortgi': flag('Short GI', 1, 0x80, TRUE_FALSE),
  'radiotap.datarate': { type: 'float', title: 'Data Rate' },
  'radiotap.channel.freq': little(uint('Channel frequency', 2, undefined, { unit: ' MHz' })),
  'radiotap.channel.flags': little(hexUint('Channel flags', 2)),
  'radiotap.channel.flags.cck': little(flag('Complementary Code Keying (CCK)', 2, 0x0020, TRUE_FALSE)),
  'radiotap.channel.flags.ofdm': little(flag('Orthogonal Frequency-Division Multiplexing (OFDM)', 2, 0x0040, TRUE_FALSE)),
  'radiotap.channel.flags.2ghz': little(flag('2 GHz spectrum', 2, 0x0080, TRUE_FALSE)),
  'radiotap.channel.flags.5ghz': little(flag('5 GHz spectrum', 2, 0x0100, TRUE_FALSE)),
  'radiotap.dbm_antsignal': { type: 'int', title: 'Antenna signal' },
  'radiotap.dbm_antnoise': { type: 'int', title: 'Antenna noise' },
  'radiotap.quality': little(uint('Signal Quality', 2)),
  'radiotap.txattenuation': little(uint('TX attenuation', 2)),
  'radiotap.db_txattenuation': little(uint('dB TX attenuation', 2)),
  'radiotap.txpower': { type: 'int', title: 'Transmit power' },
  'radiotap.antenna': uint('Antenna', 1),
  'radiotap.db_antsignal': uint('dB antenna signal', 1, undefined, { unit: ' dB' }),
  'radiotap.db_antnoise': uint('dB antenna noise', 1, undefined, { unit: ' dB' }),
  'radiotap.rxflags': little(hexUint('RX flags', 2)),
} as const;
const write = fieldWriter(fields);
type Name = keyof typeof fields;

const PRESENT_NAMES = Object.keys(fields).filter((name): name is Name => /^radiotap\.present\.(?!word)/.test(name));
const FLAG_NAMES = Object.keys(fields).filter((name): name is Name => name.startsWith('radiotap.flags.'));

const signed = (d: Dissection, name: 'radiotap.dbm_antsignal' | 'radiotap.dbm_antnoise' | 'radiotap.txpower', at: number): void => {
  const value = (u8(d.bytes, at) << 24) >> 24;
  d.add(name, `${fields[name].title}: ${value} dBm`, value, at, 1);
};

interface Element {
  readonly size: number;
  readonly alignment: number;
  readonly read: (d: Dissection, at: number) => void;
}
const element = (size: number, alignment: number, read: Element['read']): Element => ({ size, alignment, read });

/** By bit of the presence word: https://www.radiotap.org/fields/defined; an element is aligned to its largest number. */
const ELEMENTS: readonly Element[] = [
  element(8, 8, (d, at) => write.uint64(d, 'radiotap.mactime', at, `${u64le(d.bytes, at)}`)),
  element(1, 1, (d, at) => {
    write.uint(d, 'radiotap.flags', at);
    d.nest();
    write.flags(d, FLAG_NAMES, at);
    d.close();
  }),
  element(1, 1, (d, at) => {
    const rate = u8(d.bytes, at) / 2;
    d.add('radiotap.datarate', `Data Rate: ${rate.toFixed(1)} Mb/s`, rate, at, 1);
  }),
  element(4, 2, (d, at) => {
    write.uint(d, 'radiotap.channel.freq', at);
    write.uint(d, 'radiotap.channel.flags', at + 2);
    d.nest();
    write.flags(
      d,
      ['radiotap.channel.flags.cck', 'radiotap.channel.flags.ofdm', 'radiotap.channel.flags.2ghz', 'radiotap.channel.flags.5ghz'],
      at + 2,
    );
    d.close();
  }),
  element(2, 2, () => {}),
  element(1, 1, (d, at) => signed(d, 'radiotap.dbm_antsignal', at)),
  element(1, 1, (d, at) => signed(d, 'radiotap.dbm_antnoise', at)),
  element(2, 2, (d, at) => write.uint(d, 'radiotap.quality', at)),
  element(2, 2, (d, at) => write.uint(d, 'radiotap.txattenuation', at)),
  element(2, 2, (d, at) => write.uint(d, 'radiotap.db_txattenuation', at)),
  element(1, 1, (d, at) => signed(d, 'radiotap.txpower', at)),
  element(1, 1, (d, at) => write.uint(d, 'radiotap.antenna', at)),
  element(1, 1, (d, at) => write.uint(d, 'radiotap.db_antsignal', at)),
  element(1, 1, (d, at) => write.uint(d, 'radiotap.db_antnoise', at)),
  element(2, 2, (d, at) => write.uint(d, 'radiotap.rxflags', at)),
];

/** The elements of the first namespace as far as they are known; gives the flags byte, which says whether a checksum ends the frame. */
function elements(d: Dissection, word: number, header: number, start: number, end: number): number {
  let at = start;
  let flags = 0;
  for (const [bit, { size, alignment, read }] of ELEMENTS.entries()) {
    if (((word >>> bit) & 1) === 0) continue;
    at = header + Math.ceil((at - header) / alignment) * alignment;
    if (at + size > end) break;
    if (bit === 1) flags = u8(d.bytes, at);
    read(d, at);
    at += size;
  }
  return flags;
}

/** https://www.radiotap.org: little-endian, elements in the order of their presence bits. */
function dissect(d: Dissection, start: number, end: number): void {
  const length = u16le(d.bytes, start + 2);
  d.open('radiotap', `Radiotap Header v${u8(d.bytes, start)}, Length ${length}`, null, start, Math.max(0, Math.min(length, end - start)));
  if (end - start < 8 || length < 8 || length > end - start) {
    d.stop('Radiotap', start, `header of ${length} bytes in ${Math.max(0, end - start)}`);
    return;
  }
  write.uint(d, 'radiotap.version', start);
  write.uint(d, 'radiotap.pad', start + 1);
  write.uint(d, 'radiotap.length', start + 2);
  d.open('radiotap.present', 'Present flags', null, start + 4, 4);
  let at = start + 4;
  const first = u32le(d.bytes, at);
  for (let count = 0; count < MAX_PRESENT_WORDS && at + 4 <= start + length; count++) {
    const word = write.uint(d, 'radiotap.present.word', at);
    d.nest();
    write.flags(d, PRESENT_NAMES, at);
    d.close();
    at += 4;
    if (word >>> 31 === 0) break;
  }
  d.close();
  const flags = elements(d, first, start, at, start + length);
  d.close();
  if (flags & BAD_FCS) d.info = '[Bad FCS]';
  dissectLayer(d, flags & FCS_AT_END ? wlanWithFcs : wlan, start + length, end);
}

export const radiotap: Dissector = { name: 'radiotap', title: 'IEEE 802.11 Radiotap Capture header', fields, dissect };

const prismFields = { 'prism.msglen': little(uint('Message Length', 4)) } as const;
const AVS_MAGIC = 0x80211000;

/** Prism and AVS headers: only their lengths matter here. AVS is big-endian, and both may stand under either link type. */
function dissectOld(d: Dissection, start: number, end: number): void {
  const avs = (u32(d.bytes, start) & 0xfffff000) >>> 0 === AVS_MAGIC;
  const length = avs ? u32(d.bytes, start + 4) : u32le(d.bytes, start + 4);
  d.open('prism', avs ? 'AVS WLAN Capture header' : 'Prism capture header', null, start, Math.max(0, Math.min(length, end - start)));
  if (length < 8 || length > end - start) {
    d.stop('Prism', start, `header of ${length} bytes in ${Math.max(0, end - start)}`);
    return;
  }
  d.add('prism.msglen', `Message Length: ${length}`, length, start + 4, 4);
  d.close();
  dissectLayer(d, wlan, start + length, end);
}

export const prism: Dissector = { name: 'prism', title: 'Prism capture header', fields: prismFields, dissect: dissectOld };
