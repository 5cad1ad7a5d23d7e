import { LinkType } from '../../../shared/model/link-types';
import { applicationProtocols } from '../application/registry';
import { arp } from '../link/arp';
import { cdp } from '../link/cdp';
import { ciscoHdlc, slarp } from '../link/cisco-hdlc';
import { eapol } from '../link/eapol';
import { ethernet } from '../link/ethernet';
import { frameRelay } from '../link/frame-relay';
import { infiniband } from '../link/infiniband';
import { linuxSll, linuxSll2 } from '../link/linux-sll';
import { ciscoPid, llc } from '../link/llc';
import { lldp } from '../link/lldp';
import { loop } from '../link/loop';
import { loopback, rawIp } from '../link/loopback';
import { mpls } from '../link/mpls';
import { nflog } from '../link/nflog';
import { pktap } from '../link/pktap';
import { ppp, pppWithDirection } from '../link/ppp';
import { chap, pap } from '../link/ppp-authentication';
import { ipcp, ipv6cp, lcp } from '../link/ppp-control';
import { pppoeDiscovery, pppoeSession } from '../link/pppoe';
import { prism, radiotap } from '../link/radiotap';
import { slip } from '../link/slip';
import { stp } from '../link/stp';
import { providerVlan, vlan } from '../link/vlan';
import { wlan } from '../link/wlan';
import { erspan } from '../network/erspan';
import { gre } from '../network/gre';
import { icmp } from '../network/icmp';
import { icmpv6 } from '../network/icmpv6';
import { igmp } from '../network/igmp';
import { ah, esp } from '../network/ipsec';
import { ipv4 } from '../network/ipv4';
import { ipv6 } from '../network/ipv6';
import { ospf } from '../network/ospf';
import { vrrp } from '../network/vrrp';
import { geneve } from '../transport/geneve';
import { gtp } from '../transport/gtp';
import { sctp } from '../transport/sctp';
import { tcp } from '../transport/tcp';
import { teredo } from '../transport/teredo';
import { udp } from '../transport/udp';
import { vxlan, vxlanGpe } from '../transport/vxlan';
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
    [LinkType.Ieee80211, wlan],
    [LinkType.Ieee80211Radiotap, radiotap],
    [LinkType.Ieee80211Prism, prism],
    [LinkType.Ieee80211Avs, prism],
    [LinkType.Slip, slip],
    [LinkType.Ppp, ppp],
    [LinkType.PppHdlc, ppp],
    [LinkType.PppWithDirection, pppWithDirection],
    [LinkType.Pppoe, pppoeSession],
    [LinkType.CiscoHdlc, ciscoHdlc],
    [LinkType.FrameRelay, frameRelay],
    [LinkType.Nflog, nflog],
    [LinkType.IpOverInfiniband, infiniband],
    [LinkType.Pktap, pktap],
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
    [0x8863, pppoeDiscovery],
    [0x8864, pppoeSession],
    [0x888e, eapol],
    [0x88cc, lldp],
    [0x9000, loop],
    [0x880b, ppp],
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
    [89, ospf],
    [112, vrrp],
    [132, sctp],
    [137, mpls],
    [143, ethernet],
  ]),
  pppProtocols: new Map<number, Dissector>([
    [0x0021, ipv4],
    [0x0057, ipv6],
    [0x0281, mpls],
    [0x0283, mpls],
    [0x8021, ipcp],
    [0x8057, ipv6cp],
    [0xc021, lcp],
    [0xc023, pap],
    [0xc223, chap],
  ]),
  llcSaps: new Map<number, Dissector>([
    [0x06, ipv4],
    [0x42, stp],
    [ciscoPid(0x010b), stp],
    [ciscoPid(0x2000), cdp],
  ]),
  udpTunnels: new Map<number, Dissector>([
    [2152, gtp],
    [3544, teredo],
    [4789, vxlan],
    [4790, vxlanGpe],
    [6081, geneve],
    [8472, vxlan],
  ]),
  applications: new Map<string, Dissector>(applicationProtocols.map((protocol) => [protocol.name, protocol])),
};

/** Every dissector of the layers below the applications, each once. */
export const layerDissectors: readonly Dissector[] = [
  ...new Set([
    ...[
      layerTables.linkTypes,
      layerTables.etherTypes,
      layerTables.ipProtocols,
      layerTables.pppProtocols,
      layerTables.llcSaps,
      layerTables.udpTunnels,
    ].flatMap((table) => [...table.values()]),
    llc,
    slarp,
    erspan,
    data,
  ]),
];
