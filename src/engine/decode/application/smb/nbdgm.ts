import { protocolNames } from '../../protocol-names';
import type { Dissection } from '../../tree/dissection';
import { indexOf, startsWithNoCase, u8, u16le } from '../bytes';
import { fieldList } from '../field-list';
import { Layer, readable, say, utf8 } from '../layer';
import type { ApplicationProtocol } from '../protocol';
import { decodeNetbiosName } from './netbios-name';
import { isSmb } from './smb-magic';
import { dissectSmb1, smb1Fields } from './smb1-dissect';

const datagramName = protocolNames.id('NBDS');
const smbName = protocolNames.id('SMB');
const browserName = protocolNames.id('BROWSER');
const HEADER = 14;
const ENCODED_NAME = 34;
const SMB_HEADER = 32;
const TRANSACTION = 0x25;

const types: Readonly<Record<number, string>> = {
  16: 'Direct_unique datagram',
  17: 'Direct_group datagram',
  18: 'Broadcast datagram',
  19: 'Datagram error',
  20: 'Datagram query request',
  21: 'Datagram positive query response',
  22: 'Datagram negative query response',
};
const commands: Readonly<Record<number, string>> = {
  1: 'Host Announcement',
  2: 'Request Announcement',
  8: 'Browser Election Request',
  9: 'Get Backup List Request',
  10: 'Get Backup List Response',
  11: 'Become Backup Browser',
  12: 'Domain/Workgroup Announcement',
  13: 'Master Announcement',
  14: 'Reset Browser State Announcement',
  15: 'Local Master Announcement',
};

/** Where the SMB message begins, behind the header and both names; -1: there is none. */
function messageStart(bytes: Uint8Array, start: number, end: number): number {
  const type = u8(bytes, start);
  const at = start + HEADER + 2 * ENCODED_NAME;
  return type >= 0x10 && type <= 0x12 && isSmb(bytes, at, end) && u8(bytes, at) === 0xff ? at : -1;
}

/** Where the browser's command is: the data of a transaction to \MAILSLOT\BROWSE; -1 where it is something else. */
function browserStart(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < SMB_HEADER + 37 || u8(bytes, at + 4) !== TRANSACTION) return -1;
  const words = at + SMB_HEADER + 1;
  const slot = words + u8(bytes, at + SMB_HEADER) * 2 + 2;
  const data = at + u16le(bytes, words + 24);
  return startsWithNoCase(bytes, slot, end, '\\MAILSLOT\\BROWSE') && data > slot && data < end ? data : -1;
}

function dissect(d: Dissection, start: number, end: number): void {
  const at = messageStart(d.bytes, start, end);
  const layer = new Layer(d, nbdgm, start, at < 0 ? end : at);
  const type = layer.uint('nbdgm.type', 1, types);
  layer.hex('nbdgm.flags', 1);
  layer.hex('nbdgm.dgram_id', 2);
  layer.ipv4('nbdgm.src.ip');
  layer.uint('nbdgm.src.port', 2);
  if (type >= 0x10 && type <= 0x12) {
    layer.uint('nbdgm.dgram_len', 2);
    layer.uint('nbdgm.pkt_offset', 2);
    for (const field of ['nbdgm.source_name', 'nbdgm.destination_name']) {
      const from = layer.take(ENCODED_NAME);
      const text = from < 0 ? '' : decodeNetbiosName(layer.bytes, from + 1);
      if (from >= 0) layer.add(field, text, text, from, ENCODED_NAME);
    }
  }
  layer.finish();
  say(d, types[type] ?? `Unknown (${type})`);
  if (at < 0) return;
  say(d, dissectSmb1(d, at, end));
  const browser = browserStart(d.bytes, at, end);
  if (browser >= 0) say(d, announcement(d, browser, end));
}

/** [MS-BRWS], section 2.2. */
function announcement(d: Dissection, start: number, end: number): string {
  const layer = new Layer(d, { ...nbdgm, name: 'browser', title: 'Microsoft Windows Browser Protocol' }, start, end);
  const command = layer.hex('browser.command', 1, commands);
  let info = commands[command] ?? `Unknown command 0x${command.toString(16)}`;
  if (command === 1 || command === 12 || command === 15) {
    layer.uint('browser.update_count', 1);
    layer.uintLe('browser.period', 4);
    info += ` ${server(layer, 16)}`;
    layer.uint('browser.windows_version', 2);
    layer.hex('browser.server_type', 4, undefined, true);
  } else if (command === 2) {
    layer.take(1);
    info += ` ${server(layer, layer.left)}`;
  }
  layer.finish();
  return info;
}

function server(layer: Layer, size: number): string {
  const at = layer.take(size);
  if (at < 0) return '';
  const zero = indexOf(layer.bytes, 0, at, at + size);
  const text = readable(utf8(layer.bytes, at, zero < 0 ? at + size : zero));
  layer.add('browser.server', text, text, at, size);
  return text;
}

/** RFC 1002, section 4.4, and the Windows browser's mail slot in it. */
export const nbdgm: ApplicationProtocol = {
  name: 'nbdgm',
  title: 'NetBIOS Datagram Service',
  udpPorts: [138],
  summarise: (bytes, start, end, _conversation, summary) => {
    const at = messageStart(bytes, start, end);
    summary.protocol = at < 0 ? datagramName : browserStart(bytes, at, end) < 0 ? smbName : browserName;
    return end - start >= 10;
  },
  fields: {
    ...smb1Fields,
    ...fieldList(
      'nbdgm',
      'NetBIOS Datagram Service',
      `.type uint Message Type
    .flags uint Flags
    .dgram_id uint Datagram ID
    .src.ip ipv4 Source IP
    .src.port uint Source Port
    .dgram_len uint Datagram length
    .pkt_offset uint Packet offset
    .source_name string Source name
    .destination_name string Destination name
    browser none Microsoft Windows Browser Protocol
    browser.command uint Command
    browser.update_count uint Update Count
    browser.period uint Update Periodicity
    browser.server string Server Name
    browser.windows_version uint Windows version
    browser.server_type uint Server Type`,
    ),
  },
  dissect,
};
