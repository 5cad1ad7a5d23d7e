import { LinkType } from '../../../shared/model/link-types';
import { applicationProtocols } from '../application/registry';
import { arp } from '../link/arp';
import { ethernet } from '../link/ethernet';
import { linuxSll, linuxSll2 } from '../link/linux-sll';
import { llc } from '../link/llc';
import { loopback, rawIp } from '../link/loopback';
import { mpls } from '../link/mpls';
import { providerVlan, vlan } from '../link/vlan';
import { erspan } from '../network/erspan';
import { gre } from '../network/gre';
import { icmp } from '../network/icmp';
import { icmpv6 } from '../network/icmpv6';
import { igmp } from '../network/igmp';
import { ah, esp } from '../network/ipsec';
import { ipv4 } from '../network/ipv4';
import { ipv6 } from '../network/ipv6';
import { tcp } from '../transport/tcp';
import { udp } from '../transport/udp';
import { data } from './data';
import type { Dissector } from './dissector';
import type { LayerTables } from './layers';

/** The tables through which layers find each other. A new protocol is one file and one line here. */
export const layerTables: LayerTables = {
  linkTypes: new Map<number, Dissector>([
    [LinkType.Null, loopback],
    [LinkType.Loop, loopback],
    [LinkType.Ethernet, ethernet],
    [LinkType.LinuxSll, linuxSll],
    [LinkType.LinuxSll2, linuxSll2],
    [LinkType.Raw, rawIp],
    [LinkType.RawBsd, rawIp],
    [LinkType.RawOpenBsd, rawIp],
    [LinkType.IpV4, rawIp],
    [LinkType.IpV6, rawIp],
  ]),
  etherTypes: new Map<number, Dissector>([
    [0x0800, ipv4],
    [0x0806, arp],
    [0x8035, arp],
    [0x6558, ethernet],
    [0x8100, vlan],
    [0x88a8, providerVlan],
    [0x9100, vlan],
    [0x9200, vlan],
    [0x86dd, ipv6],
    [0x8847, mpls],
    [0x8848, mpls],
  ]),
  ipProtocols: new Map<number, Dissector>([
    [1, icmp],
    [2, igmp],
    [4, ipv4],
    [6, tcp],
    [17, udp],
    [41, ipv6],
    [47, gre],
    [50, esp],
    [51, ah],
    [58, icmpv6],
    [137, mpls],
    [143, ethernet],
  ]),
  pppProtocols: new Map<number, Dissector>([
    [0x0021, ipv4],
    [0x0057, ipv6],
  ]),
  llcSaps: new Map<number, Dissector>([[0x06, ipv4]]),
  udpTunnels: new Map<number, Dissector>([]),
  applications: new Map<string, Dissector>(applicationProtocols.map((protocol) => [protocol.name, protocol])),
};

/** Every dissector of the layers below the applications, each once. */
export const layerDissectors: readonly Dissector[] = [
  ...new Set([
    ...[layerTables.linkTypes, layerTables.etherTypes, layerTables.ipProtocols, layerTables.pppProtocols, layerTables.llcSaps, layerTables.udpTunnels].flatMap(
      (table) => [...table.values()],
    ),
    llc,
    erspan,
    data,
  ]),
];
