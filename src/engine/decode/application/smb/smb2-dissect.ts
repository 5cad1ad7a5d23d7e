import type { Dissection } from '../../tree/dissection';
import { u8, u16le, u32le } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, type LayerOwner, readable } from '../layer';
import { ntStatus, statusText } from './nt-status';
import { dissectNtlmssp } from './ntlmssp';
import { SMB2, SMB2_ENCRYPTED } from './smb-magic';
import { smb1Fields } from './smb1-dissect';

const RESPONSE = 1;
const ASYNC = 2;
const HEADER = 64;
/** A compound chain longer than this is not walked further. */
const MAX_CHAIN = 64;
const MORE_PROCESSING = 0xc0000016;
const utf16 = new TextDecoder('utf-16le');

const commands: readonly string[] = [
  'Negotiate Protocol',
  'Session Setup',
  'Session Logoff',
  'Tree Connect',
  'Tree Disconnect',
  'Create',
  'Close',
  'Flush',
  'Read',
  'Write',
  'Lock',
  'Ioctl',
  'Cancel',
  'KeepAlive',
  'Find',
  'Notify',
  'GetInfo',
  'SetInfo',
  'Break',
];
const NEGOTIATE = 0;
const SESSION_SETUP = 1;
const TREE_CONNECT = 3;
const CREATE = 5;
const READ = 8;
const WRITE = 9;

export const smb2Owner: LayerOwner = {
  name: 'smb2',
  title: 'SMB2 (Server Message Block Protocol version 2)',
  fields: {
    ...smb1Fields,
    ...fieldList(
      'smb2',
      'SMB2 (Server Message Block Protocol version 2)',
      `.protocol_id uint ProtocolId
      .header_len uint Header Length
      .credit.charge uint Credit Charge
      .channel_sequence uint Channel Sequence
      .nt_status uint NT Status
      .cmd uint Command
      .credits.requested uint Credits requested
      .credits.granted uint Credits granted
      .flags uint Flags
      .flags.response bool Response
      .flags.async bool Async command
      .flags.chained bool Chained
      .flags.signature bool Signing
      .chain_offset uint Chain Offset
      .msg_id uint Message ID
      .aid uint Async Id
      .pid uint Process Id
      .tid uint Tree Id
      .sesid uint Session Id
      .signature bytes Signature
      .dialect uint Dialect
      .dialect_count uint Dialect count
      .filename string Filename
      .tree string Tree
      .read_length uint Read Length
      .write_length uint Write Length
      .file_offset uint File Offset
      .header.transform.signature bytes Signature
      .header.transform.nonce bytes Nonce
      .header.transform.msg_size uint Message size
      .header.transform.flags uint Flags
      .header.transform.enc_data bytes Encrypted SMB3 data`,
    ),
  },
};

/** [MS-SMB2], section 2.2. Gives Info: the commands of the chain, or that it is encrypted or compressed. */
export function dissectSmb2(d: Dissection, start: number, end: number): string {
  const magic = u8(d.bytes, start);
  if (magic === SMB2_ENCRYPTED) return encrypted(d, start, end);
  if (magic !== SMB2) {
    new Layer(d, smb2Owner, start, end).finish();
    return 'Compressed SMB3';
  }
  const said: string[] = [];
  for (let at = start; at + HEADER <= end && said.length < MAX_CHAIN && !d.full; ) {
    const next = u32le(d.bytes, at + 20);
    const stop = next >= HEADER && at + next < end ? at + next : end;
    said.push(command(d, at, stop));
    at = stop;
  }
  if (said.length === 0) new Layer(d, smb2Owner, start, end).finish();
  return said.join(';');
}

function encrypted(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, smb2Owner, start, end);
  layer.hex('smb2.protocol_id', 4);
  layer.data('smb2.header.transform.signature', 16);
  layer.data('smb2.header.transform.nonce', 16);
  layer.uintLe('smb2.header.transform.msg_size', 4);
  layer.take(2);
  layer.hex('smb2.header.transform.flags', 2, undefined, true);
  layer.uint64('smb2.sesid', true, true);
  if (layer.left > 0) layer.data('smb2.header.transform.enc_data', layer.left);
  layer.finish();
  return 'Encrypted SMB3';
}

