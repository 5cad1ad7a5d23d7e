import { indexOf, startsWith, u16le, u32le } from '../bytes';
import type { Layer } from '../layer';
import { nameOf, readable, utf8 } from '../layer';

const types: Readonly<Record<number, string>> = { 1: 'NTLMSSP_NEGOTIATE', 2: 'NTLMSSP_CHALLENGE', 3: 'NTLMSSP_AUTH' };
const UNICODE_FLAG = 1;
const MAX_NAME = 512;
const utf16 = new TextDecoder('utf-16le');

/** [MS-NLMP] inside whatever carries it, found by its signature. Adds its node and gives what Info says of it; '' where there is none. */
export function dissectNtlmssp(layer: Layer, start: number, end: number): string {
  const { bytes } = layer;
  let at = start;
  while (at >= 0 && !startsWith(bytes, at, end, 'NTLMSSP\0')) at = indexOf(bytes, 0x4e, at + 1, end);
  if (at < 0 || end - at < 12) return '';
  const saved = layer.at;
  layer.at = at;
  const node = layer.open('ntlmssp', 'NTLM Secure Service Provider', end - at);
  layer.text('ntlmssp.identifier', 8);
  const type = u32le(bytes, layer.at);
  layer.hex('ntlmssp.messagetype', 4, types, true);
  let info = nameOf(types, type) ?? '';
  if (type === 3 && end - at >= 64) {
    const unicode = (u32le(bytes, at + 60) & UNICODE_FLAG) !== 0;
    const domain = buffer(layer, 'ntlmssp.auth.domain', at, 28, end, unicode);
    const user = buffer(layer, 'ntlmssp.auth.username', at, 36, end, unicode);
    buffer(layer, 'ntlmssp.auth.hostname', at, 44, end, unicode);
    info += `, User: ${domain}\\${user}`;
  }
  layer.close(node);
  layer.at = saved;
  return `, ${info}`;
}

/** A field of the message: length, capacity and offset at `header`, the text elsewhere in the message. */
function buffer(layer: Layer, name: string, message: number, header: number, end: number, unicode: boolean): string {
  const length = u16le(layer.bytes, message + header);
  const from = message + u32le(layer.bytes, message + header + 4);
  if (length > MAX_NAME || from + length > end) return '';
  const text = unicode ? utf16.decode(layer.bytes.subarray(from, from + length)) : utf8(layer.bytes, from, from + length);
  layer.add(name, text, length === 0 ? 'NULL' : readable(text), from, length);
  return readable(text);
}
