import type { DnsLayer } from './message';
import { SVC_PARAMS } from './names';

const Key = { Mandatory: 0, Alpn: 1, Port: 3, Ipv4Hint: 4, Ech: 5, Ipv6Hint: 6 } as const;

/** SVCB and HTTPS records (RFC 9460, 2.2). */
export function serviceParameters(layer: DnsLayer, end: number): readonly [string, string] {
  const priority = layer.uint('dns.svcb.svcpriority', 2);
  const target = layer.name('dns.svcb.targetname');
  while (layer.more && layer.at < end) {
    const node = layer.open('dns.svcb.svcparam', 'SvcParam');
    const key = layer.uint('dns.svcb.svcparam.key', 2, SVC_PARAMS);
    const length = layer.uint('dns.svcb.svcparam.value.length', 2);
    const stop = Math.min(layer.at + length, end);
    node.label = `SvcParam: ${SVC_PARAMS[key] ?? `key${key}`}`;
    parameter(layer, key, stop);
    if (!layer.failed) layer.at = stop;
    layer.close(node);
  }
  return ['', `SvcPriority: ${priority}, TargetName: ${target}`];
}

function parameter(layer: DnsLayer, key: number, end: number): void {
  const each = (size: number, read: () => void): void => {
    while (layer.more && layer.at + size <= end) read();
  };
  if (key === Key.Mandatory) each(2, () => layer.uint('dns.svcb.svcparam.mandatory.key', 2, SVC_PARAMS));
  else if (key === Key.Alpn) each(1, () => layer.countedText('dns.svcb.svcparam.alpn.length', 'dns.svcb.svcparam.alpn'));
  else if (key === Key.Port) each(2, () => layer.uint('dns.svcb.svcparam.port', 2));
  else if (key === Key.Ipv4Hint) each(4, () => layer.ipv4('dns.svcb.svcparam.ipv4hint.ip'));
  else if (key === Key.Ipv6Hint) each(16, () => layer.ipv6('dns.svcb.svcparam.ipv6hint.ip'));
  else if (key === Key.Ech) layer.data('dns.svcb.svcparam.echconfig', end - layer.at);
  else if (layer.at < end) layer.data('dns.svcb.svcparam.value', end - layer.at);
}
