import { hex, u8, u16le } from '../../../shared/base/bytes';
import { bits, byteArray, flag, hexUint, little, macAddress, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter, hexLabel, oneLine } from '../tree/writer';
import { reasonNames, tagNames } from './wlan-names';

const ALGORITHMS = { 0: 'Open System', 1: 'Shared key', 2: 'Fast BSS Transition', 3: 'Simultaneous Authentication of Equals (SAE)' };
const STATUS = { 0: 'Successful', 1: 'Unspecified failure' };

export const managementFields = {
  'wlan.fixed.all': node('Fixed parameters'),
  'wlan.fixed.timestamp': little(uint('Timestamp', 8)),
  'wlan.fixed.beacon': little(uint('Beacon Interval', 2)),
  'wlan.fixed.capabilities': little(hexUint('Capabilities Information', 2)),
  'wlan.fixed.capabilities.ess': little(flag('ESS capabilities', 2, 0x0001, { 0: 'Transmitter is a STA', 1: 'Transmitter is an AP' })),
  'wlan.fixed.capabilities.ibss': little(
    flag('IBSS status', 2, 0x0002, { 0: 'Transmitter belongs to a BSS', 1: 'Transmitter belongs to an IBSS' }),
  ),
  'wlan.fixed.capabilities.privacy': little(
    flag('Privacy', 2, 0x0010, { 0: 'Data confidentiality not required', 1: 'Data confidentiality required' }),
  ),
  'wlan.fixed.capabilities.short_preamble': little(flag('Short Preamble', 2, 0x0020, { 0: 'Not Allowed', 1: 'Allowed' })),
  'wlan.fixed.capabilities.short_slot_time': little(flag('Short Slot Time', 2, 0x0400, { 0: 'Not in use', 1: 'In use' })),
  'wlan.fixed.listen_ival': little(hexUint('Listen Interval', 2)),
  'wlan.fixed.current_ap': macAddress('Current AP'),
  'wlan.fixed.status_code': little(hexUint('Status code', 2, STATUS)),
  'wlan.fixed.aid': little(bits('Association ID', 2, 0x3fff)),
  'wlan.fixed.auth.alg': little(uint('Authentication Algorithm', 2, ALGORITHMS)),
  'wlan.fixed.auth_seq': little(hexUint('Authentication SEQ', 2)),
  'wlan.fixed.reason_code': little(hexUint('Reason code', 2, reasonNames)),
  'wlan.fixed.category_code': uint('Category code', 1),
  'wlan.tagged.all': node('Tagged parameters'),
  'wlan.tag': node('Tag'),
  'wlan.tag.number': uint('Tag Number', 1, tagNames),
  'wlan.tag.length': uint('Tag length', 1),
  'wlan.ssid': byteArray('SSID'),
  'wlan.supported_rates': hexUint('Supported Rates', 1),
  'wlan.extended_supported_rates': hexUint('Extended Supported Rates', 1),
  'wlan.ds.current_channel': uint('Current Channel', 1),
  'wlan.country_info.code': { type: 'string', title: 'Code' },
  'wlan.tag.oui': uint('OUI', 3),
  'wlan.tag.data': byteArray('Tag Data'),
} as const;
const write = fieldWriter(managementFields);

function capabilities(d: Dissection, at: number): void {
  write.uint(d, 'wlan.fixed.capabilities', at);
  d.nest();
  for (const name of ['ess', 'ibss', 'privacy', 'short_preamble', 'short_slot_time'] as const)
    write.flag(d, `wlan.fixed.capabilities.${name}`, at);
  d.close();
}

/** Fixed parameters of a subtype: how many bytes, and how they are read. */
const FIXED: Readonly<Record<number, { readonly size: number; readonly read: (d: Dissection, at: number) => void }>> = {
  0: { size: 4, read: (d, at) => listen(d, at) },
  1: { size: 6, read: (d, at) => response(d, at) },
  2: {
    size: 10,
    read: (d, at) => {
      listen(d, at);
      write.mac(d, 'wlan.fixed.current_ap', at + 4);
    },
  },
  3: { size: 6, read: (d, at) => response(d, at) },
  5: { size: 12, read: (d, at) => beacon(d, at) },
  8: { size: 12, read: (d, at) => beacon(d, at) },
  10: { size: 2, read: (d, at) => reason(d, at) },
  11: {
    size: 6,
    read: (d, at) => {
      write.uint(d, 'wlan.fixed.auth.alg', at);
      write.uint(d, 'wlan.fixed.auth_seq', at + 2);
      write.uint(d, 'wlan.fixed.status_code', at + 4);
    },
  },
  12: { size: 2, read: (d, at) => reason(d, at) },
};

