import type { HierarchyNode } from '../../shared/contract/statistics-views';
import { Layer } from '../../shared/model/packet-flags';
import { protocolNames } from '../decode/protocol-names';

/** Packets with the same layers and the same name in the Protocol column. */
export interface LayerSum {
  readonly layers: number;
  /** Protocol-name id. */
  readonly protocol: number;
  packets: number;
  bytes: number;
}

/** In the order in which they stand in a packet that is no tunnel. */
const ORDER: readonly (readonly [number, string])[] = [
  [Layer.Radiotap, 'Radiotap'],
  [Layer.Wlan, '802.11'],
  [Layer.Ethernet, 'Ethernet'],
  [Layer.Sll, 'Linux cooked'],
  [Layer.Null, 'Loopback'],
  [Layer.Raw, 'Raw IP'],
  [Layer.Vlan, 'VLAN'],
  [Layer.Pppoe, 'PPPoE'],
  [Layer.Ppp, 'PPP'],
  [Layer.Mpls, 'MPLS'],
  [Layer.Llc, 'LLC'],
  [Layer.Arp, 'ARP'],
  [Layer.Ipv4, 'IPv4'],
  [Layer.Ipv6, 'IPv6'],
  [Layer.Ah, 'AH'],
  [Layer.Gre, 'GRE'],
  [Layer.Esp, 'ESP'],
  [Layer.Icmp, 'ICMP'],
  [Layer.Icmpv6, 'ICMPv6'],
  [Layer.Igmp, 'IGMP'],
  [Layer.Udp, 'UDP'],
  [Layer.Vxlan, 'VXLAN'],
  [Layer.Tcp, 'TCP'],
  [Layer.Sctp, 'SCTP'],
];
const LAYER_NAMES = new Set(ORDER.map(([, name]) => name.toLowerCase()));

/** Frame, then layer by layer, then what the Protocol column says beyond them; the largest first. */
export function hierarchyOf(sums: Iterable<LayerSum>): HierarchyNode[] {
  const root = makeNode('Frame');
  for (const { layers, protocol, packets, bytes } of sums) {
    let node = root;
    count(node, packets, bytes);
    for (const name of pathOf(layers, protocol)) {
      let child = node.children.get(name);
      if (!child) {
        child = makeNode(name);
        node.children.set(name, child);
      }
      node = child;
      count(node, packets, bytes);
    }
    node.endPackets += packets;
    node.endBytes += bytes;
  }
  return root.packets === 0 ? [] : flat(root, 0);
}

function pathOf(layers: number, protocol: number): string[] {
  const path = ORDER.filter(([bit]) => (layers & bit) !== 0).map(([, name]) => name);
  const application = applicationOf(protocolNames.name(protocol));
  if (application !== '' && !LAYER_NAMES.has(application.toLowerCase())) path.push(application);
  return path;
}

/** Versions and contents are left out: 'TLSv1.3' is TLS, 'HTTP/JSON' is HTTP, 'IGMPv3' is IGMP. */
const applicationOf = (name: string): string =>
  name
    .replace(/^(TLS|SSL)v.*$/, 'TLS')
    .replace(/^(HTTP)\/.*$/, '$1')
    .replace(/^(SSH|IGMP|NTP|SNMP)v\d.*$/, '$1');

interface TreeNode {
  readonly name: string;
  packets: number;
  bytes: number;
  endPackets: number;
  endBytes: number;
  readonly children: Map<string, TreeNode>;
}

const makeNode = (name: string): TreeNode => ({ name, packets: 0, bytes: 0, endPackets: 0, endBytes: 0, children: new Map() });

function count(node: TreeNode, packets: number, bytes: number): void {
  node.packets += packets;
  node.bytes += bytes;
}

function flat(node: TreeNode, depth: number): HierarchyNode[] {
  const { name, packets, bytes, endPackets, endBytes } = node;
  const children = [...node.children.values()].sort((a, b) => b.packets - a.packets || a.name.localeCompare(b.name));
  return [{ name, depth, packets, bytes, endPackets, endBytes }, ...children.flatMap((child) => flat(child, depth + 1))];
}
