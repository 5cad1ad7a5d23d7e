import { hex, u8 } from '../../../shared/base/bytes';
import { bits, byteArray, flag, hexUint, ipv6Address, node, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import { fieldWriter, ipv6At } from '../tree/writer';
import { dissectQuoted } from './quoted';

const OPTIONS: Readonly<Record<number, string>> = {
  1: 'Source link-layer address',
  2: 'Target link-layer address',
  3: 'Prefix information',
  4: 'Redirected header',
  5: 'MTU',
  7: 'Advertisement Interval',
  8: 'Home Agent Information',
  14: 'Nonce',
  24: 'Route Information',
  25: 'Recursive DNS Server',
  26: 'RA Flags Extension',
  31: 'DNS Search List Option',
  37: 'DHCP Captive-Portal',
  38: 'PREF64 Option',
};
const PREFERENCES = { 0: 'Medium', 1: 'High', 2: 'Reserved', 3: 'Low' };

export const neighbourDiscoveryFields = {
  'icmpv6.nd.ra.cur_hop_limit': uint('Cur hop limit', 1),
  'icmpv6.nd.ra.flag': hexUint('Flags', 1),
  'icmpv6.nd.ra.flag.m': flag('Managed address configuration', 1, 0x80),
  'icmpv6.nd.ra.flag.o': flag('Other configuration', 1, 0x40),
  'icmpv6.nd.ra.flag.h': flag('Home Agent', 1, 0x20),
  'icmpv6.nd.ra.flag.prf': bits('Prf (Default Router Preference)', 1, 0x18, PREFERENCES),
  'icmpv6.nd.ra.flag.p': flag('ND Proxy', 1, 0x04),
  'icmpv6.nd.ra.flag.rsv': bits('Reserved', 1, 0x03),
  'icmpv6.nd.ra.router_lifetime': uint('Router lifetime (s)', 2),
  'icmpv6.nd.ra.reachable_time': uint('Reachable time (ms)', 4),
  'icmpv6.nd.ra.retrans_timer': uint('Retrans timer (ms)', 4),
  'icmpv6.nd.ns.target_address': ipv6Address('Target Address'),
  'icmpv6.nd.na.flag': hexUint('Flags', 4),
  'icmpv6.nd.na.flag.r': flag('Router', 4, 0x80000000),
  'icmpv6.nd.na.flag.s': flag('Solicited', 4, 0x40000000),
  'icmpv6.nd.na.flag.o': flag('Override', 4, 0x20000000),
  'icmpv6.nd.na.flag.rsv': bits('Reserved', 4, 0x1fffffff),
  'icmpv6.nd.na.target_address': ipv6Address('Target Address'),
  'icmpv6.nd.rd.target_address': ipv6Address('Target Address'),
  'icmpv6.rd.na.destination_address': ipv6Address('Destination Address'),
  'icmpv6.opt': node('ICMPv6 Option'),
  'icmpv6.opt.type': uint('Type', 1, OPTIONS),
  'icmpv6.opt.length': uint('Length', 1),
  'icmpv6.opt.linkaddr': byteArray('Link-layer address'),
  'icmpv6.opt.src_linkaddr': byteArray('Source Link-layer address'),
  'icmpv6.opt.target_linkaddr': byteArray('Target Link-layer address'),
  'icmpv6.opt.prefix.length': uint('Prefix Length', 1),
  'icmpv6.opt.prefix.flag': hexUint('Flag', 1),
  'icmpv6.opt.prefix.flag.l': flag('On-link flag(L)', 1, 0x80),
  'icmpv6.opt.prefix.flag.a': flag('Autonomous address-configuration flag(A)', 1, 0x40),
  'icmpv6.opt.prefix.flag.r': flag('Router address flag(R)', 1, 0x20),
  'icmpv6.opt.prefix.flag.reserved': bits('Reserved', 1, 0x1f),
  'icmpv6.opt.prefix.valid_lifetime': uint('Valid Lifetime', 4),
  'icmpv6.opt.prefix.preferred_lifetime': uint('Preferred Lifetime', 4),
  'icmpv6.opt.prefix': ipv6Address('Prefix'),
  'icmpv6.opt.mtu': uint('MTU', 4),
  'icmpv6.opt.nonce': byteArray('Nonce'),
  'icmpv6.opt.advertisement_interval': uint('Advertisement Interval', 4),
  'icmpv6.opt.route_lifetime': uint('Route Lifetime', 4),
  'icmpv6.opt.rdnss.lifetime': uint('Lifetime', 4),
  'icmpv6.opt.rdnss': ipv6Address('Recursive DNS Servers'),
  'icmpv6.opt.dnssl.lifetime': uint('Lifetime', 4),
  'icmpv6.opt.dnssl': text('Domain Names'),
  'icmpv6.opt.captive_portal': text('Captive Portal'),
} as const;
const write = fieldWriter(neighbourDiscoveryFields);

/** 'example.org' for each name of a search list (RFC 8106); padding zeros end it. */
function searchList(d: Dissection, start: number, end: number): void {
  for (let at = start; at < end && u8(d.bytes, at) !== 0 && !d.full; ) {
    const from = at;
    const labels: string[] = [];
    while (at < end && u8(d.bytes, at) !== 0) {
      const length = u8(d.bytes, at);
      labels.push(String.fromCharCode(...d.bytes.subarray(at + 1, Math.min(end, at + 1 + Math.min(length, 63)))));
      at += 1 + length;
    }
    const name = labels.join('.');
    d.add('icmpv6.opt.dnssl', `Domain Names: ${name.replace(/[^\x21-\x7e]/g, '?')}`, name, from, Math.min(at, end) - from);
    at++;
  }
}

function prefix(d: Dissection, at: number): void {
  write.uint(d, 'icmpv6.opt.prefix.length', at + 2);
  write.uint(d, 'icmpv6.opt.prefix.flag', at + 3);
  d.nest();
  write.flags(d, ['icmpv6.opt.prefix.flag.l', 'icmpv6.opt.prefix.flag.a', 'icmpv6.opt.prefix.flag.r'], at + 3);
  write.uint(d, 'icmpv6.opt.prefix.flag.reserved', at + 3);
  d.close();
  write.uint(d, 'icmpv6.opt.prefix.valid_lifetime', at + 4);
  write.uint(d, 'icmpv6.opt.prefix.preferred_lifetime', at + 8);
  write.ipv6(d, 'icmpv6.opt.prefix', at + 16);
}

function optionBody(d: Dissection, message: number, type: number, at: number, length: number): void {
  if (type === 1 || type === 2) {
    const mac = hex(d.bytes, at + 2, at + length, ':');
    write.bytes(d, 'icmpv6.opt.linkaddr', at + 2, length - 2, mac);
    write.bytes(d, type === 1 ? 'icmpv6.opt.src_linkaddr' : 'icmpv6.opt.target_linkaddr', at + 2, length - 2, mac);
    if (length === 8) d.info += type === 1 ? ` from ${mac}` : ` is at ${mac}`;
  } else if (type === 3 && length === 32) {
    prefix(d, at);
  } else if (type === 4 && message === 137) {
    dissectQuoted(d, d.layers.ipProtocols.get(41), at + 8, at + length);
  } else if (type === 5 && length === 8) {
    write.uint(d, 'icmpv6.opt.mtu', at + 4);
  } else if (type === 7 && length === 8) {
    write.uint(d, 'icmpv6.opt.advertisement_interval', at + 4);
  } else if (type === 14) {
    write.bytes(d, 'icmpv6.opt.nonce', at + 2, length - 2);
  } else if (type === 24 && length >= 8) {
    write.uint(d, 'icmpv6.opt.prefix.length', at + 2);
    write.uint(d, 'icmpv6.opt.route_lifetime', at + 4);
  } else if (type === 25 && length >= 8) {
    write.uint(d, 'icmpv6.opt.rdnss.lifetime', at + 4);
    for (let address = at + 8; address + 16 <= at + length; address += 16) write.ipv6(d, 'icmpv6.opt.rdnss', address);
  } else if (type === 31 && length >= 8) {
    write.uint(d, 'icmpv6.opt.dnssl.lifetime', at + 4);
    searchList(d, at + 8, at + length);
  } else if (type === 37) {
    write.text(d, 'icmpv6.opt.captive_portal', at + 2, length - 2);
  }
}

function options(d: Dissection, message: number, start: number, end: number): void {
  for (let at = start; at + 2 <= end && !d.full; ) {
    const type = u8(d.bytes, at);
    const length = u8(d.bytes, at + 1) * 8;
    if (length === 0 || at + length > end) {
      d.stop('ICMPv6', at, length === 0 ? 'option of length 0' : `option has ${end - at} of ${length} bytes`);
      return;
    }
    d.open('icmpv6.opt', `ICMPv6 Option (${OPTIONS[type] ?? `Unknown ${type}`})`, null, at, length);
    write.uint(d, 'icmpv6.opt.type', at);
    write.uint(d, 'icmpv6.opt.length', at + 1, `${length / 8} (${length} bytes)`);
    optionBody(d, message, type, at, length);
    d.close();
    at += length;
  }
}

const reserved = (d: Dissection, at: number): void => {
  d.add('icmpv6.reserved', `Reserved: ${hex(d.bytes, at, at + 4)}`, d.bytes.subarray(at, at + 4), at, 4);
};

/** Router and neighbour messages of RFC 4861 after the ICMPv6 header's four bytes; the caller has checked their fixed part. */
export function neighbourDiscovery(d: Dissection, type: number, start: number, end: number): void {
  const { bytes } = d;
  if (type === 133) {
    reserved(d, start + 4);
    options(d, type, start + 8, end);
  } else if (type === 134) {
    write.uint(d, 'icmpv6.nd.ra.cur_hop_limit', start + 4);
    write.uint(d, 'icmpv6.nd.ra.flag', start + 5);
    d.nest();
    write.flags(d, ['icmpv6.nd.ra.flag.m', 'icmpv6.nd.ra.flag.o', 'icmpv6.nd.ra.flag.h'], start + 5);
    write.uint(d, 'icmpv6.nd.ra.flag.prf', start + 5);
    write.flag(d, 'icmpv6.nd.ra.flag.p', start + 5);
    write.uint(d, 'icmpv6.nd.ra.flag.rsv', start + 5);
    d.close();
    write.uint(d, 'icmpv6.nd.ra.router_lifetime', start + 6);
    write.uint(d, 'icmpv6.nd.ra.reachable_time', start + 8);
    write.uint(d, 'icmpv6.nd.ra.retrans_timer', start + 12);
    options(d, type, start + 16, end);
  } else if (type === 135) {
    reserved(d, start + 4);
    d.info += ` for ${write.ipv6(d, 'icmpv6.nd.ns.target_address', start + 8)}`;
    options(d, type, start + 24, end);
  } else if (type === 136) {
    const flags = u8(bytes, start + 4);
    const set = [flags & 0x80 ? 'rtr' : '', flags & 0x40 ? 'sol' : '', flags & 0x20 ? 'ovr' : ''].filter(Boolean);
    write.uint(d, 'icmpv6.nd.na.flag', start + 4);
    d.nest();
    write.flags(d, ['icmpv6.nd.na.flag.r', 'icmpv6.nd.na.flag.s', 'icmpv6.nd.na.flag.o'], start + 4);
    write.uint(d, 'icmpv6.nd.na.flag.rsv', start + 4);
    d.close();
    d.info += ` ${write.ipv6(d, 'icmpv6.nd.na.target_address', start + 8)}${set.length > 0 ? ` (${set.join(', ')})` : ''}`;
    options(d, type, start + 24, end);
  } else {
    reserved(d, start + 4);
    write.ipv6(d, 'icmpv6.nd.rd.target_address', start + 8);
    write.ipv6(d, 'icmpv6.rd.na.destination_address', start + 24);
    d.info += ` is at ${ipv6At(bytes, start + 8)}`;
    options(d, type, start + 40, end);
  }
}
