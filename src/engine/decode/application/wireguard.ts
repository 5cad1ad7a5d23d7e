import { protocolNames } from '../protocol-names';
import type { Dissection } from '../tree/dissection';
import { u8, u32le } from './bytes';
import { fieldList } from './field-list';
import { Layer, say } from './layer';
import type { ApplicationProtocol } from './protocol';

const name = protocolNames.id('WireGuard');
const types: Readonly<Record<number, string>> = {
  1: 'Handshake Initiation',
  2: 'Handshake Response',
  3: 'Cookie Reply',
  4: 'Transport Data',
};

/** Lengths are fixed but for data (WireGuard white paper, section 5.4). */
function isWireguard(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 32 || u32le(bytes, start) > 4) return false;
  const length = end - start;
  const type = u8(bytes, start);
  return (type === 1 && length === 148) || (type === 2 && length === 92) || (type === 3 && length === 64) || type === 4;
}

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, wireguard, start, end);
  const type = layer.uint('wg.type', 1, types);
  layer.data('wg.reserved', 3);
  const id = (field: string, word: string): string =>
    `, ${word}=0x${layer.hex(field, 4, undefined, true).toString(16).padStart(8, '0').toUpperCase()}`;
  let info = types[type] ?? '';
  if (type === 1 || type === 2) info += id('wg.sender', 'sender');
  if (type >= 2) info += id('wg.receiver', 'receiver');
  if (type === 1 || type === 2) {
    layer.data('wg.ephemeral', 32);
    if (type === 1) {
      layer.data('wg.encrypted_static', 48);
      layer.data('wg.encrypted_timestamp', 28);
    } else layer.data('wg.encrypted_empty', 16);
    layer.data('wg.mac1', 16);
    layer.data('wg.mac2', 16);
  } else if (type === 3) {
    layer.data('wg.nonce', 24);
    layer.data('wg.encrypted_cookie', 32);
  } else if (type === 4) {
    const counter = layer.uint64('wg.counter', true);
    const length = layer.left - 16;
    if (layer.left > 0) layer.data('wg.encrypted_packet', layer.left);
    info =
      length <= 0
        ? `Keepalive${info.slice('Transport Data'.length)}, counter=${counter}`
        : `${info}, counter=${counter}, datalen=${length}`;
  }
  layer.finish();
  say(d, info);
}

/** WireGuard on any port: its first four bytes and lengths are strict. */
export const wireguard: ApplicationProtocol = {
  name: 'wg',
  title: 'WireGuard Protocol',
  recogniseUdp: isWireguard,
  summarise: (bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return isWireguard(bytes, start, end);
  },
  fields: fieldList(
    'wg',
    'WireGuard Protocol',
    `.type uint Type
    .reserved bytes Reserved
    .sender uint Sender
    .receiver uint Receiver
    .ephemeral bytes Ephemeral
    .encrypted_static bytes Encrypted Static
    .encrypted_timestamp bytes Encrypted Timestamp
    .encrypted_empty bytes Encrypted Empty
    .mac1 bytes mac1
    .mac2 bytes mac2
    .nonce bytes Nonce
    .encrypted_cookie bytes Encrypted Cookie
    .counter uint Counter
    .encrypted_packet bytes Encrypted Packet`,
  ),
  dissect,
};
