import type { Dissection } from '../../tree/dissection';
import { u8, u16le, u32, u32le } from '../bytes';
import { Layer, type LayerOwner, portsOf, utf8 } from '../layer';
import { gquicFields } from './fields';
import { isGoogleVersion } from './gquic';

const GQUIC: LayerOwner = { name: 'gquic', title: 'GQUIC (Google Quick UDP Internet Connections)', fields: gquicFields };
const NUMBER_SIZES = [1, 2, 4, 6] as const;
const HASH_LENGTH = 12;
const NONCE_LENGTH = 32;
/** Handshake messages that are not encrypted, by their tag. */
const MESSAGES: Readonly<Record<number, string>> = { 1128811599: 'Client Hello', 1380272640: 'Rejection' };
/** Bytes behind the hash in which a message's tag is looked for: a stream frame's header is shorter. */
const SEARCHED = 32;
const MAX_TAGS = 64;

/** The public header (QUIC Wire Layout Specification, Q035 and before), and the server's name in an unencrypted hello. */
export function dissectGoogleQuic(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, GQUIC, start, end);
  const flags = u8(d.bytes, start);
  const words: string[] = [];
  let cid = '';
  if ((flags & 0x80) !== 0) {
    layer.hex('gquic.puflags', 1);
    layer.text('gquic.version', 4);
  } else {
    const node = layer.d.open('gquic.puflags', `Public Flags: 0x${flags.toString(16).padStart(2, '0')}`, flags, start, 1);
    layer.take(1);
    layer.bits('gquic.puflags.vrsn', flags, 1, 0x01, { 0: 'No', 1: 'Yes' });
    layer.bits('gquic.puflags.rst', flags, 1, 0x02, { 0: 'No', 1: 'Yes' });
    layer.bits('gquic.puflags.cid', flags, 1, 0x08, { 0: '0 Byte', 1: '8 Bytes' });
    layer.bits('gquic.puflags.pkn', flags, 1, 0x30, (value) => `${NUMBER_SIZES[value] ?? 0} bytes`);
    layer.close(node);
    if (flags & 0x08) cid = `, CID: ${layer.uint64('gquic.cid', true)}`;
    if (flags & 0x01 && isGoogleVersion(u32(d.bytes, layer.at))) layer.text('gquic.version', 4);
    // The bit means a nonce of 32 bytes where a server sends it; clients set it for a reason of their own.
    if ((flags & 0x05) === 0x04 && fromServer(d)) layer.take(NONCE_LENGTH);
    const number = layer.uintLe('gquic.packet_number', NUMBER_SIZES[(flags >> 4) & 3] ?? 1);
    words.push(`PKN: ${number}${cid}`);
  }
  const hello = findMessage(d.bytes, layer.at + HASH_LENGTH, end);
  if (hello >= 0) serverName(layer, hello, end);
  if (layer.more) layer.data('gquic.payload', layer.left);
  layer.finish();
  d.info = [MESSAGES[hello < 0 ? 0 : u32(d.bytes, hello)] ?? 'Payload (Encrypted)', ...words].join(', ');
}

const fromServer = (d: Dissection): boolean => portsOf(d).source < portsOf(d).destination;

/** Offset of a message's tag; -1 where it is not near. */
function findMessage(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end - 8, start + SEARCHED);
  for (let at = start; at < stop; at++) if (MESSAGES[u32(bytes, at)] !== undefined) return at;
  return -1;
}

/** Tags with the offsets at which their values end, then the values. */
function serverName(layer: Layer, hello: number, end: number): void {
  const { bytes } = layer;
  const count = Math.min(u16le(bytes, hello + 4), MAX_TAGS);
  const values = hello + 8 + u16le(bytes, hello + 4) * 8;
  let from = 0;
  for (let i = 0; i < count; i++) {
    const entry = hello + 8 + i * 8;
    const to = u32le(bytes, entry + 4);
    if (entry + 8 > end || to < from || values + to > end) return;
    // 'SNI' and a zero byte.
    if (u32(bytes, entry) === 0x534e4900) {
      const name = utf8(bytes, values + from, values + to);
      layer.add('gquic.tag.sni', name, name.replace(/[^\x20-\x7e]/g, '?'), values + from, to - from);
      return;
    }
    from = to;
  }
}
