import type { Dissection } from '../../tree/dissection';
import { u8, u16le } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, type LayerOwner, readable, utf8 } from '../layer';
import { ntStatus, statusText } from './nt-status';
import { dissectNtlmssp } from './ntlmssp';

const UNICODE_STRINGS = 0x8000;
const NT_ERRORS = 0x4000;
const RESPONSE = 0x80;
const MAX_TEXT = 1024;
const utf16 = new TextDecoder('utf-16le');

const commands: Readonly<Record<number, string>> = {
  0: 'Create Directory',
  1: 'Delete Directory',
  2: 'Open',
  3: 'Create',
  4: 'Close',
  5: 'Flush',
  6: 'Delete',
  7: 'Rename',
  8: 'Query Information',
  9: 'Set Information',
  10: 'Read',
  11: 'Write',
  16: 'Check Directory',
  36: 'Locking AndX',
  37: 'Trans',
  38: 'Trans Secondary',
  43: 'Echo',
  45: 'Open AndX',
  46: 'Read AndX',
  47: 'Write AndX',
  50: 'Trans2',
  51: 'Trans2 Secondary',
  52: 'Find Close2',
  112: 'Tree Connect',
  113: 'Tree Disconnect',
  114: 'Negotiate Protocol',
  115: 'Session Setup AndX',
  116: 'Logoff AndX',
  117: 'Tree Connect AndX',
  128: 'Query Information Disk',
  129: 'Search',
  160: 'NT Trans',
  161: 'NT Trans Secondary',
  162: 'NT Create AndX',
  164: 'NT Cancel',
  165: 'NT Rename',
};

const smb: LayerOwner = {
  name: 'smb',
  title: 'SMB (Server Message Block Protocol)',
  fields: fieldList(
    'smb',
    'SMB (Server Message Block Protocol)',
    `.server_component uint Server Component
    .cmd uint SMB Command
    .nt_status uint NT Status
    .error_class uint Error Class
    .error_code uint Error Code
    .flags uint Flags
    .flags.response bool Request/Response
    .flags2 uint Flags2
    .flags2.string bool Unicode Strings
    .flags2.nt_error bool Error Code Type
    .pid.high uint Process ID High
    .signature bytes Signature
    .reserved bytes Reserved
    .tid uint Tree ID
    .pid uint Process ID
    .uid uint User ID
    .mid uint Multiplex ID
    .wct uint Word Count (WCT)
    .bcc uint Byte Count (BCC)
    .path string Path
    .fid uint FID
    ntlmssp none NTLM Secure Service Provider
    ntlmssp.identifier string NTLMSSP identifier
    ntlmssp.messagetype uint NTLM Message Type
    ntlmssp.auth.domain string Domain name
    ntlmssp.auth.username string User name
    ntlmssp.auth.hostname string Host name`,
  ),
};
export const smb1Fields = smb.fields;

/** [MS-CIFS], section 2.2.3.1: header, parameter words, data bytes. Gives Info. */
export function dissectSmb1(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, smb, start, end);
  const header = layer.open('', 'SMB Header', 32);
  layer.hex('smb.server_component', 4, () => 'SMB');
  const command = layer.hex('smb.cmd', 1, commands);
  const flags2 = u16le(layer.bytes, start + 10);
  let error = '';
  if ((flags2 & NT_ERRORS) !== 0) {
    const status = layer.hex('smb.nt_status', 4, ntStatus, true);
    if (status !== 0) error = `, Error: ${statusText(status)}`;
  } else {
    const kind = layer.hex('smb.error_class', 1, { 0: 'Success', 1: 'DOS Error', 2: 'Server Error', 3: 'Hardware Error' });
    layer.take(1);
    const code = layer.hex('smb.error_code', 2, undefined, true);
    if (kind !== 0) error = `, Error: ${kind === 1 && code === 5 ? 'Access denied' : `class ${kind} code ${code}`}`;
  }
  const flags = layer.hex('smb.flags', 1);
  layer.bits('smb.flags.response', flags, 1, RESPONSE, {
    0: 'Message is a request to the server',
    1: 'Message is a response to the client/redirector',
  });
  layer.hex('smb.flags2', 2, undefined, true);
  layer.uintLe('smb.pid.high', 2);
  layer.data('smb.signature', 8);
  layer.data('smb.reserved', 2);
  layer.uintLe('smb.tid', 2);
  layer.uintLe('smb.pid', 2);
  layer.uintLe('smb.uid', 2);
  layer.uintLe('smb.mid', 2);
  layer.close(header);
  const response = (flags & RESPONSE) !== 0;
  let info = `${commands[command] ?? `unknown-0x${command.toString(16).padStart(2, '0').toUpperCase()}`} ${response ? 'Response' : 'Request'}`;
  const body = layer.open('', `${info} (0x${command.toString(16).padStart(2, '0')})`);
  if (!layer.failed && layer.left > 0) info += parameters(layer, command, response, (flags2 & UNICODE_STRINGS) !== 0);
  layer.close(body);
  layer.finish();
  return info + error;
}

function parameters(layer: Layer, command: number, response: boolean, unicode: boolean): string {
  const words = layer.uint('smb.wct', 1) * 2;
  const from = layer.at;
  layer.rest('Parameter words', words);
  const length = layer.uintLe('smb.bcc', 2);
  const to = Math.min(layer.end, layer.at + length);
  const data = layer.at;
  if (layer.failed) return '';
  let said = '';
  if (command === 0x73) said = dissectNtlmssp(layer, data, to);
  else if (command === 0x75 && !response && words >= 8) said = path(layer, data + u16le(layer.bytes, from + 6), to, unicode);
  else if (command === 0xa2 && !response && words >= 8) said = path(layer, data, to, unicode);
  else if (command === 0x2d && !response) said = path(layer, data, to, unicode);
  else if (response && ((command === 0xa2 && words >= 10) || (command === 0x2d && words >= 6)))
    said = fileId(layer, from + (command === 0xa2 ? 5 : 4));
  else if (!response && command === 0x04 && words >= 2) said = fileId(layer, from);
  else if (!response && (command === 0x2e || command === 0x2f) && words >= 6) said = fileId(layer, from + 4);
  if (!layer.failed) layer.rest('Data', to - data);
  return said;
}

function fileId(layer: Layer, at: number): string {
  const value = u16le(layer.bytes, at);
  const text = `0x${value.toString(16).padStart(4, '0')}`;
  layer.add('smb.fid', value, text, at, 2);
  return `, FID: ${text}`;
}

/** A zero-terminated string; one of UTF-16 begins at an even offset from the header. */
function path(layer: Layer, start: number, end: number, unicode: boolean): string {
  const from = unicode && (start - layer.start) % 2 === 1 ? start + 1 : start;
  let to = from;
  const step = unicode ? 2 : 1;
  while (to + step <= end && to - from < MAX_TEXT && (u8(layer.bytes, to) !== 0 || (unicode && u8(layer.bytes, to + 1) !== 0))) to += step;
  if (to <= from) return '';
  const text = unicode ? utf16.decode(layer.bytes.subarray(from, to)) : utf8(layer.bytes, from, to);
  layer.add('smb.path', text, readable(text), from, to - from);
  return `, Path: ${readable(text)}`;
}
