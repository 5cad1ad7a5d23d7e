import { hexText } from '../layer';
import type { DnsLayer } from './message';
import { EDNS_OPTIONS } from './names';

const Option = { ClientSubnet: 8, Cookie: 10, KeepAlive: 11, Padding: 12, ExtendedError: 15 } as const;

/** The OPT pseudo-record (RFC 6891, 6.1.2) from after its type: class and time to live mean other things. */
export function optRecord(layer: DnsLayer): void {
  layer.uint('dns.rr.udp_payload_size', 2);
  layer.hex('dns.resp.ext_rcode', 1);
  layer.uint('dns.resp.edns0_version', 1);
  const z = layer.hex('dns.resp.z', 2);
  layer.bits('dns.resp.z.do', z, 2, 0x8000, { 0: 'Cannot handle DNSSEC security RRs', 1: 'Accepts DNSSEC security RRs' });
  const end = layer.uint('dns.resp.len', 2) + layer.at;
  while (layer.more && layer.at < end) {
    const node = layer.open('dns.opt', 'Option');
    const code = layer.uint('dns.opt.code', 2, EDNS_OPTIONS);
    const length = layer.uint('dns.opt.len', 2);
    node.label = `Option: ${EDNS_OPTIONS[code] ?? `Unknown (${code})`}`;
    option(layer, code, length);
    layer.close(node);
  }
}

function option(layer: DnsLayer, code: number, length: number): void {
  const end = layer.at + length;
  if (layer.failed || end > layer.end) {
    layer.take(length);
    return;
  }
  if (length > 0) layer.add('dns.opt.data', layer.bytes.subarray(layer.at, end), hexText(layer.bytes, layer.at, end), layer.at, length);
  if (code === Option.ClientSubnet && length >= 4) clientSubnet(layer, end);
  else if (code === Option.Cookie && length >= 8) {
    layer.data('dns.opt.cookie.client', 8);
    if (length > 8) layer.data('dns.opt.cookie.server', length - 8);
  } else if (code === Option.KeepAlive && length === 2) layer.uint('dns.opt.edns_tcp_keepalive.timeout', 2);
  else if (code === Option.Padding && length > 0) layer.data('dns.opt.padding', length);
  else if (code === Option.ExtendedError && length >= 2) {
    layer.uint('dns.opt.ext_error.info_code', 2);
    if (length > 2) layer.text('dns.opt.ext_error.extra_text', length - 2);
  }
  layer.at = end;
}

/** RFC 7871, 6: only the bytes of the address that the prefix covers are sent. */
function clientSubnet(layer: DnsLayer, end: number): void {
  const family = layer.uint('dns.opt.client.family', 2, { 1: 'IPv4', 2: 'IPv6' });
  layer.uint('dns.opt.client.netmask', 1);
  layer.uint('dns.opt.client.scope', 1);
  const given = layer.bytes.subarray(layer.at, end);
  if (family === 1 && given.length <= 4) {
    const text = Array.from({ length: 4 }, (_, i) => given[i] ?? 0).join('.');
    layer.add('dns.opt.client.addr4', text, text, layer.at, given.length);
  } else if (given.length > 0) {
    layer.data('dns.opt.client.addr', given.length);
  }
}
