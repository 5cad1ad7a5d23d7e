import { formatIpv4 } from '../../../shared/model/addresses';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { isText, u8, u16, u32 } from './bytes';
import { fieldList } from './field-list';
import { hexText, Layer, readable, say, utf8 } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('RADIUS');
const HEADER = 20;
const codes: Readonly<Record<number, string>> = {
  1: 'Access-Request',
  2: 'Access-Accept',
  3: 'Access-Reject',
  4: 'Accounting-Request',
  5: 'Accounting-Response',
  11: 'Access-Challenge',
  12: 'Status-Server',
  13: 'Status-Client',
  40: 'Disconnect-Request',
  41: 'Disconnect-ACK',
  42: 'Disconnect-NAK',
  43: 'CoA-Request',
  44: 'CoA-ACK',
  45: 'CoA-NAK',
};
const attributes: Readonly<Record<number, string>> = {
  1: 'User-Name',
  2: 'User-Password',
  3: 'CHAP-Password',
  4: 'NAS-IP-Address',
  5: 'NAS-Port',
  6: 'Service-Type',
  7: 'Framed-Protocol',
  8: 'Framed-IP-Address',
  9: 'Framed-IP-Netmask',
  11: 'Filter-Id',
  12: 'Framed-MTU',
  18: 'Reply-Message',
  24: 'State',
  25: 'Class',
  26: 'Vendor-Specific',
  27: 'Session-Timeout',
  28: 'Idle-Timeout',
  29: 'Termination-Action',
  30: 'Called-Station-Id',
  31: 'Calling-Station-Id',
  32: 'NAS-Identifier',
  40: 'Acct-Status-Type',
  41: 'Acct-Delay-Time',
  42: 'Acct-Input-Octets',
  43: 'Acct-Output-Octets',
  44: 'Acct-Session-Id',
  46: 'Acct-Session-Time',
  49: 'Acct-Terminate-Cause',
  60: 'CHAP-Challenge',
  61: 'NAS-Port-Type',
  79: 'EAP-Message',
  80: 'Message-Authenticator',
  87: 'NAS-Port-Id',
};
const addresses = new Set([4, 8, 9]);
const secrets = new Set([2, 3, 24, 25, 60, 79, 80]);

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, radius, start, end);
  const code = layer.uint('radius.code', 1, codes);
  const id = layer.uint('radius.id', 1);
  const length = layer.uint('radius.length', 2);
  layer.data('radius.authenticator', 16);
  layer.end = Math.min(end, start + Math.max(length, HEADER));
  while (layer.more) attribute(layer);
  layer.finish();
  say(d, `${codes[code] ?? `Unknown code ${code}`} id=${id}`);
}

function attribute(layer: Layer): void {
  const { bytes, at } = layer;
  const type = u8(bytes, at);
  const length = layer.left >= 2 ? u8(bytes, at + 1) : 0;
  if (length < 2 || length > layer.left) {
    layer.fail(`attribute ${type} has length ${length}, ${layer.left} bytes are left`);
    return;
  }
  const title = attributes[type] ?? `Unknown-Attribute`;
  const node = layer.open('radius.avp', `AVP: t=${title}(${type}) l=${length}`, length);
  layer.uint('radius.avp.type', 1, attributes);
  layer.uint('radius.avp.length', 1);
  const size = length - 2;
  const from = layer.at;
  const stop = from + size;
  const text =
    addresses.has(type) && size === 4
      ? formatIpv4(u32(bytes, from))
      : !secrets.has(type) && size > 4 && isText(bytes, from, stop)
        ? readable(utf8(bytes, from, stop))
        : size === 4
          ? String(u32(bytes, from))
          : hexText(bytes, from, stop);
  const field = type === 1 ? 'radius.User_Name' : type === 4 ? 'radius.NAS_IP_Address' : type === 31 ? 'radius.Calling_Station_Id' : '';
  layer.take(size);
  layer.add(field, text, text, from, size);
  node.label += ` val=${text}`;
  layer.close(node);
}

/** RFC 2865 and 2866. */
export const radius: ApplicationProtocol = {
  name: 'radius',
  title: 'RADIUS Protocol',
  udpPorts: [1812, 1813, 1645, 1646, 1700, 3799],
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    const length = u16(bytes, start + 2);
    return end - start >= HEADER && codes[u8(bytes, start)] !== undefined && length >= HEADER && length <= 4096;
  },
  fields: fieldList(
    'radius',
    'RADIUS Protocol',
    `.code uint Code
    .id uint Identifier
    .length uint Length
    .authenticator bytes Authenticator
    .avp none Attribute Value Pair
    .avp.type uint Type
    .avp.length uint Length
    .User_Name string User-Name
    .NAS_IP_Address string NAS-IP-Address
    .Calling_Station_Id string Calling-Station-Id`,
  ),
  dissect,
};
