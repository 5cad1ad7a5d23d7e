import { formatIpv4 } from '../../../../shared/model/addresses';
import type { Dissection } from '../../tree/dissection';
import { indexOf, u8, u32 } from '../bytes';
import { Layer, readable, say, utf8 } from '../layer';
import { dhcpOwner, MAGIC_COOKIE } from './dhcp-fields';
import { dhcpMessages, dhcpOptions, optionTitle } from './dhcp-options';

const hardwareTypes: Readonly<Record<number, string>> = {
  1: 'Ethernet',
  6: 'IEEE 802',
  7: 'ARCNET',
  15: 'Frame Relay',
  20: 'Serial Line',
  24: 'IEEE 1394.1995',
  32: 'InfiniBand',
};
const HOST_NAME_SIZE = 64;
const FILE_SIZE = 128;

export function dissectDhcp(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, dhcpOwner, start, end);
  const type = layer.uint('dhcp.type', 1, { 1: 'Boot Request', 2: 'Boot Reply' });
  layer.hex('dhcp.hw.type', 1, hardwareTypes);
  const hardwareLength = layer.uint('dhcp.hw.len', 1);
  layer.uint('dhcp.hops', 1);
  const transaction = layer.hex('dhcp.id', 4);
  layer.uint('dhcp.secs', 2);
  flags(layer);
  for (const address of ['client', 'your', 'server', 'relay']) layer.ipv4(`dhcp.ip.${address}`);
  hardwareAddress(layer, hardwareLength);
  fixedText(layer, 'dhcp.server', HOST_NAME_SIZE);
  fixedText(layer, 'dhcp.file', FILE_SIZE);
  const message = layer.left > 0 ? options(layer) : '';
  if (message !== '') layer.node.label += ` (${message})`;
  layer.finish();
  say(
    d,
    message !== ''
      ? `DHCP ${message.padEnd(8)} - Transaction ID 0x${transaction.toString(16)}`
      : type === 1
        ? `Boot Request${hardwareLength === 6 ? ` from ${macText(layer.bytes, start + 28, end)}` : ''}`
        : type === 2
          ? 'Boot Reply'
          : `BOOTP message type ${type}`,
  );
}

const macText = (bytes: Uint8Array, at: number, end: number): string =>
  Array.from(bytes.subarray(at, Math.min(end, at + 6)), (byte) => byte.toString(16).padStart(2, '0')).join(':');

function flags(layer: Layer): void {
  const value = layer.left >= 2 ? (u8(layer.bytes, layer.at) << 8) | u8(layer.bytes, layer.at + 1) : 0;
  const node = layer.open(
    'dhcp.flags',
    `Bootp flags: 0x${value.toString(16).padStart(4, '0')} (${value >= 0x8000 ? 'Broadcast' : 'Unicast'})`,
    2,
    value,
  );
  layer.take(2);
  layer.bits('dhcp.flags.bc', value, 2, 0x8000, { 0: 'Unicast', 1: 'Broadcast' });
  layer.bits('dhcp.flags.reserved', value, 2, 0x7fff, (bits) => `0x${bits.toString(16).padStart(4, '0')}`);
  layer.close(node);
}

function hardwareAddress(layer: Layer, length: number): void {
  const size = Math.min(length, 16);
  if (size === 6) layer.ether('dhcp.hw.mac_addr');
  else if (size > 0) layer.data('dhcp.hw.addr', size);
  if (size < 16) layer.data('dhcp.hw.addr_padding', 16 - size);
}

function fixedText(layer: Layer, name: string, size: number): void {
  const at = layer.take(size);
  if (at < 0) return;
  const zero = indexOf(layer.bytes, 0, at, at + size);
  const text = utf8(layer.bytes, at, zero < 0 ? at + size : zero);
  if (text === '') layer.d.add(name, `${layer.title(name)} not given`, '', at, size);
  else layer.add(name, text, readable(text), at, size);
}

/** Gives the name of the DHCP message; '' where there is none. */
function options(layer: Layer): string {
  const cookie = layer.take(4);
  if (cookie < 0) return '';
  if (u32(layer.bytes, cookie) !== MAGIC_COOKIE) {
    layer.at = cookie;
    layer.data('dhcp.option.value', layer.left);
    return '';
  }
  layer.add('dhcp.cookie', formatIpv4(MAGIC_COOKIE), 'DHCP', cookie, 4);
  let message = '';
  while (layer.more) {
    const code = u8(layer.bytes, layer.at);
    if (code === 0) {
      const from = layer.at;
      while (layer.at < layer.end && u8(layer.bytes, layer.at) === 0) layer.at++;
      layer.add('dhcp.option.padding', layer.bytes.subarray(from, layer.at), `${layer.at - from} bytes`, from, layer.at - from);
    } else if (code === 255) {
      const node = layer.open('dhcp.option.type', 'Option: (255) End', 1, code);
      layer.uint('dhcp.option.end', 1);
      layer.close(node);
      if (layer.left > 0) layer.data('dhcp.option.padding', layer.left);
    } else if (code === 53 && layer.left >= 3) {
      const type = u8(layer.bytes, layer.at + 2);
      message = dhcpMessages[type] ?? `message type ${type}`;
      option(layer, code, ` (${message})`);
    } else option(layer, code, '');
  }
  return message;
}

