import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16 } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';
import { NEED_MORE, NOT_MINE } from './protocol';

const name = protocolNames.id('MQTT');
const CONNECT = 1;
const PUBLISH = 3;
const SUBSCRIBE = 8;

const types: readonly string[] = [
  'Reserved',
  'Connect Command',
  'Connect Ack',
  'Publish Message',
  'Publish Ack',
  'Publish Received',
  'Publish Release',
  'Publish Complete',
  'Subscribe Request',
  'Subscribe Ack',
  'Unsubscribe Request',
  'Unsubscribe Ack',
  'Ping Request',
  'Ping Response',
  'Disconnect Req',
  'Authentication Exchange',
];
const returnCodes: Readonly<Record<number, string>> = {
  0: 'Connection Accepted',
  1: 'Connection Refused: unacceptable protocol version',
  2: 'Connection Refused: identifier rejected',
  3: 'Connection Refused: server unavailable',
  4: 'Connection Refused: bad user name or password',
  5: 'Connection Refused: not authorized',
};
const qos: Readonly<Record<number, string>> = {
  0: 'At most once delivery (Fire and Forget)',
  1: 'At least once delivery (Acknowledged deliver)',
  2: 'Exactly once delivery (Assured Delivery)',
  3: 'Reserved',
};

/** Length of the fixed header and what it announces, or a frame constant: one to four bytes of seven bits (MQTT 3.1.1, section 2.2.3). */
function frame(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let i = 1; i <= 4; i++) {
    if (start + i >= end) return NEED_MORE;
    const byte = u8(bytes, start + i);
    length += (byte & 0x7f) * 128 ** (i - 1);
    if (byte < 0x80) return u8(bytes, start) >>> 4 === 0 ? NOT_MINE : length + 1 + i;
  }
  return NOT_MINE;
}

function dissect(d: Dissection, start: number, end: number): void {
  const said: string[] = [];
  for (let at = start; at < end && !d.full; ) {
    const length = frame(d.bytes, at, end);
    if (length <= 0 || (at + length > end && said.length > 0)) break;
    said.push(message(d, at, Math.min(end, at + length)));
    at += length;
  }
  say(d, said.join(', '));
}

function message(d: Dissection, start: number, end: number): string {
  const first = u8(d.bytes, start);
  const type = first >>> 4;
  let info = types[type] ?? '';
  const layer = new Layer(d, mqtt, start, end, `MQ Telemetry Transport Protocol, ${info.replace(/ (Command|Message)$/, '')}`);
  const flags = layer.open('mqtt.hdrflags', `Header Flags: 0x${first.toString(16).padStart(2, '0')}, Message Type: ${info}`, 1, first);
  layer.take(1);
  layer.bits('mqtt.msgtype', first, 1, 0xf0, (value) => `${types[value]} (${value})`);
  if (type === PUBLISH) {
    layer.bits('mqtt.dupflag', first, 1, 8);
    layer.bits('mqtt.qos', first, 1, 6, qos);
    layer.bits('mqtt.retain', first, 1, 1);
  }
  layer.close(flags);
  const lengthAt = layer.at;
  while (layer.more && u8(layer.bytes, layer.at) >= 0x80) layer.take(1);
  layer.take(1);
  const length = end - layer.at;
  if (!layer.failed) layer.add('mqtt.len', length, String(length), lengthAt, layer.at - lengthAt);
  if (layer.failed || length === 0) {
    layer.finish();
    return info;
  }
  if (type === CONNECT) connect(layer);
  else if (type === 2) {
    layer.hex('mqtt.conack.flags', 1);
    layer.uint('mqtt.conack.val', 1, returnCodes);
  } else if (type === PUBLISH) info += publish(layer, (first >>> 1) & 3);
  else if (type >= 4 && type <= 11) {
    const id = layer.uint('mqtt.msgid', 2);
    info += ` (id=${id})`;
    if (type === SUBSCRIBE || type === 10) info += subscribe(layer, type === SUBSCRIBE);
    else if (type === 9) while (layer.more) layer.uint('mqtt.suback.qos', 1, { ...qos, 128: 'Failure' });
  }
  if (!layer.failed && layer.left > 0) layer.data('mqtt.msg', layer.left);
  layer.finish();
  return info;
}

