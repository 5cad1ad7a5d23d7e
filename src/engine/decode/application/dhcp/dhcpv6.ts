import { protocolNames } from '../../protocol-names';
import type { Dissection } from '../../tree/dissection';
import { u8, u16 } from '../bytes';
import { fieldList } from '../field-list';
import { hexText, Layer, say, utcTime } from '../layer';
import type { ApplicationProtocol } from '../protocol';

const name = protocolNames.id('DHCPv6');
/** DUID times count from 2000-01-01 (RFC 8415, section 11.2). */
const EPOCH_2000 = 946_684_800;
const MAX_NESTING = 8;

const messages: Readonly<Record<number, string>> = {
  1: 'Solicit',
  2: 'Advertise',
  3: 'Request',
  4: 'Confirm',
  5: 'Renew',
  6: 'Rebind',
  7: 'Reply',
  8: 'Release',
  9: 'Decline',
  10: 'Reconfigure',
  11: 'Information-request',
  12: 'Relay-forw',
  13: 'Relay-reply',
  14: 'Leasequery',
  15: 'Leasequery-reply',
  16: 'Leasequery-done',
  17: 'Leasequery-data',
};
const optionNames: Readonly<Record<number, string>> = {
  1: 'Client Identifier',
  2: 'Server Identifier',
  3: 'Identity Association for Non-temporary Address',
  4: 'Identity Association for Temporary Address',
  5: 'IA Address',
  6: 'Option Request',
  7: 'Preference',
  8: 'Elapsed time',
  9: 'Relay Message',
  11: 'Authentication',
  12: 'Server unicast',
  13: 'Status code',
  14: 'Rapid Commit',
  15: 'User Class',
  16: 'Vendor Class',
  17: 'Vendor-specific Information',
  18: 'Interface-Id',
  19: 'Reconfigure Message',
  20: 'Reconfigure Accept',
  21: 'SIP Server Domain Name List',
  22: 'SIP Servers IPv6 Address List',
  23: 'DNS recursive name server',
  24: 'Domain Search List',
  25: 'Identity Association for Prefix Delegation',
  26: 'IA Prefix',
  31: 'Simple Network Time Protocol Server',
  32: 'Lifetime',
  37: 'Remote Identifier',
  38: 'Subscriber Identifier',
  39: 'Client Fully Qualified Domain Name',
  56: 'NTP Server',
  59: 'Boot File URL',
  61: 'Client System Architecture Type',
  64: 'Dual-Stack Lite AFTR Name',
  79: 'Client Link-Layer Address',
  82: 'SOL_MAX_RT',
  83: 'INF_MAX_RT',
};
const hardwareTypes: Readonly<Record<number, string>> = { 1: 'Ethernet', 6: 'IEEE 802', 27: 'EUI-64', 32: 'InfiniBand' };
const statusCodes: Readonly<Record<number, string>> = {
  0: 'Success',
  1: 'UnspecFail',
  2: 'NoAddrAvail',
  3: 'NoBinding',
  4: 'NotOnLink',
  5: 'UseMulticast',
  6: 'NoPrefixAvail',
};

const isRelay = (type: number): boolean => type === 12 || type === 13;

function dissect(d: Dissection, start: number, end: number): void {
  const layer = new Layer(d, dhcpv6, start, end);
  say(d, message(layer, 0));
  layer.finish();
}

/** One message; those inside relay messages are read the same way. Gives its Info. */
function message(layer: Layer, nesting: number): string {
  const type = layer.uint('dhcpv6.msgtype', 1, messages);
  let info = messages[type] ?? `Message type ${type}`;
  if (isRelay(type)) {
    layer.uint('dhcpv6.hopcount', 1);
    info += ` L: ${layer.ipv6('dhcpv6.linkaddr')}`;
    layer.ipv6('dhcpv6.peeraddr');
  } else info += ` XID: 0x${layer.hex('dhcpv6.xid', 3).toString(16)}`;
  return `${info}${options(layer, nesting)} `;
}

function options(layer: Layer, nesting: number): string {
  let info = '';
  while (layer.more) {
    const code = layer.left >= 4 ? u16(layer.bytes, layer.at) : 0;
    const node = layer.open('', optionNames[code] ?? `Option ${code}`);
    layer.uint('dhcpv6.option.type', 2, optionNames);
    const length = layer.uint('dhcpv6.option.length', 2);
    if (!layer.failed && length > layer.left) layer.fail(`option ${code} announces ${length} bytes and ${layer.left} are left`);
    const outerEnd = layer.end;
    layer.end = Math.min(outerEnd, layer.at + length);
    info += option(layer, code, length, nesting);
    if (!layer.failed) layer.at = layer.end;
    layer.end = outerEnd;
    layer.close(node);
  }
  return info;
}

