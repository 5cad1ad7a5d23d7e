import { u8, u16 } from '../../../shared/base/bytes';
import { bits, byteArray, flag, hexUint, ipv6Address, node, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter } from '../tree/writer';

/** https://www.iana.org/assignments/ipv6-parameters: destination and hop-by-hop options. */
const optionNames: Readonly<Record<number, string>> = {
  0: 'Pad1',
  1: 'PadN',
  4: 'Tunnel Encapsulation Limit',
  5: 'Router Alert',
  7: 'CALIPSO',
  8: 'SMF_DPD',
  15: 'Performance and Diagnostic Metrics',
  38: 'Quick-Start',
  48: 'Path MTU Option',
  49: 'IOAM Option',
  99: 'RPL Option',
  109: 'MPL Option',
  138: 'Endpoint Identification',
  139: 'ILNP Nonce',
  140: 'Line-Identification Option',
  194: 'Jumbo Payload',
  201: 'Home Address',
  238: 'IP_DFF',
};
const ACTIONS = { 0: 'Skip and continue', 1: 'Discard', 2: 'Discard and send ICMPv6', 3: 'Discard and send ICMPv6 unless multicast' };
const ALERTS = { 0: 'MLD', 1: 'RSVP', 2: 'Active Network' };

export const ipv6OptionFields = {
  'ipv6.opt': node('IPv6 Option'),
  'ipv6.opt.type': hexUint('Type', 1, optionNames),
  'ipv6.opt.type.action': bits('Action', 1, 0xc0, ACTIONS),
  'ipv6.opt.type.change': flag('May Change', 1, 0x20, { 0: 'No', 1: 'Yes' }),
  'ipv6.opt.type.rest': hexUint('Low-Order Bits', 1, undefined, { mask: 0x1f }),
  'ipv6.opt.length': uint('Length', 1),
  'ipv6.opt.pad1': node('Pad1'),
  'ipv6.opt.padn': byteArray('PadN'),
  'ipv6.opt.tel': uint('Tunnel Encapsulation Limit', 1),
  'ipv6.opt.router_alert': uint('Router Alert', 2, ALERTS),
  'ipv6.opt.jumbo': uint('Payload Length', 4),
  'ipv6.opt.mipv6.home_address': ipv6Address('MIPv6 Home Address'),
  'ipv6.opt.pmtu.min': uint('Minimum Reported PMTU', 2),
  'ipv6.opt.pmtu.rtn': uint('Return Minimum PMTU', 2),
  'ipv6.opt.unknown': byteArray('Unknown Data'),
} as const;
const write = fieldWriter(ipv6OptionFields);

function body(d: Dissection, type: number, at: number, length: number): void {
  if (type === 1) write.bytes(d, 'ipv6.opt.padn', at, length);
  else if (type === 4 && length === 1) write.uint(d, 'ipv6.opt.tel', at);
  else if (type === 5 && length === 2) write.uint(d, 'ipv6.opt.router_alert', at);
  else if (type === 194 && length === 4) write.uint(d, 'ipv6.opt.jumbo', at);
  else if (type === 201 && length === 16) write.ipv6(d, 'ipv6.opt.mipv6.home_address', at);
  else if (type === 48 && length === 4) {
    write.uint(d, 'ipv6.opt.pmtu.min', at);
    write.uint(d, 'ipv6.opt.pmtu.rtn', at + 2, `${u16(d.bytes, at + 2) & 0xfffe}`);
  } else if (length > 0) write.bytes(d, 'ipv6.opt.unknown', at, length);
}

/** The options of a hop-by-hop or destination options header, start..end. */
export function ipv6Options(d: Dissection, start: number, end: number): void {
  for (let at = start; at < end && !d.full; ) {
    const type = u8(d.bytes, at);
    const name = optionNames[type] ?? `Unknown IPv6 Option (${type})`;
    const length = type === 0 ? 1 : 2 + u8(d.bytes, at + 1);
    if (at + length > end) {
      d.add('', `${name}: length ${length} does not fit in ${end - at} bytes`, null, at, end - at);
      return;
    }
    d.open('ipv6.opt', name, null, at, length);
    write.uint(d, 'ipv6.opt.type', at);
    d.nest();
    write.uint(d, 'ipv6.opt.type.action', at);
    write.flag(d, 'ipv6.opt.type.change', at);
    write.uint(d, 'ipv6.opt.type.rest', at);
    d.close();
    if (type === 0) {
      d.add('ipv6.opt.pad1', 'Pad1', null, at, 1);
    } else {
      write.uint(d, 'ipv6.opt.length', at + 1);
      body(d, type, at + 2, length - 2);
    }
    d.close();
    at += length;
  }
}
