import { formatIpv4, formatIpv6 } from '../../../shared/model/addresses';
import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const stunName = protocolNames.id('STUN');
const classicName = protocolNames.id('CLASSIC-STUN');
const HEADER = 20;
const COOKIE = 0x2112a442;
/** Types from here on have methods that nobody has registered. */
const MAX_TYPE = 0x0400;

const methods: Readonly<Record<number, string>> = {
  1: 'Binding',
  2: 'SharedSecret',
  3: 'Allocate',
  4: 'Refresh',
  6: 'Send',
  7: 'Data',
  8: 'CreatePermission',
  9: 'Channel-Bind',
  10: 'Connect',
  11: 'ConnectionBind',
  12: 'ConnectionAttempt',
};
const classes: readonly string[] = ['Request', 'Indication', 'Success Response', 'Error Response'];
const classicTypes: Readonly<Record<number, string>> = {
  1: 'Binding Request',
  257: 'Binding Response',
  273: 'Binding Error Response',
  2: 'Shared Secret Request',
  258: 'Shared Secret Response',
  274: 'Shared Secret Error Response',
  3: 'Allocate Request',
  259: 'Allocate Response',
  275: 'Allocate Error Response',
  4: 'Send Request',
  260: 'Send Response',
  277: 'Data Indication',
  6: 'Set Active Destination Request',
};
const attributes: Readonly<Record<number, string>> = {
  1: 'MAPPED-ADDRESS',
  2: 'RESPONSE-ADDRESS',
  3: 'CHANGE-REQUEST',
  4: 'SOURCE-ADDRESS',
  5: 'CHANGED-ADDRESS',
  6: 'USERNAME',
  7: 'PASSWORD',
  8: 'MESSAGE-INTEGRITY',
  9: 'ERROR-CODE',
  10: 'UNKNOWN-ATTRIBUTES',
  12: 'CHANNEL-NUMBER',
  13: 'LIFETIME',
  18: 'XOR-PEER-ADDRESS',
  19: 'DATA',
  20: 'REALM',
  21: 'NONCE',
  22: 'XOR-RELAYED-ADDRESS',
  25: 'REQUESTED-TRANSPORT',
  32: 'XOR-MAPPED-ADDRESS',
  36: 'PRIORITY',
  37: 'USE-CANDIDATE',
  32802: 'SOFTWARE',
  32803: 'ALTERNATE-SERVER',
  32808: 'FINGERPRINT',
  32809: 'ICE-CONTROLLED',
  32810: 'ICE-CONTROLLING',
};

const methodOf = (type: number): number => (type & 0x000f) | ((type & 0x00e0) >>> 1) | ((type & 0x3e00) >>> 2);
const classOf = (type: number): number => ((type & 0x0010) >>> 4) | ((type & 0x0100) >>> 7);

/** RFC 5389, section 6: a type of the known methods and the cookie. The length is not checked: captures cut messages, and some senders pad none. */
function isStun(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= HEADER && u8(bytes, start) < MAX_TYPE >>> 8 && u32(bytes, start + 4) === COOKIE;
}

/** RFC 3489 knows no cookie: the type and an exact length have to do. */
function isClassic(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= HEADER &&
    classicTypes[u16(bytes, start)] !== undefined &&
    u16(bytes, start + 2) + HEADER === end - start &&
    u32(bytes, start + 4) !== COOKIE
  );
}

function dissect(d: Dissection, start: number, end: number): void {
  const classic = !isStun(d.bytes, start, end) && isClassic(d.bytes, start, end);
  const layer = new Layer(d, classic ? { ...stun, name: 'classicstun', title: 'Simple Traversal of UDP Through NAT' } : stun, start, end);
  const type = layer.left >= 2 ? u16(layer.bytes, start) : 0;
  const name = classic
    ? (classicTypes[type] ?? '')
    : `${methods[methodOf(type)] ?? `Unknown (0x${methodOf(type).toString(16)})`} ${classes[classOf(type)]}`;
  layer.hex(classic ? 'classicstun.type' : 'stun.type', 2, () => name);
  const length = layer.uint(classic ? 'classicstun.length' : 'stun.length', 2);
  if (!classic) layer.hex('stun.cookie', 4);
  layer.data(classic ? 'classicstun.id' : 'stun.id', classic ? 16 : 12);
  layer.end = Math.min(end, start + HEADER + length);
  const said = attributeList(layer, classic);
  layer.finish();
  say(d, classic ? `Message: ${name}` : name + said);
}