function option(layer: Layer, code: number, length: number, nesting: number): string {
  switch (code) {
    case 1: {
      const text = hexText(layer.bytes, layer.at, layer.at + length);
      duid(layer, length);
      return layer.failed ? '' : ` CID: ${text}`;
    }
    case 2:
      duid(layer, length);
      return '';
    case 3:
    case 25:
      layer.data('dhcpv6.iaid', 4);
      layer.uint('dhcpv6.iaid.t1', 4);
      layer.uint('dhcpv6.iaid.t2', 4);
      return nesting < MAX_NESTING ? options(layer, nesting + 1) : '';
    case 4:
      layer.data('dhcpv6.iata', 4);
      return nesting < MAX_NESTING ? options(layer, nesting + 1) : '';
    case 5: {
      const address = layer.ipv6('dhcpv6.iaaddr.ip');
      layer.uint('dhcpv6.iaaddr.pref_lifetime', 4);
      layer.uint('dhcpv6.iaaddr.valid_lifetime', 4);
      return ` IAA: ${address}${nesting < MAX_NESTING ? options(layer, nesting + 1) : ''}`;
    }
    case 6:
      while (layer.more) layer.uint('dhcpv6.requested_option_code', 2, optionNames);
      return '';
    case 7:
      layer.uint('dhcpv6.option_preference', 1);
      return '';
    case 8:
      layer.uint('dhcpv6.elapsed_time', 2, (hundredths) => `${hundredths * 10}ms`);
      return '';
    case 9:
      return nesting < MAX_NESTING ? ` ${message(layer, nesting + 1)}` : '';
    case 12:
      layer.ipv6('dhcpv6.unicast');
      return '';
    case 13:
      layer.uint('dhcpv6.status_code', 2, statusCodes);
      layer.text('dhcpv6.status_msg', layer.left);
      return '';
    case 18:
      layer.data('dhcpv6.interface_id', length);
      return '';
    case 23:
      while (layer.more) layer.ipv6('dhcpv6.dns_server');
      return '';
    case 24:
      while (layer.more) domainName(layer);
      return '';
    case 26:
      layer.uint('dhcpv6.iaprefix.pref_lifetime', 4);
      layer.uint('dhcpv6.iaprefix.valid_lifetime', 4);
      layer.uint('dhcpv6.iaprefix.pref_len', 1);
      layer.ipv6('dhcpv6.iaprefix.pref_addr');
      return nesting < MAX_NESTING ? options(layer, nesting + 1) : '';
    default:
      layer.rest('Value', length);
      return '';
  }
}

/** RFC 8415, section 11. */
function duid(layer: Layer, length: number): void {
  const start = layer.at;
  layer.data('dhcpv6.duid.bytes', length);
  if (layer.failed || length < 4) return;
  layer.at = start;
  const type = layer.uint('dhcpv6.duid.type', 2, {
    1: 'link-layer address plus time',
    2: 'assigned by vendor based on Enterprise number',
    3: 'link-layer address',
    4: 'Universally Unique IDentifier (UUID)',
  });
  if (type === 1 && length >= 8) {
    layer.uint('dhcpv6.duidllt.hwtype', 2, hardwareTypes);
    layer.uint('dhcpv6.duidllt.time', 4, (seconds) => utcTime(seconds + EPOCH_2000, 0));
    layer.data('dhcpv6.duidllt.link_layer_addr', layer.left);
  } else if (type === 3) {
    layer.uint('dhcpv6.duidll.hwtype', 2, hardwareTypes);
    layer.data('dhcpv6.duidll.link_layer_addr', layer.left);
  } else if (type === 2 && length >= 6) {
    layer.uint('dhcpv6.duiden.enterprise', 4);
    layer.data('dhcpv6.duiden.identifier', layer.left);
  }
}

/** An uncompressed DNS name (RFC 8415, section 10). */
function domainName(layer: Layer): void {
  const start = layer.at;
  const labels: string[] = [];
  for (let length = u8(layer.bytes, layer.at); layer.more; length = u8(layer.bytes, layer.at)) {
    const at = layer.take(1 + Math.min(length, 63));
    if (at < 0 || length === 0) break;
    labels.push(String.fromCharCode(...layer.bytes.subarray(at + 1, layer.at)));
  }
  const text = labels.join('.');
  if (!layer.failed) layer.add('dhcpv6.search_list_entry', text, text, start, layer.at - start);
}

/** RFC 8415. */
export const dhcpv6: ApplicationProtocol = {
  name: 'dhcpv6',
  title: 'DHCPv6',
  udpPorts: [546, 547],
  summarise: (_bytes, start, end, _conversation, summary) => {
    summary.protocol = name;
    return end > start;
  },
  fields: fieldList(
    'dhcpv6',
    'DHCPv6',
    `.msgtype uint Message type
    .xid uint Transaction ID
    .hopcount uint Hopcount
    .linkaddr ipv6 Link address
    .peeraddr ipv6 Peer address
    .option.type uint Option
    .option.length uint Length
    .duid.bytes bytes DUID
    .duid.type uint DUID Type
    .duidllt.hwtype uint Hardware type
    .duidllt.time uint DUID Time
    .duidllt.link_layer_addr bytes Link-layer address
    .duidll.hwtype uint Hardware type
    .duidll.link_layer_addr bytes Link-layer address
    .duiden.enterprise uint Enterprise ID
    .duiden.identifier bytes Identifier
    .iaid bytes IAID
    .iaid.t1 uint T1
    .iaid.t2 uint T2
    .iata bytes IATA
    .iaaddr.ip ipv6 IPv6 address
    .iaaddr.pref_lifetime uint Preferred lifetime
    .iaaddr.valid_lifetime uint Valid lifetime
    .iaprefix.pref_lifetime uint Preferred lifetime
    .iaprefix.valid_lifetime uint Valid lifetime
    .iaprefix.pref_len uint Prefix length
    .iaprefix.pref_addr ipv6 Prefix address
    .requested_option_code uint Requested Option code
    .option_preference uint Pref-value
    .elapsed_time uint Elapsed time
    .unicast ipv6 IPv6 address
    .status_code uint Status Code
    .status_msg string Status Message
    .interface_id bytes Interface-ID
    .dns_server ipv6 DNS server address
    .search_list_entry string List entry`,
  ),
  dissect,
};
