import { applicationProtocols } from '../application/registry';
import type { FieldDefinition } from './field';
import { frameFields } from './frame';
import { layerDissectors } from './registry';

/** Names that stand for several fields: 'ip.addr == 10.0.0.1' is true where any of them is. The filter resolves them; no packet holds them. */
export const fieldAliases: Readonly<Record<string, readonly string[]>> = {
  'eth.addr': ['eth.dst', 'eth.src'],
  'eth.lg': ['eth.dst.lg', 'eth.src.lg'],
  'eth.ig': ['eth.dst.ig', 'eth.src.ig'],
  'ip.addr': ['ip.src', 'ip.dst'],
  'ip.host': ['ip.src', 'ip.dst'],
  'ip.src_host': ['ip.src'],
  'ip.dst_host': ['ip.dst'],
  'ipv6.addr': ['ipv6.src', 'ipv6.dst'],
  'ipv6.host': ['ipv6.src', 'ipv6.dst'],
  'ipv6.src_host': ['ipv6.src'],
  'ipv6.dst_host': ['ipv6.dst'],
  'tcp.port': ['tcp.srcport', 'tcp.dstport'],
  'udp.port': ['udp.srcport', 'udp.dstport'],
  'sctp.port': ['sctp.srcport', 'sctp.dstport'],
  'wlan.addr': ['wlan.ra', 'wlan.ta', 'wlan.da', 'wlan.sa', 'wlan.bssid', 'wlan.staa'],
  'sctp.initiate_tag': ['sctp.init_initiate_tag', 'sctp.initack_initiate_tag'],
};

let fields: ReadonlyMap<string, FieldDefinition> | null = null;

/** Every field that a tree may hold, by filter name. Where two protocols define the same name, the first in the registry has it. */
export function allFields(): ReadonlyMap<string, FieldDefinition> {
  if (fields === null) {
    const merged = new Map<string, FieldDefinition>(Object.entries(frameFields));
    for (const dissector of [...layerDissectors, ...applicationProtocols]) {
      for (const [name, definition] of Object.entries(dissector.fields)) {
        if (!merged.has(name)) merged.set(name, definition);
      }
    }
    fields = merged;
  }
  return fields;
}

/** Filter names of protocols, for presence tests ('tcp', 'dns'). */
export const protocolFilterNames: ReadonlySet<string> = new Set([
  'frame',
  'ethertype',
  ...[...layerDissectors, ...applicationProtocols].map((dissector) => dissector.name),
]);