function attributeList(layer: Layer, classic: boolean): string {
  let said = '';
  const prefix = classic ? 'classicstun' : 'stun';
  while (layer.more && layer.left >= 4) {
    const type = u16(layer.bytes, layer.at);
    const length = u16(layer.bytes, layer.at + 2);
    const node = layer.open(
      prefix === 'stun' ? 'stun.attribute' : 'classicstun.att',
      attributes[type] ?? `Attribute 0x${type.toString(16)}`,
    );
    layer.hex(`${prefix}.att.type`, 2, attributes);
    layer.uint(`${prefix}.att.length`, 2);
    const from = layer.at;
    if (length > layer.left) {
      layer.fail(`attribute announces ${length} bytes and ${layer.left} are left`);
      layer.close(node);
      break;
    }
    said += attribute(layer, type, length, prefix);
    if (!layer.failed) layer.at = Math.min(layer.end, from + length + ((4 - (length % 4)) % 4));
    layer.close(node);
  }
  return said;
}

function attribute(layer: Layer, type: number, length: number, prefix: string): string {
  const isAddress = [0x0001, 0x0004, 0x0005, 0x0012, 0x0016, 0x0020, 0x8023].includes(type);
  if (isAddress && (length === 8 || length === 20)) {
    const text = address(layer, type === 0x0012 || type === 0x0016 || type === 0x0020, length === 20, prefix);
    return ` ${attributes[type]}: ${text}`;
  }
  if (type === 0x0006 && prefix === 'stun') return ` user: ${layer.text('stun.att.username', length)}`;
  if (type === 0x0014 && prefix === 'stun') return ` realm: ${layer.text('stun.att.realm', length)}`;
  if (type === 0x8022 && prefix === 'stun') layer.text('stun.att.software', length);
  else if (type === 0x0009 && length >= 4 && prefix === 'stun') {
    layer.take(2);
    const major = layer.uint('stun.att.error.class', 1);
    const minor = layer.uint('stun.att.error', 1);
    const reason = layer.text('stun.att.error.reason', length - 4);
    return ` error-code: ${major * 100 + minor} (${reason})`;
  } else if (length > 0) layer.data(prefix === 'stun' ? 'stun.value' : 'classicstun.att.value', length);
  return '';
}

/** The address, un-XORed with the cookie and (IPv6) the transaction id where the attribute is of that kind. */
function address(layer: Layer, xored: boolean, version6: boolean, prefix: string): string {
  const { bytes, start } = layer;
  const at = layer.take(version6 ? 20 : 8);
  if (at < 0) return '';
  const port = u16(bytes, at + 2) ^ (xored ? COOKIE >>> 16 : 0);
  const word = (index: number): number => (u32(bytes, at + 4 + index * 4) ^ (xored ? u32(bytes, start + 4 + index * 4) : 0)) >>> 0;
  const text = version6 ? formatIpv6(word(0), word(1), word(2), word(3)) : formatIpv4(word(0));
  layer.add(`${prefix}.att.port`, port, String(port), at + 2, 2);
  layer.add(version6 ? `${prefix}.att.ipv6` : `${prefix}.att.ipv4`, text, text, at + 4, version6 ? 16 : 4);
  return `${text}:${port}`;
}

/** RFC 5389 and 5766 (TURN), and RFC 3489 before them, on any UDP port. */
export const stun: ApplicationProtocol = {
  name: 'stun',
  title: 'Session Traversal Utilities for NAT',
  udpPorts: [3478, 3479, 5349],
  tcpPorts: [3478],
  recogniseUdp: (bytes, start, end) => isStun(bytes, start, end) || isClassic(bytes, start, end),
  frame: (bytes, start, end) => {
    if (end - start < HEADER) return NEED_MORE;
    return u8(bytes, start) < 0x40 && u32(bytes, start + 4) === COOKIE ? u16(bytes, start + 2) + HEADER : NOT_MINE;
  },
  summarise: (bytes, start, end, _conversation, summary) => {
    const modern = isStun(bytes, start, end);
    summary.protocol = modern ? stunName : classicName;
    return modern || isClassic(bytes, start, end);
  },
  fields: fieldList(
    'stun',
    'Session Traversal Utilities for NAT',
    `.type uint Message Type
    .length uint Message Length
    .cookie uint Message Cookie
    .id bytes Message Transaction ID
    .attribute none Attribute
    .att.type uint Attribute Type
    .att.length uint Attribute Length
    .att.port uint Port
    .att.ipv4 ipv4 IP
    .att.ipv6 ipv6 IP
    .att.username string Username
    .att.realm string Realm
    .att.software string Software
    .att.error.class uint Error Class
    .att.error uint Error Code
    .att.error.reason string Error Reason Phrase
    .value bytes Value
    classicstun none Simple Traversal of UDP Through NAT
    classicstun.type uint Message Type
    classicstun.length uint Message Length
    classicstun.id bytes Message Transaction ID
    classicstun.att none Attribute
    classicstun.att.type uint Attribute Type
    classicstun.att.length uint Attribute Length
    classicstun.att.port uint Port
    classicstun.att.ipv4 ipv4 IP
    classicstun.att.ipv6 ipv6 IP
    classicstun.att.value bytes Value`,
  ),
  dissect,
};