function beacon(d: Dissection, at: number): void {
  write.uint64(d, 'wlan.fixed.timestamp', at);
  const interval = u16le(d.bytes, at + 8);
  write.uint(d, 'wlan.fixed.beacon', at + 8, `${(interval * 0.001024).toFixed(6)} [Seconds]`);
  capabilities(d, at + 10);
  d.info += `, BI=${interval}`;
}

function listen(d: Dissection, at: number): void {
  capabilities(d, at);
  write.uint(d, 'wlan.fixed.listen_ival', at + 2);
}

function response(d: Dissection, at: number): void {
  capabilities(d, at);
  write.uint(d, 'wlan.fixed.status_code', at + 2);
  write.uint(d, 'wlan.fixed.aid', at + 4);
}

const reason = (d: Dissection, at: number): void => {
  write.uint(d, 'wlan.fixed.reason_code', at);
};

/** The name, or the word for none: hidden networks send zeros. */
function ssid(d: Dissection, at: number, length: number): string {
  const value = d.bytes.subarray(at, at + length);
  const words =
    length === 0
      ? 'Wildcard (Broadcast)'
      : value.every((byte) => byte === 0)
        ? '<MISSING>'
        : `"${oneLine(new TextDecoder().decode(value))}"`;
  write.bytes(d, 'wlan.ssid', at, length, words);
  d.info += `, SSID=${words}`;
  return words;
}

const rate = (value: number): string => `${(value & 0x7f) / 2}${value & 0x80 ? '(B)' : ''}`;

function tag(d: Dissection, number: number, at: number, length: number): string {
  if (number === 0) return `: ${ssid(d, at, length)}`;
  if (number === 1 || number === 50) {
    const rates: string[] = [];
    for (let i = 0; i < length; i++) {
      const value = u8(d.bytes, at + i);
      rates.push(rate(value));
      write.uint(
        d,
        number === 1 ? 'wlan.supported_rates' : 'wlan.extended_supported_rates',
        at + i,
        `${rate(value)} (0x${hex(d.bytes, at + i, at + i + 1)})`,
      );
    }
    return ` ${rates.join(', ')}, [Mbit/sec]`;
  }
  if (number === 3 && length === 1) return `: Current Channel: ${write.uint(d, 'wlan.ds.current_channel', at)}`;
  if (number === 7 && length >= 3) {
    const code = oneLine(String.fromCharCode(u8(d.bytes, at), u8(d.bytes, at + 1)));
    d.add('wlan.country_info.code', `Code: ${code}`, code, at, 2);
    return `: Country Code ${code}`;
  }
  if (number === 221 && length >= 3) {
    write.uint(d, 'wlan.tag.oui', at, hex(d.bytes, at, at + 3, ':'));
    if (length > 3) d.add('', `Vendor data: ${hexLabel(d.bytes, at + 3, length - 3)}`, null, at + 3, length - 3);
    return `: ${hex(d.bytes, at, at + 3, ':')}`;
  }
  if (length > 0) write.bytes(d, 'wlan.tag.data', at, length);
  return '';
}

/** Body of a management frame: fixed parameters, then tagged ones. */
export function management(d: Dissection, subtype: number, start: number, end: number): void {
  if (start >= end) return;
  d.protocols.push('wlan.mgt');
  d.open('wlan.mgt', 'IEEE 802.11 Wireless Management', null, start, end - start);
  const fixed = FIXED[subtype];
  const size = fixed?.size ?? (subtype === 4 ? 0 : end - start);
  if (end - start < size) {
    d.stop('802.11', start, `fixed parameters have ${end - start} of ${size} bytes`);
    return;
  }
  if (fixed !== undefined) {
    d.open('wlan.fixed.all', `Fixed parameters (${size} bytes)`, null, start, size);
    fixed.read(d, start);
    d.close();
  } else if (subtype !== 4) {
    write.uint(d, 'wlan.fixed.category_code', start);
  }
  if (start + size < end) tags(d, start + size, end);
  d.close();
}

function tags(d: Dissection, start: number, end: number): void {
  d.open('wlan.tagged.all', `Tagged parameters (${end - start} bytes)`, null, start, end - start);
  for (let at = start; at < end && !d.full; ) {
    const length = u8(d.bytes, at + 1);
    if (at + 2 + length > end) {
      d.stop('802.11', at, `tag ${u8(d.bytes, at)} has ${Math.max(0, end - at - 2)} of ${length} bytes`);
      return;
    }
    const number = u8(d.bytes, at);
    const item = d.open('wlan.tag', `Tag: ${tagNames[number] ?? `Unknown (${number})`}`, null, at, 2 + length);
    write.uint(d, 'wlan.tag.number', at);
    write.uint(d, 'wlan.tag.length', at + 1);
    item.label += tag(d, number, at + 2, length);
    d.close();
    at += 2 + length;
  }
  d.close();
}
