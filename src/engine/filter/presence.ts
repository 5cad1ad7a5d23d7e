import { Layer, PacketFlag } from '../../shared/model/packet-flags';
import type { ProtocolNames } from '../decode/protocol-names';
import { type Block, NO, UNSURE, YES } from './block';

const ANY_LAYER = -1;

/** Filter names of the protocols that the `layers` column knows at any depth. */
export const layerNames: ReadonlyMap<string, number> = new Map([
  ['frame', ANY_LAYER],
  ['eth', Layer.Ethernet],
  ['sll', Layer.Sll],
  ['null', Layer.Null],
  ['wlan', Layer.Wlan],
  ['radiotap', Layer.Radiotap],
  ['ppp', Layer.Ppp],
  ['vlan', Layer.Vlan],
  ['mpls', Layer.Mpls],
  ['arp', Layer.Arp],
  ['ip', Layer.Ipv4],
  ['ipv6', Layer.Ipv6],
  ['icmp', Layer.Icmp],
  ['icmpv6', Layer.Icmpv6],
  ['igmp', Layer.Igmp],
  ['tcp', Layer.Tcp],
  ['udp', Layer.Udp],
  ['sctp', Layer.Sctp],
  ['gre', Layer.Gre],
  ['vxlan', Layer.Vxlan],
  ['esp', Layer.Esp],
  ['ah', Layer.Ah],
  ['llc', Layer.Llc],
  ['raw', Layer.Raw],
]);

/** Owners of fields that are found only beside a layer, without being that layer. */
const BESIDE: ReadonlyMap<string, number> = new Map([
  ['pppoe', Layer.Pppoe],
  ['pppoed', Layer.Pppoe],
  ['pppoes', Layer.Pppoe],
  ['wlan_radio', Layer.Wlan],
]);

/** Protocol column's texts whose filter name is another than the text in lower case without its version. */
const NAMED: ReadonlyMap<string, readonly string[]> = new Map([
  ['SSL', ['tls']],
  ['SSLv2', ['tls']],
  ['SSLv3', ['tls']],
  ['WireGuard', ['wg']],
  ['KRB5', ['kerberos']],
  ['802.11', ['wlan']],
  ['ADwin', ['adwin']],
  ['T.125', ['t125']],
  ['OCSP', ['ocsp', 'http']],
  ['IPP', ['ipp', 'http']],
  ['PKIX-CRL', ['pkix-crl', 'http']],
  ['ISAKMP', ['isakmp']],
  ['SMB2', ['smb2']],
  ['HTTP2', ['http2']],
  ['HTTP3', ['http3']],
  ['ICMPv6', ['icmpv6']],
  ['DHCPv6', ['dhcpv6']],
  ['IPv6', ['ipv6']],
]);

/** Protocols that may be in a packet whose Protocol column shows a later one: only the tree can tell. */
const BENEATH: ReadonlyMap<string, readonly string[]> = new Map([
  ['quic', ['tls']],
  ['rdp', ['tpkt', 'cotp', 't125', 'tls']],
  ['t125', ['tpkt', 'cotp']],
  ['cotp', ['tpkt']],
  ['browser', ['smb', 'nbdgm', 'nbss']],
  ['smb', ['nbss', 'nbdgm']],
  ['smb2', ['nbss']],
]);

/** Protocols whose packets carry fields that are named after another: 'dns.qry.name' is in mDNS too. */
const SHARED: ReadonlyMap<string, readonly string[]> = new Map([
  ['mdns', ['dns']],
  ['llmnr', ['dns']],
  ['ssdp', ['http']],
  ['quic', ['tls']],
  ['bootp', ['dhcp']],
]);

/** Filter names of the application protocols that a text of the Protocol column stands for: 'TLSv1.2' is tls, 'HTTP/JSON' is http and json. */
export function filterNames(text: string): readonly string[] {
  const named = NAMED.get(text);
  if (named !== undefined) return named;
  const inner = /^(\S+) <(.*)>$/.exec(text);
  if (inner !== null) return [...filterNames(inner[1] ?? ''), ...filterNames(inner[2] ?? '')];
  return text
    .split('/')
    .map((part) => NAMED.get(part)?.[0] ?? part.replace(/v\d+(?:\.\d+)?$/, '').toLowerCase())
    .filter((part) => part !== '');
}

const ownerOf = (field: string): string => {
  const dot = field.indexOf('.', 1);
  return dot < 0 ? field : field.slice(0, dot);
};

/** Whether a protocol's own name, or a field named after it, can be in a row. Column tests only: they say where a tree is worth decoding. */
export interface RowGuard {
  /** `out[i]`: NO where the row cannot have it, YES where it has the protocol, UNSURE where only the tree can tell. */
  fill(block: Block, out: Uint8Array): void;
}

const everyRow: RowGuard = {
  fill: (block, out) => {
    out.fill(UNSURE, 0, block.to - block.from);
  },
};

/** For a protocol by its name ('tcp', 'tls') where `field` has no dot, else for the owner of the field. */
export function guardFor(field: string, names: ProtocolNames): RowGuard {
  const owner = ownerOf(field);
  const layer = layerNames.get(owner);
  if (layer !== undefined) return layerGuard(layer, YES);
  const beside = BESIDE.get(owner);
  if (beside !== undefined) return layerGuard(beside, UNSURE);
  // A protocol that no text of the column stands for (yet) may be anywhere.
  return isColumnProtocol(owner, names) ? protocolGuard(owner, owner !== field, names) : everyRow;
}

/** The Protocol column can show this protocol. */
export function isColumnProtocol(owner: string, names: ProtocolNames): boolean {
  for (let id = 1; id < names.count; id++) if (filterNames(names.name(id)).includes(owner)) return true;
  return false;
}

function layerGuard(mask: number, found: number): RowGuard {
  return {
    fill: (block, out) => {
      const { layers } = block.chunk;
      const rows = block.to - block.from;
      if (mask === ANY_LAYER) out.fill(found, 0, rows);
      else for (let i = 0; i < rows; i++) out[i] = ((layers[block.from + i] ?? 0) & mask) !== 0 ? found : NO;
    },
  };
}

function protocolGuard(owner: string, isField: boolean, names: ProtocolNames): RowGuard {
  const table: number[] = [];
  const stateOf = (id: number): number => {
    const own = filterNames(names.name(id));
    if (own.includes(owner)) return YES;
    const maybe = own.some(
      (name) => BENEATH.get(name)?.includes(owner) === true || (isField && SHARED.get(name)?.includes(owner) === true),
    );
    return maybe ? UNSURE : NO;
  };
  return {
    fill: (block, out) => {
      while (table.length < names.count) table.push(stateOf(table.length));
      const { protocol, flags } = block.chunk;
      const rows = block.to - block.from;
      for (let i = 0; i < rows; i++) {
        const state = table[protocol[block.from + i] ?? 0] ?? NO;
        // The packet that an ICMP error quotes is decoded as far as it goes.
        out[i] = state === NO && ((flags[block.from + i] ?? 0) & PacketFlag.IcmpError) !== 0 ? UNSURE : state;
      }
    },
  };
}