function option(layer: Layer, code: number, shown: string): void {
  const node = layer.open('dhcp.option.type', `Option: (${code}) ${optionTitle(code)}${shown}`, 0, code);
  layer.take(1);
  const length = layer.uint('dhcp.option.length', 1);
  const outerEnd = layer.end;
  if (layer.at + length > outerEnd) layer.fail(`option ${code} announces ${length} bytes and ${outerEnd - layer.at} are left`);
  layer.end = Math.min(outerEnd, layer.at + length);
  const text = value(layer, code, length);
  if (text !== '' && shown === '') node.label += ` (${text})`;
  if (!layer.failed) layer.at = layer.end;
  layer.end = outerEnd;
  layer.close(node);
}

/** Adds the value's fields; gives what the option's own line shows of it. */
function value(layer: Layer, code: number, length: number): string {
  const [, kind, short] = dhcpOptions[code] ?? ['', 'raw', 'value'];
  const name = `dhcp.option.${short}`;
  switch (kind) {
    case 'ip':
      return layer.ipv4(name);
    case 'ips':
      while (layer.more) layer.ipv4(name);
      return '';
    case 'text':
      layer.text(name, length);
      return '';
    case 'u8':
      layer.uint(name, 1);
      return '';
    case 'u16':
      layer.uint(name, 2);
      return '';
    case 'flag':
      layer.uint(name, 1, { 0: 'Disabled', 1: 'Enabled' });
      return '';
    case 'i32':
    case 'u32':
      layer.uint(name, 4);
      return '';
    case 'seconds':
      layer.uint(name, 4, (seconds) => (seconds === 0xffffffff ? 'infinity' : `${seconds}s`));
      return '';
    case 'message':
      layer.uint(name, 1, dhcpMessages);
      return '';
    case 'list':
      while (layer.more) layer.uint(name, 1, optionTitle);
      return '';
    case 'overload':
      layer.uint(name, 1, {
        1: 'Boot file name holds options',
        2: 'Server host name holds options',
        3: 'Boot file and server host names hold options',
      });
      return '';
    case 'client':
      return clientIdentifier(layer, length);
    case 'fqdn':
      layer.hex('dhcp.fqdn.flags', 1);
      layer.uint('dhcp.fqdn.rcode1', 1);
      layer.uint('dhcp.fqdn.rcode2', 1);
      layer.text('dhcp.fqdn.name', layer.left);
      return '';
    case 'relay':
      relayInformation(layer);
      return '';
    default:
      if (length > 0) layer.data(name, length);
      return '';
  }
}

function clientIdentifier(layer: Layer, length: number): string {
  const type = u8(layer.bytes, layer.at);
  if (length === 7 && type > 0 && type < 48) {
    layer.hex('dhcp.hw.type', 1, hardwareTypes);
    layer.ether('dhcp.hw.mac_addr');
  } else if (length > 1) {
    layer.uint('dhcp.client_id.type', 1);
    if (type === 0) layer.text('dhcp.client_id.undef', length - 1);
    else layer.data('dhcp.client_id', length - 1);
  } else if (length > 0) layer.data('dhcp.client_id', length);
  return '';
}

/** RFC 3046. */
function relayInformation(layer: Layer): void {
  const prefix = 'dhcp.option.agent_information_option';
  while (layer.more) {
    const node = layer.open(`${prefix}.suboption`, 'Option 82 Suboption', 0, u8(layer.bytes, layer.at));
    const code = u8(layer.bytes, layer.at);
    layer.take(1);
    const length = layer.uint('dhcp.option.suboption_length', 1);
    const names: Readonly<Record<number, string>> = {
      1: 'agent_circuit_id',
      2: 'agent_remote_id',
      5: 'link_selection',
      6: 'subscriber_id',
      11: 'server_id_override',
    };
    const name = `${prefix}.${names[code] ?? 'value'}`;
    node.label = `Option 82 Suboption: (${code}) ${layer.title(name)}`;
    if ((code === 5 || code === 11) && length === 4) layer.ipv4(name);
    else if (code === 6) layer.text(name, length);
    else layer.data(name, length);
    layer.close(node);
  }
}
