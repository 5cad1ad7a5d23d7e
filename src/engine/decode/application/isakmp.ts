import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u16, u32 } from './bytes';
import { fieldList } from './field-list';
import { Layer, portsOf, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const isakmpName = protocolNames.id('ISAKMP');
const espName = protocolNames.id('ESP');
const keepAliveName = protocolNames.id('UDPENCAP');
const HEADER = 28;
const NAT_PORT = 4500;
const MAX_PAYLOADS = 64;

const exchangesV1: Readonly<Record<number, string>> = {
  0: 'NONE',
  1: 'Base',
  2: 'Identity Protection (Main Mode)',
  3: 'Authentication Only',
  4: 'Aggressive',
  5: 'Informational',
  6: 'Transaction (Config Mode)',
  32: 'Quick Mode',
  33: 'New Group Mode',
};
const exchangesV2: Readonly<Record<number, string>> = {
  34: 'IKE_SA_INIT',
  35: 'IKE_AUTH',
  36: 'CREATE_CHILD_SA',
  37: 'INFORMATIONAL',
  38: 'IKE_SESSION_RESUME',
  39: 'GSA_AUTH',
  40: 'GSA_REGISTRATION',
  41: 'GSA_REKEY',
  43: 'IKE_INTERMEDIATE',
};
const payloadsV1: Readonly<Record<number, string>> = {
  0: 'NONE / No Next Payload',
  1: 'Security Association',
  2: 'Proposal',
  3: 'Transform',
  4: 'Key Exchange',
  5: 'Identification',
  6: 'Certificate',
  7: 'Certificate Request',
  8: 'Hash',
  9: 'Signature',
  10: 'Nonce',
  11: 'Notification',
  12: 'Delete',
  13: 'Vendor ID',
  20: 'NAT-D (RFC 3947)',
  21: 'NAT-OA (RFC 3947)',
};
const payloadsV2: Readonly<Record<number, string>> = {
  0: 'NONE / No Next Payload',
  33: 'Security Association',
  34: 'Key Exchange',
  35: 'Identification - Initiator',
  36: 'Identification - Responder',
  37: 'Certificate',
  38: 'Certificate Request',
  39: 'Authentication',
  40: 'Nonce',
  41: 'Notify',
  42: 'Delete',
  43: 'Vendor ID',
  44: 'Traffic Selector - Initiator',
  45: 'Traffic Selector - Responder',
  46: 'Encrypted and Authenticated',
  47: 'Configuration',
  48: 'Extensible Authentication',
  53: 'Encrypted and Authenticated Fragment',
};
const V1_ENCRYPTED = 1;

function dissect(d: Dissection, start: number, end: number): void {
  const ports = portsOf(d);
  const encapsulated = ports.source === NAT_PORT || ports.destination === NAT_PORT;
  if (!encapsulated) {
    message(d, start, end);
    return;
  }
  const outer = new Layer(
    d,
    { name: 'udpencap', title: 'UDP Encapsulation of IPsec Packets', fields: isakmp.fields },
    start,
    Math.min(end, start + 4),
  );
  const keepAlive = end - start === 1;
  const marker = end - start >= 4 && u32(d.bytes, start) === 0;
  if (keepAlive) outer.data('udpencap.nat_keepalive', 1);
  else if (marker) outer.data('udpencap.non_esp_marker', 4);
  outer.finish();
  if (keepAlive) say(d, 'NAT-keepalive');
  else if (marker) message(d, start + 4, end);
  else encapsulatedSecurityPayload(d, start, end);
}

function encapsulatedSecurityPayload(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, { name: 'esp', title: 'Encapsulating Security Payload', fields: isakmp.fields }, start, end);
  const spi = layer.hex('esp.spi', 4);
  layer.uint('esp.sequence', 4);
  if (layer.left > 0) layer.data('esp.encrypted_data', layer.left);
  layer.finish();
  say(d, `ESP (SPI=0x${spi.toString(16).padStart(8, '0')})`);
}

