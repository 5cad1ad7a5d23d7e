import { hexNumber, u8, u16 } from '../../../shared/base/bytes';
import { bits, byteArray, flag, hexUint, ipv4Address, macAddress, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, hexLabel, oneLine } from '../tree/writer';

const TYPES: Readonly<Record<number, string>> = {
  0: 'End of LLDPDU',
  1: 'Chassis Id',
  2: 'Port Id',
  3: 'Time to Live',
  4: 'Port Description',
  5: 'System Name',
  6: 'System Description',
  7: 'System Capabilities',
  8: 'Management Address',
  127: 'Organization Specific',
};
const CHASSIS = {
  1: 'Chassis component',
  2: 'Interface alias',
  3: 'Port component',
  4: 'MAC address',
  5: 'Network address',
  6: 'Interface name',
  7: 'Locally assigned',
};
const PORT = {
  1: 'Interface alias',
  2: 'Port component',
  3: 'MAC address',
  4: 'Network address',
  5: 'Interface name',
  6: 'Agent circuit Id',
  7: 'Locally assigned',
};
/** Two letters in front of an identifier in Info, by chassis subtype; port subtypes have their own order. */
const CHASSIS_SHORT = ['', 'CC', 'IA', 'PC', 'MA', 'NA', 'IN', 'LA'];
const PORT_SHORT = ['', 'IA', 'PC', 'MA', 'NA', 'IN', 'AC', 'LA'];
const CAPABLE = { 0: 'Not capable', 1: 'Capable' };

const fields = {
  'lldp.tlv.type': bits('TLV Type', 2, 0xfe00, TYPES),
  'lldp.tlv.len': bits('TLV Length', 2, 0x01ff),
  'lldp.chassis.subtype': uint('Chassis Id Subtype', 1, CHASSIS),
  'lldp.chassis.id': text('Chassis Id'),
  'lldp.chassis.id.mac': macAddress('Chassis Id'),
  'lldp.chassis.id.ip4': ipv4Address('Chassis Id'),
  'lldp.port.subtype': uint('Port Id Subtype', 1, PORT),
  'lldp.port.id': text('Port Id'),
  'lldp.port.id.mac': macAddress('Port Id'),
  'lldp.port.id.ip4': ipv4Address('Port Id'),
  'lldp.time_to_live': uint('Seconds', 2),
  'lldp.port.desc': text('Port Description'),
  'lldp.tlv.system.name': text('System Name'),
  'lldp.tlv.system.desc': text('System Description'),
  'lldp.tlv.system_cap': hexUint('Capabilities', 2),
  'lldp.tlv.system_cap.other': flag('Other', 2, 0x0001, CAPABLE),
  'lldp.tlv.system_cap.repeater': flag('Repeater', 2, 0x0002, CAPABLE),
  'lldp.tlv.system_cap.bridge': flag('Bridge', 2, 0x0004, CAPABLE),
  'lldp.tlv.system_cap.wlan_access_pt': flag('WLAN access point', 2, 0x0008, CAPABLE),
  'lldp.tlv.system_cap.router': flag('Router', 2, 0x0010, CAPABLE),
  'lldp.tlv.system_cap.telephone': flag('Telephone', 2, 0x0020, CAPABLE),
  'lldp.tlv.system_cap.docsis_cable_device': flag('DOCSIS cable device', 2, 0x0040, CAPABLE),
  'lldp.tlv.system_cap.station_only': flag('Station only', 2, 0x0080, CAPABLE),
  'lldp.tlv.enable_system_cap': hexUint('Enabled Capabilities', 2),
  'lldp.orgtlv.oui': uint('Organization Unique Code', 3),
  'lldp.unknown_subtype.content': byteArray('Unknown Subtype Content'),
} as const;
const write = fieldWriter(fields);

/** Chassis and port identifiers; gives what Info says. */
function identifier(d: Dissection, kind: 'chassis' | 'port', at: number, end: number): string {
  const subtype = write.uint(d, `lldp.${kind}.subtype`, at);
  const short = (kind === 'chassis' ? CHASSIS_SHORT : PORT_SHORT)[subtype] ?? '';
  const from = at + 1;
  const isMac = subtype === (kind === 'chassis' ? 4 : 3) && end - from === 6;
  const isIp = subtype === (kind === 'chassis' ? 5 : 4) && end - from === 5 && u8(d.bytes, from) === 1;
  const value = isMac
    ? write.mac(d, `lldp.${kind}.id.mac`, from)
    : isIp
      ? write.ipv4(d, `lldp.${kind}.id.ip4`, from + 1)
      : write.text(d, `lldp.${kind}.id`, from, end - from);
  return `${short}/${oneLine(value)} `;
}

function capabilities(d: Dissection, at: number): void {
  write.uint(d, 'lldp.tlv.system_cap', at);
  d.nest();
  for (const name of [
    'other',
    'repeater',
    'bridge',
    'wlan_access_pt',
    'router',
    'telephone',
    'docsis_cable_device',
    'station_only',
  ] as const) {
    write.flag(d, `lldp.tlv.system_cap.${name}`, at);
  }
  d.close();
  write.uint(d, 'lldp.tlv.enable_system_cap', at + 2);
}

function item(d: Dissection, type: number, at: number, end: number): void {
  const length = end - at;
  if ((type === 1 || type === 2) && length >= 2) d.info += identifier(d, type === 1 ? 'chassis' : 'port', at, end);
  else if (type === 3 && length >= 2) d.info += `${write.uint(d, 'lldp.time_to_live', at)} `;
  else if (type === 4) write.text(d, 'lldp.port.desc', at, length);
  else if (type === 5) d.info += `SysN=${oneLine(write.text(d, 'lldp.tlv.system.name', at, length))} `;
  else if (type === 6) d.info += `SysD=${oneLine(write.text(d, 'lldp.tlv.system.desc', at, length))} `;
  else if (type === 7 && length >= 4) capabilities(d, at);
  else if (type === 127 && length >= 4) {
    write.uint(d, 'lldp.orgtlv.oui', at);
    if (length > 4) write.bytes(d, 'lldp.unknown_subtype.content', at + 4, length - 4);
  } else if (length > 0) d.add('', `Data: ${hexLabel(d.bytes, at, length)}`, null, at, length);
}

/** IEEE 802.1AB, 8. */
function dissect(d: Dissection, start: number, end: number): void {
  const node = d.open('lldp', 'Link Layer Discovery Protocol', null, start, Math.max(0, end - start));
  d.info = '';
  for (let at = start; at < end && !d.full; ) {
    const type = u8(d.bytes, at) >>> 1;
    const length = u16(d.bytes, at) & 0x1ff;
    if (at + 2 + length > end) {
      d.stop('LLDP', at, `item of length ${length} in ${Math.max(0, end - at - 2)} bytes`);
      return;
    }
    d.open('', TYPES[type] ?? `Unknown type (${hexNumber(type, 2)})`, null, at, 2 + length);
    write.uint(d, 'lldp.tlv.type', at);
    write.uint(d, 'lldp.tlv.len', at);
    item(d, type, at + 2, at + 2 + length);
    d.close();
    at += 2 + length;
    node.length = at - start;
    if (type === 0) break;
  }
  d.payloadEnd = Math.min(d.payloadEnd, start + node.length);
  d.close();
}

export const lldp: Dissector = { name: 'lldp', title: 'Link Layer Discovery Protocol', fields, dissect };