function command(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, smb2Owner, start, end);
  const flags = u32le(layer.bytes, start + 16);
  const response = (flags & RESPONSE) !== 0;
  const header = layer.open('', 'SMB2 Header', HEADER);
  layer.hex('smb2.protocol_id', 4);
  layer.uintLe('smb2.header_len', 2);
  layer.uintLe('smb2.credit.charge', 2);
  let status = 0;
  if (response) status = layer.hex('smb2.nt_status', 4, ntStatus, true);
  else {
    layer.uintLe('smb2.channel_sequence', 2);
    layer.take(2);
  }
  const code = layer.uintLe('smb2.cmd', 2, (value) => commands[value]);
  layer.uintLe(response ? 'smb2.credits.granted' : 'smb2.credits.requested', 2);
  layer.hex('smb2.flags', 4, undefined, true);
  layer.bits('smb2.flags.response', flags, 4, RESPONSE, { 0: 'This is a REQUEST', 1: 'This is a RESPONSE' });
  layer.bits('smb2.flags.async', flags, 4, ASYNC, { 0: 'This is a SYNC command', 1: 'This is an ASYNC command' });
  layer.bits('smb2.flags.chained', flags, 4, 4, { 0: 'This pdu is NOT a chained command', 1: 'This pdu is a chained command' });
  layer.bits('smb2.flags.signature', flags, 4, 8, { 0: 'This pdu is NOT signed', 1: 'This pdu is SIGNED' });
  layer.hex('smb2.chain_offset', 4, undefined, true);
  layer.uint64('smb2.msg_id', true);
  if ((flags & ASYNC) !== 0) layer.uint64('smb2.aid', true, true);
  else {
    layer.hex('smb2.pid', 4, undefined, true);
    layer.hex('smb2.tid', 4, undefined, true);
  }
  layer.uint64('smb2.sesid', true, true);
  layer.data('smb2.signature', 16);
  layer.close(header);
  const name = `${commands[code] ?? `unknown-0x${code.toString(16)}`} ${response ? 'Response' : 'Request'}`;
  const body = layer.open('', `${name} (0x${code.toString(16).padStart(2, '0')})`);
  const before = layer.at;
  const said = detail(layer, code, response);
  layer.at = before;
  if (!layer.failed) layer.rest('Body');
  layer.close(body);
  layer.finish();
  const error = status === 0 ? '' : `, Error: ${statusText(status)}`;
  return code === SESSION_SETUP && status === MORE_PROCESSING ? name + error + said : name + said + error;
}

/** What Info says beyond the command's name. */
function detail(layer: Layer, code: number, response: boolean): string {
  const { bytes, at, end } = layer;
  if (code === SESSION_SETUP) return dissectNtlmssp(layer, at, end);
  if (code === NEGOTIATE && response && end - at >= 6) {
    layer.at += 4;
    layer.hex('smb2.dialect', 2, undefined, true);
    return '';
  }
  if (code === NEGOTIATE && end - at >= 36) {
    layer.at += 2;
    const count = layer.uintLe('smb2.dialect_count', 2);
    layer.at = at + 36;
    for (let i = 0; i < count && layer.more; i++) layer.hex('smb2.dialect', 2, undefined, true);
    return '';
  }
  if (response) return '';
  if (code === TREE_CONNECT && end - at >= 8) return ` Tree: ${string(layer, 'smb2.tree', u16le(bytes, at + 4), u16le(bytes, at + 6))}`;
  if (code === CREATE && end - at >= 48) return ` File: ${string(layer, 'smb2.filename', u16le(bytes, at + 44), u16le(bytes, at + 46))}`;
  if ((code === READ || code === WRITE) && end - at >= 16) {
    layer.at += 4;
    const length = layer.uintLe(code === READ ? 'smb2.read_length' : 'smb2.write_length', 4);
    return ` Len:${length} Off:${layer.uint64('smb2.file_offset', true)}`;
  }
  return '';
}

/** UTF-16 text at an offset from the header. */
function string(layer: Layer, name: string, offset: number, length: number): string {
  const from = layer.start + offset;
  if (offset < HEADER || from + length > layer.end) return '';
  const text = utf16.decode(layer.bytes.subarray(from, from + length));
  layer.add(name, text, readable(text), from, length);
  return readable(text);
}
