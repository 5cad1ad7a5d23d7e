import { hexNumber, u16 } from '../../../shared/base/bytes';
import { flag, hexUint, text, uint } from '../tree/definitions';
import type { Dissection } from '../tree/dissection';
import type { Dissector } from '../tree/dissector';
import { fieldWriter, hexLabel, oneLine, shorten } from '../tree/writer';

const TYPES: Readonly<Record<number, string>> = {
  1: 'Device ID',
  2: 'Addresses',
  3: 'Port ID',
  4: 'Capabilities',
  5: 'Software version',
  6: 'Platform',
  7: 'IP Prefix/Gateway (used for ODR)',
  8: 'Protocol Hello',
  9: 'VTP Management Domain',
  10: 'Native VLAN',
  11: 'Duplex',
  16: 'Power Consumption',
  18: 'Trust Bitmap',
  19: 'Untrusted port CoS',
  20: 'System Name',
  22: 'Management Address',
};
const YES_NO = { 0: 'No', 1: 'Yes' };

const fields = {
  'cdp.version': uint('Version', 1),
  'cdp.ttl': uint('TTL', 1, undefined, { unit: ' seconds' }),
  'cdp.checksum': hexUint('Checksum', 2),
  'cdp.tlv.type': hexUint('Type', 2, TYPES),
  'cdp.tlv.len': uint('Length', 2),
  'cdp.deviceid': text('Device ID'),
  'cdp.portid': text('Sent through Interface'),
  'cdp.software_version': text('Software version'),
  'cdp.platform': text('Platform'),
  'cdp.vtp_management_domain': text('VTP Management Domain'),
  'cdp.native_vlan': uint('Native VLAN', 2),
  'cdp.duplex': flag('Duplex', 1, 0x01, { 0: 'Half', 1: 'Full' }),
  'cdp.system_name': text('System Name'),
  'cdp.capabilities': hexUint('Capabilities', 4),
  'cdp.capabilities.router': flag('Router', 4, 0x001, YES_NO),
  'cdp.capabilities.trans_bridge': flag('Transparent Bridge', 4, 0x002, YES_NO),
  'cdp.capabilities.src_bridge': flag('Source Route Bridge', 4, 0x004, YES_NO),
  'cdp.capabilities.switch': flag('Switch', 4, 0x008, YES_NO),
  'cdp.capabilities.host': flag('Host', 4, 0x010, YES_NO),
  'cdp.capabilities.igmp_capable': flag('IGMP capable', 4, 0x020, YES_NO),
  'cdp.capabilities.repeater': flag('Repeater', 4, 0x040, YES_NO),
  'cdp.capabilities.voip_phone': flag('VoIP Phone', 4, 0x080, YES_NO),
} as const;
const write = fieldWriter(fields);

const texts = { 1: 'cdp.deviceid', 3: 'cdp.portid', 6: 'cdp.platform', 9: 'cdp.vtp_management_domain', 20: 'cdp.system_name' } as const;
const isText = (type: number): type is keyof typeof texts => Object.hasOwn(texts, type);

function value(d: Dissection, type: number, start: number, end: number): void {
  if (isText(type)) {
    const said = oneLine(write.text(d, texts[type], start, end - start));
    if (type === 1) d.info += `Device ID: ${said}  `;
    else if (type === 3) d.info += `Port ID: ${said}  `;
  } else if (type === 5) {
    for (let at = start; at < end && !d.full; ) {
      let line = at;
      while (line < end && d.bytes[line] !== 0x0a) line++;
      write.text(d, 'cdp.software_version', at, line - at);
      at = line + 1;
    }
  } else if (type === 4 && end - start === 4) {
    write.uint(d, 'cdp.capabilities', start);
    d.nest();
    for (const name of ['router', 'trans_bridge', 'src_bridge', 'switch', 'host', 'igmp_capable', 'repeater', 'voip_phone'] as const) {
      write.flag(d, `cdp.capabilities.${name}`, start);
    }
    d.close();
  } else if (type === 10 && end - start === 2) {
    write.uint(d, 'cdp.native_vlan', start);
  } else if (type === 11 && end - start === 1) {
    write.flag(d, 'cdp.duplex', start);
  } else if (end > start) {
    d.add('', `Data: ${hexLabel(d.bytes, start, end - start)}`, null, start, end - start);
  }
}

/** Cisco Discovery Protocol: version, time to live, checksum, then type-length-value items. */
function dissect(d: Dissection, start: number, end: number): void {
  d.open('cdp', 'Cisco Discovery Protocol', null, start, Math.max(0, end - start));
  if (end - start < 4) {
    d.stop('CDP', start, `header has ${Math.max(0, end - start)} of 4 bytes`);
    return;
  }
  write.uint(d, 'cdp.version', start);
  write.uint(d, 'cdp.ttl', start + 1);
  write.uint(d, 'cdp.checksum', start + 2);
  d.info = '';
  for (let at = start + 4; at + 4 <= end && !d.full; ) {
    const type = u16(d.bytes, at);
    const length = u16(d.bytes, at + 2);
    if (length < 4 || at + length > end) {
      d.stop('CDP', at, `item of length ${length} in ${end - at} bytes`);
      return;
    }
    d.open('', shorten(TYPES[type] ?? `Unknown (${hexNumber(type, 4)})`), null, at, length);
    write.uint(d, 'cdp.tlv.type', at);
    write.uint(d, 'cdp.tlv.len', at + 2);
    value(d, type, at + 4, at + length);
    d.close();
    at += length;
  }
  d.close();
}

export const cdp: Dissector = { name: 'cdp', title: 'Cisco Discovery Protocol', fields, dissect };
