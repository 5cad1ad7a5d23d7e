import { u8, u16 } from '../../../shared/base/bytes';
import { data } from '../tree/data';
import { hexUint, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { dissectLayer, dissectNext } from '../tree/next';
import { fieldWriter, hexLabel } from '../tree/writer';

/** https://www.iana.org/assignments/ppp-numbers */
const pppProtocols: Readonly<Record<number, string>> = {
  33: 'Internet Protocol version 4',
  45: 'Van Jacobson Compressed TCP/IP',
  47: 'Van Jacobson Uncompressed TCP/IP',
  61: 'Multilink',
  87: 'Internet Protocol version 6',
  253: 'Compressed datagram',
  641: 'MPLS Unicast',
  643: 'MPLS Multicast',
  32801: 'Internet Protocol Control Protocol',
  32855: 'IPv6 Control Protocol',
  33021: 'Compression Control Protocol',
  33409: 'MPLS Control Protocol',
  49185: 'Link Control Protocol',
  49187: 'Password Authentication Protocol',
  49189: 'Link Quality Report',
  49699: 'Challenge Handshake Authentication Protocol',
  49703: 'Extensible Authentication Protocol',
};

const fields = {
  'ppp.direction': uint('Direction', 1, { 0: 'DTE->DCE', 1: 'DCE->DTE' }),
  'ppp.address': hexUint('Address', 1),
  'ppp.control': hexUint('Control', 1),
  'ppp.protocol': hexUint('Protocol', 2, pppProtocols),
} as const;
const write = fieldWriter(fields);

/** Protocol field and what follows: RFC 1661; an odd first byte is a field that was compressed to one byte. */
function dissectProtocol(d: Dissection, start: number, end: number): void {
  const compressed = (u8(d.bytes, start) & 1) === 1;
  if (end - start < (compressed ? 1 : 2)) {
    d.stop('PPP', start, 'protocol field is cut');
    return;
  }
  const protocol = compressed ? u8(d.bytes, start) : u16(d.bytes, start);
  const name = pppProtocols[protocol];
  const digits = protocol.toString(16).padStart(4, '0');
  d.add('ppp.protocol', `Protocol: ${name ?? 'Unknown'} (0x${digits})`, protocol, start, compressed ? 1 : 2);
  d.close();
  d.info = name ?? `PPP Protocol 0x${digits}`;
  dissectNext(d, d.layers.pppProtocols, protocol, start + (compressed ? 1 : 2), end);
}

/** As in HDLC framing (RFC 1662): address and control stand first, unless they were negotiated away. */
function dissect(d: Dissection, start: number, end: number): void {
  const framed = end - start >= 2 && (u8(d.bytes, start) === 0xff || (u8(d.bytes, start) === 0x0f && u8(d.bytes, start + 1) === 0));
  d.open('ppp', 'Point-to-Point Protocol', null, start, Math.max(0, Math.min(framed ? 4 : 2, end - start)));
  if (end <= start) {
    d.stop('PPP', start, 'empty frame');
    return;
  }
  if (framed && u8(d.bytes, start) === 0x0f) {
    d.close();
    d.protocols.pop();
    dissectLayer(d, d.layers.linkTypes.get(104) ?? data, start, end);
    return;
  }
  if (framed) {
    write.uint(d, 'ppp.address', start);
    write.uint(d, 'ppp.control', start + 1);
  }
  dissectProtocol(d, framed ? start + 2 : start, end);
}

/** LINKTYPE_PPP_WITH_DIR: a byte in front says who sent the frame. */
function dissectDirected(d: Dissection, start: number, end: number): void {
  if (end > start)
    d.add(
      'ppp.direction',
      `Direction: ${u8(d.bytes, start) === 0 ? 'Received' : 'Sent'} (${hexLabel(d.bytes, start, 1)})`,
      u8(d.bytes, start),
      start,
      1,
    );
  dissect(d, Math.min(start + 1, end), end);
}

/** Inside PPPoE there is no HDLC framing. */
function dissectBare(d: Dissection, start: number, end: number): void {
  d.open('ppp', 'Point-to-Point Protocol', null, start, Math.max(0, Math.min(2, end - start)));
  if (end <= start) d.stop('PPP', start, 'empty frame');
  else dissectProtocol(d, start, end);
}

export const ppp: Dissector = { name: 'ppp', title: 'Point-to-Point Protocol', fields, dissect };
export const pppWithDirection: Dissector = { ...ppp, dissect: dissectDirected };
export const barePpp: Dissector = { ...ppp, dissect: dissectBare };