function message(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, isakmp, start, end);
  layer.data('isakmp.ispi', 8);
  layer.data('isakmp.rspi', 8);
  const version = u8(layer.bytes, layer.at + 1);
  const payloads = version >>> 4 === 2 ? payloadsV2 : payloadsV1;
  const exchanges = version >>> 4 === 2 ? exchangesV2 : exchangesV1;
  const first = layer.uint('isakmp.nextpayload', 1, payloads);
  layer.hex('isakmp.version', 1, (value) => `${value >>> 4}.${value & 15}`);
  const exchange = layer.uint('isakmp.exchangetype', 1, exchanges);
  const flags = layer.hex('isakmp.flags', 1);
  if (version >>> 4 === 2) {
    layer.bits('isakmp.flag_i', flags, 1, 8, { 0: 'Responder', 1: 'Initiator' });
    layer.bits('isakmp.flag_v', flags, 1, 16, { 0: 'No higher version', 1: 'Higher version' });
    layer.bits('isakmp.flag_r', flags, 1, 32, { 0: 'Request', 1: 'Response' });
  } else {
    layer.bits('isakmp.flag_e', flags, 1, 1, { 0: 'Not encrypted', 1: 'Encrypted' });
    layer.bits('isakmp.flag_c', flags, 1, 2, { 0: 'No commit', 1: 'Commit' });
    layer.bits('isakmp.flag_a', flags, 1, 4, { 0: 'No authentication', 1: 'Authentication' });
  }
  const id = layer.hex('isakmp.messageid', 4);
  layer.uint('isakmp.length', 4);
  if (version >>> 4 !== 2 && (flags & V1_ENCRYPTED) !== 0) {
    if (layer.left > 0) layer.data('isakmp.enc.data', layer.left);
  } else payloadChain(layer, first, payloads);
  layer.finish();
  const name = exchanges[exchange] ?? `Unknown (${exchange})`;
  say(
    d,
    version >>> 4 === 2
      ? `${name} MID=${id.toString(16).padStart(2, '0')} ${flags & 8 ? 'Initiator' : 'Responder'} ${flags & 32 ? 'Response' : 'Request'}`
      : name,
  );
}

function payloadChain(layer: Layer, first: number, payloads: Readonly<Record<number, string>>): void {
  let type = first;
  for (let count = 0; type !== 0 && layer.more && count < MAX_PAYLOADS; count++) {
    const length = layer.left >= 4 ? u16(layer.bytes, layer.at + 2) : 0;
    if (length < 4 || length > layer.left) {
      layer.fail(`payload ${type} has length ${length}, ${layer.left} bytes are left`);
      return;
    }
    const node = layer.open('isakmp.typepayload', `Payload: ${payloads[type] ?? 'Unknown'} (${type})`, length, type);
    type = layer.uint('isakmp.nextpayload', 1, payloads);
    layer.take(1);
    layer.uint('isakmp.payloadlength', 2);
    if (length > 4) layer.data('isakmp.datapayload', length - 4);
    layer.close(node);
  }
}

/** RFC 2408 and 7296; over port 4500 behind a marker, beside ESP (RFC 3948). */
export const isakmp: ApplicationProtocol = {
  name: 'isakmp',
  title: 'Internet Security Association and Key Management Protocol',
  udpPorts: [500, NAT_PORT],
  summarise: (bytes, start, end, conversation, summary) => {
    const encapsulated = conversation.sourcePort === NAT_PORT || conversation.destinationPort === NAT_PORT;
    if (!encapsulated) {
      summary.protocol = isakmpName;
      return end - start >= HEADER;
    }
    if (end - start === 1 && u8(bytes, start) === 0xff) summary.protocol = keepAliveName;
    else if (end - start < 4) return false;
    else summary.protocol = u32(bytes, start) === 0 ? isakmpName : espName;
    return true;
  },
  fields: fieldList(
    'isakmp',
    'Internet Security Association and Key Management Protocol',
    `.ispi bytes Initiator SPI
    .rspi bytes Responder SPI
    .nextpayload uint Next payload
    .version uint Version
    .exchangetype uint Exchange type
    .flags uint Flags
    .flag_i bool Initiator
    .flag_v bool Version
    .flag_r bool Response
    .flag_e bool Encryption
    .flag_c bool Commit
    .flag_a bool Authentication
    .messageid uint Message ID
    .length uint Length
    .typepayload uint Payload
    .payloadlength uint Payload length
    .datapayload bytes Payload
    .enc.data bytes Encrypted Data
    udpencap none UDP Encapsulation of IPsec Packets
    udpencap.nat_keepalive bytes NAT-keepalive packet
    udpencap.non_esp_marker bytes Non-ESP Marker
    esp none Encapsulating Security Payload
    esp.spi uint ESP SPI
    esp.sequence uint ESP Sequence
    esp.encrypted_data bytes Encrypted Data`,
  ),
  dissect,
};
