import { hexNumber, u8 } from '../../../shared/base/bytes';
import { byteArray, hexUint, ipv4Address, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter } from '../tree/writer';

/** RFC 1661, 5. */
const CODES: Readonly<Record<number, string>> = {
  1: 'Configuration Request',
  2: 'Configuration Ack',
  3: 'Configuration Nak',
  4: 'Configuration Reject',
  5: 'Termination Request',
  6: 'Termination Ack',
  7: 'Code Reject',
  8: 'Protocol Reject',
  9: 'Echo Request',
  10: 'Echo Reply',
  11: 'Discard Request',
  12: 'Identification',
  13: 'Time Remaining',
};
const AUTHENTICATION = {
  49187: 'Password Authentication Protocol',
  49699: 'Challenge Handshake Authentication Protocol',
  49703: 'Extensible Authentication Protocol',
};

const common = {
  'ppp.code': uint('Code', 1, CODES),
  'ppp.identifier': uint('Identifier', 1),
  'ppp.length': uint('Length', 2),
  'ppp.data': byteArray('Data'),
} as const;
const write = fieldWriter(common);

const lcpFields = {
  'lcp.magic_number': hexUint('Magic Number', 4),
  'lcp.data': byteArray('Data'),
  'lcp.opt.type': uint('Type', 1, {
    1: 'Maximum Receive Unit',
    2: 'Async Control Character Map',
    3: 'Authentication Protocol',
    4: 'Quality Protocol',
    5: 'Magic Number',
    7: 'Protocol Field Compression',
    8: 'Address and Control Field Compression',
    13: 'Callback',
  }),
  'lcp.opt.length': uint('Length', 1),
  'lcp.opt.mru': uint('Maximum Receive Unit', 2),
  'lcp.opt.asyncmap': hexUint('Async Control Character Map', 4),
  'lcp.opt.auth_protocol': hexUint('Authentication Protocol', 2, AUTHENTICATION),
  'lcp.opt.magic_number': hexUint('Magic Number', 4),
  'lcp.opt.data': byteArray('Data'),
} as const;
const writeLcp = fieldWriter(lcpFields);

const ipcpFields = {
  'ipcp.opt.type': uint('Type', 1, {
    1: 'IP Addresses (deprecated)',
    2: 'IP Compression Protocol',
    3: 'IP Address',
    129: 'Primary DNS Server IP Address',
    130: 'Primary NBNS Server IP Address',
    131: 'Secondary DNS Server IP Address',
    132: 'Secondary NBNS Server IP Address',
  }),
  'ipcp.opt.length': uint('Length', 1),
  'ipcp.opt.ip_address': ipv4Address('IP Address'),
  'ipcp.opt.pri_dns_address': ipv4Address('Primary DNS Address'),
  'ipcp.opt.sec_dns_address': ipv4Address('Secondary DNS Address'),
  'ipcp.opt.data': byteArray('Data'),
} as const;
const writeIpcp = fieldWriter(ipcpFields);

const ipv6cpFields = {
  'ipv6cp.opt.type': uint('Type', 1, { 1: 'Interface Identifier', 2: 'IPv6 Compression Protocol' }),
  'ipv6cp.opt.length': uint('Length', 1),
  'ipv6cp.interface_identifier': byteArray('Interface Identifier'),
  'ipv6cp.opt.data': byteArray('Data'),
} as const;
const writeIpv6cp = fieldWriter(ipv6cpFields);

/** One option: type and length at `at`, its value behind them. */
type Option = (d: Dissection, at: number, type: number, length: number) => void;