function connect(layer: Layer): void {
  layer.text('mqtt.protoname', layer.uint('mqtt.proto_len', 2));
  const version = layer.uint('mqtt.ver', 1, { 3: 'MQTT v3.1', 4: 'MQTT v3.1.1', 5: 'MQTT v5.0' });
  const flags = layer.hex('mqtt.conflags', 1);
  layer.bits('mqtt.conflag.uname', flags, 1, 0x80);
  layer.bits('mqtt.conflag.passwd', flags, 1, 0x40);
  layer.bits('mqtt.conflag.retain', flags, 1, 0x20);
  layer.bits('mqtt.conflag.qos', flags, 1, 0x18, qos);
  layer.bits('mqtt.conflag.willflag', flags, 1, 0x04);
  layer.bits('mqtt.conflag.cleansess', flags, 1, 0x02);
  layer.uint('mqtt.kalive', 2);
  // Version 5 puts properties before the client's name; they are left as bytes.
  if (version >= 5) return;
  layer.text('mqtt.clientid', layer.uint('mqtt.clientid_len', 2));
  if (flags & 0x04) {
    layer.text('mqtt.willtopic', layer.uint('mqtt.willtopic_len', 2));
    layer.data('mqtt.willmsg', layer.uint('mqtt.willmsg_len', 2));
  }
  if (flags & 0x80) layer.text('mqtt.username', layer.uint('mqtt.username_len', 2));
  if (flags & 0x40) layer.text('mqtt.passwd', layer.uint('mqtt.passwd_len', 2));
}

function publish(layer: Layer, service: number): string {
  const topic = layer.text('mqtt.topic', layer.uint('mqtt.topic_len', 2));
  const id = service > 0 ? ` (id=${layer.uint('mqtt.msgid', 2)})` : '';
  return `${id} [${topic}]`;
}

function subscribe(layer: Layer, withService: boolean): string {
  const topics: string[] = [];
  while (layer.more && u16(layer.bytes, layer.at) + 2 <= layer.left) {
    topics.push(layer.text('mqtt.topic', layer.uint('mqtt.topic_len', 2)));
    if (withService) layer.uint('mqtt.sub.qos', 1, qos);
  }
  return ` [${topics.join(', ')}]`;
}

/** MQTT 3.1.1 and 5.0 (OASIS). */
export const mqtt: ApplicationProtocol = {
  name: 'mqtt',
  title: 'MQ Telemetry Transport Protocol',
  tcpPorts: [1883],
  frame,
  summarise: (_bytes, _start, _end, _conversation, summary) => {
    summary.protocol = name;
    return true;
  },
  fields: fieldList(
    'mqtt',
    'MQ Telemetry Transport Protocol',
    `.hdrflags uint Header Flags
    .msgtype uint Message Type
    .dupflag bool DUP Flag
    .qos uint QoS Level
    .retain bool Retain
    .len uint Msg Len
    .proto_len uint Protocol Name Length
    .protoname string Protocol Name
    .ver uint Version
    .conflags uint Connect Flags
    .conflag.uname bool User Name Flag
    .conflag.passwd bool Password Flag
    .conflag.retain bool Will Retain
    .conflag.qos uint QoS Level
    .conflag.willflag bool Will Flag
    .conflag.cleansess bool Clean Session Flag
    .kalive uint Keep Alive
    .clientid_len uint Client ID Length
    .clientid string Client ID
    .willtopic_len uint Will Topic Length
    .willtopic string Will Topic
    .willmsg_len uint Will Message Length
    .willmsg bytes Will Message
    .username_len uint User Name Length
    .username string User Name
    .passwd_len uint Password Length
    .passwd string Password
    .conack.flags uint Acknowledge Flags
    .conack.val uint Return Code
    .topic_len uint Topic Length
    .topic string Topic
    .msgid uint Message Identifier
    .sub.qos uint Requested QoS
    .suback.qos uint Granted QoS
    .msg bytes Message`,
  ),
  dissect,
};