function lcpOption(d: Dissection, at: number, type: number, length: number): void {
  writeLcp.uint(d, 'lcp.opt.type', at);
  writeLcp.uint(d, 'lcp.opt.length', at + 1);
  if (type === 1 && length === 4) writeLcp.uint(d, 'lcp.opt.mru', at + 2);
  else if (type === 2 && length === 6) writeLcp.uint(d, 'lcp.opt.asyncmap', at + 2);
  else if (type === 3 && length >= 4) writeLcp.uint(d, 'lcp.opt.auth_protocol', at + 2);
  else if (type === 5 && length === 6) writeLcp.uint(d, 'lcp.opt.magic_number', at + 2);
  else if (length > 2) writeLcp.bytes(d, 'lcp.opt.data', at + 2, length - 2);
}

function ipcpOption(d: Dissection, at: number, type: number, length: number): void {
  writeIpcp.uint(d, 'ipcp.opt.type', at);
  writeIpcp.uint(d, 'ipcp.opt.length', at + 1);
  const name =
    type === 3 ? 'ipcp.opt.ip_address' : type === 129 ? 'ipcp.opt.pri_dns_address' : type === 131 ? 'ipcp.opt.sec_dns_address' : null;
  if (name !== null && length === 6) writeIpcp.ipv4(d, name, at + 2);
  else if (length > 2) writeIpcp.bytes(d, 'ipcp.opt.data', at + 2, length - 2);
}

function ipv6cpOption(d: Dissection, at: number, type: number, length: number): void {
  writeIpv6cp.uint(d, 'ipv6cp.opt.type', at);
  writeIpv6cp.uint(d, 'ipv6cp.opt.length', at + 1);
  if (length > 2) writeIpv6cp.bytes(d, type === 1 && length === 10 ? 'ipv6cp.interface_identifier' : 'ipv6cp.opt.data', at + 2, length - 2);
}

function options(d: Dissection, option: Option, start: number, end: number): void {
  d.open('', `Options: (${end - start} bytes)`, null, start, end - start);
  for (let at = start; at + 2 <= end && !d.full; ) {
    const length = u8(d.bytes, at + 1);
    if (length < 2 || at + length > end) {
      d.add('', `Option with a length of ${length}: does not fit in ${end - at} bytes`, null, at, end - at);
      break;
    }
    d.open('', `Option ${u8(d.bytes, at)}`, null, at, length);
    option(d, at, u8(d.bytes, at), length);
    d.close();
    at += length;
  }
  d.close();
}

/** The message format that LCP and the network control protocols share. */
function control(d: Dissection, name: string, title: string, option: Option, start: number, end: number): void {
  d.open(name, title, null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop(title, start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  const code = write.uint(d, 'ppp.code', start);
  write.uint(d, 'ppp.identifier', start + 1, `${u8(d.bytes, start + 1)} (${hexNumber(u8(d.bytes, start + 1), 2)})`);
  const length = write.uint(d, 'ppp.length', start + 2);
  d.info = CODES[code] ?? `Unknown (${code})`;
  const bodyEnd = Math.min(end, start + Math.max(4, length));
  if (code >= 1 && code <= 4) {
    if (bodyEnd > start + 4) options(d, option, start + 4, bodyEnd);
  } else if (code >= 9 && code <= 11 && bodyEnd - start >= 8) {
    writeLcp.uint(d, 'lcp.magic_number', start + 4);
    if (bodyEnd > start + 8) writeLcp.bytes(d, 'lcp.data', start + 8, bodyEnd - start - 8);
  } else if (bodyEnd > start + 4) {
    write.bytes(d, 'ppp.data', start + 4, bodyEnd - start - 4);
  }
  d.close();
}

const protocol = (name: string, title: string, fields: Dissector['fields'], option: Option): Dissector => ({
  name,
  title,
  fields,
  dissect: (d, start, end) => control(d, name, title, option, start, end),
});

export const lcp = protocol('lcp', 'PPP Link Control Protocol', { ...common, ...lcpFields }, lcpOption);
export const ipcp = protocol('ipcp', 'PPP IP Control Protocol', { ...common, ...ipcpFields }, ipcpOption);
export const ipv6cp = protocol('ipv6cp', 'PPP IPv6 Control Protocol', { ...common, ...ipv6cpFields }, ipv6cpOption);
