import { LinkType } from '../../../../../src/shared/model/link-types';
import {
  ethernet as ethernetFrame,
  icmp as icmpMessage,
  ipv4 as ipv4Header,
  ipv6 as ipv6Header,
  join,
  type Payload,
  tcp as tcpHeader,
  udp as udpHeader,
} from '../../../../builders/layers';
import { wire } from '../../../../builders/wire';

export interface SampleFrame {
  readonly name: string;
  readonly linkType: number;
  readonly frame: Uint8Array;
  /** What `frame.protocols` says of it. */
  readonly protocols: string;
}

const ethernet = (type: number, body: Payload): Uint8Array => ethernetFrame({ type, payload: body });
const ipv4 = (protocol: number, body: Payload, more: Parameters<typeof ipv4Header>[0] = {}): Uint8Array =>
  ipv4Header({ ...more, protocol, payload: body }).bytes;
const ipv6 = (nextHeader: number, body: Payload): Uint8Array => ipv6Header({ nextHeader, payload: body }).bytes;
const udp = (sourcePort: number, destinationPort: number, body: Payload): Uint8Array =>
  udpHeader({ sourcePort, destinationPort, payload: body }).bytes;
const tcp = (flags: string, options: Uint8Array): Uint8Array =>
  tcpHeader({ sourcePort: 40000, destinationPort: 22, flags, options, payload }).bytes;
const icmp = (type: number, code: number, word: string, body: Payload): Uint8Array =>
  icmpMessage({ type, code, rest: [...wire(word)], payload: body }).bytes;

const payload = wire("'hello world'");
const inner = ipv4(17, udp(4000, 4001, payload));
const sample = (name: string, protocols: string, frame: Uint8Array, linkType: number = LinkType.Ethernet): SampleFrame => ({
  name,
  linkType,
  frame,
  protocols,
});
const eth = (name: string, protocols: string, type: number, body: Uint8Array): SampleFrame =>
  sample(name, `eth:ethertype:${protocols}`, ethernet(type, body));
const over4 = (name: string, protocols: string, protocol: number, body: Uint8Array): SampleFrame =>
  eth(name, `ip:${protocols}`, 0x0800, ipv4(protocol, body));
const over6 = (name: string, protocols: string, next: number, body: Uint8Array): SampleFrame =>
  eth(name, `ipv6:${protocols}`, 0x86dd, ipv6(next, body));
const tunnel = (name: string, protocols: string, port: number, header: string, body: Uint8Array): SampleFrame =>
  over4(name, `udp:${protocols}`, 17, udp(50000, port, join(wire(header), body)));

const commonOptions = wire(
  '02 04 05b4 | 01 | 03 03 07 | 04 02 | 08 0a 00000001 00000002 | 05 0a 00000010 00000020 | 22 06 01020304 | fe 04 f989',
);
const rareOptions = wire('1e 0c 00 01 0102030405060708 | 13 12 00*16 | 1c 04 8005 | 06 06 00000001');
const oddOptions = wire('1d 08 0102 03040506 | 99 04 0102 | 0b 06 00000001 | 1b 08 01 02 00000000 | 1e 0a 30 01 0a000001 0050 | 00');
const routeOptions = wire('07 0b 08 01020304 05060708 | 44 0c 0d 00 00000001 00000002 | 94 04 0000 | 88 04 0001 | 01 | 00');

/** One frame or more of every protocol that a tree is built for: all truncations and mutations of these must be survived. */
export const sampleFrames: readonly SampleFrame[] = [
  over4('TCP with every option', 'tcp:data', 6, tcp('SAPU', commonOptions)),
  over4('TCP with rare options', 'tcp:data', 6, tcp('A', rareOptions)),
  over4('TCP with odd options', 'tcp:data', 6, tcp('A', oddOptions)),
  eth('IPv4 options', 'ip:udp:data', 0x0800, ipv4(17, udp(1, 2, payload), { options: routeOptions.subarray(0, 32) })),
  eth('IPv4 fragment', 'ip:data', 0x0800, ipv4(17, payload, { moreFragments: true })),
  over4('IP in IP', 'ip:udp:data', 4, inner),
  over4('IPv6 in IPv4', 'ipv6:udp:data', 41, ipv6(17, udp(1, 2, payload))),
  over4('ICMP echo', 'icmp:data', 1, icmp(8, 0, '1f2a0001', payload)),
  over4('ICMP port unreachable', 'icmp:ip:udp:data', 1, icmp(3, 3, '00000000', inner)),
  over4(
    'ICMP time exceeded with MPLS labels',
    'icmp:ip:udp:data',
    1,
    icmp(11, 0, '00200000', join(inner, new Uint8Array(128 - inner.length), wire('20 00 0000 | 0008 01 01 | 00010140'))),
  ),
  over4('ICMP redirect', 'icmp:ip:udp:data', 1, icmp(5, 1, '0a000001', inner)),
  over4('ICMP timestamp', 'icmp', 1, icmp(13, 0, '00010001', wire('00000001 00000002 00000003'))),
  over4('ICMP router advertisement', 'icmp', 1, icmp(9, 0, '01020708', wire('0a000001 00000000'))),
  over4('IGMPv3 report', 'igmp', 2, wire('22 00 0000 0000 0001 | 04 00 0001 e0000001 0a000001')),
  over4('IGMPv3 query', 'igmp', 2, wire('11 64 0000 e0000001 02 7d 0001 0a000001')),
  over4('GRE with all options', 'gre:ip:udp:data', 47, join(wire('b000 0800 0000 0000 0000002a 00000001'), inner)),
  over4('PPTP GRE', 'gre:ppp:ip:udp:data', 47, join(wire('3081 880b 0000 0001 00000001 00000002 | ff03 0021'), inner)),
  over4(
    'ERSPAN II',
    'gre:erspan:eth:ethertype:ip:udp:data',
    47,
    join(wire('1000 88be 00000001 | 1001 0001 00000002'), ethernet(0x0800, inner)),
  ),
  over4(
    'ERSPAN III',
    'gre:erspan:eth:ethertype:ip:udp:data',
    47,
    join(wire('1000 22eb 00000001 | 2001 0001 00000002 0000 0001 | 0000000000000000'), ethernet(0x0800, inner)),
  ),
  over4('ESP', 'esp', 50, wire('00000100 00000001 00*16')),
  over4('AH', 'ah:udp:data', 51, join(wire('11 04 0000 00000100 00000001 00*12'), udp(1, 2, payload))),
  over4(
    'OSPF hello',
    'ospf',
    89,
    wire('02 01 0030 01010101 00000000 0000 0000 00*8 | ffffff00 000a 02 01 00000028 0a000001 0a000002 03030303'),
  ),
  over6(
    'OSPFv3 hello',
    'ospf',
    89,
    wire('03 01 0028 01010101 00000001 0000 00 00 | 00000005 01 000013 000a 0028 00000000 00000000 02020202'),
  ),
  over4('VRRP', 'vrrp', 112, wire('21 01 64 01 00 01 0000 0a000001 00*8')),
  over6('VRRPv3', 'vrrp', 112, wire('31 01 64 01 0064 0000 | fe80 00*13 01')),
  over4(
    'SCTP init',
    'sctp',
    132,
    wire(
      '0007 0007 00000000 00000000 | 01 00 0028 00000001 0000ffff 0011 0011 00000001 | 000c 0006 0005 0000 | 0005 0008 0a000001 | c000 0004',
    ),
  ),
  over4(
    'SCTP data and SACK',
    'sctp:data',
    132,
    wire(
      "0007 0007 00000001 00000000 | 03 00 0018 00000001 00001000 0001 0001 0002 0003 00000005 | 00 03 0015 00000001 0000 0001 00000000 'hello' 000000",
    ),
  ),
  over4(
    'SCTP abort and heartbeat',
    'sctp',
    132,
    wire(
      '0007 0007 00000001 00000000 | 06 00 0008 0001 0004 | 04 00 000c 0001 0008 00000000 | 0a 00 0008 00000000 | 07 00 0008 00000001 | 0e 00 0004 | c2 00 0008 00000009',
    ),
  ),
  over6('ICMPv6 echo', 'icmpv6:data', 58, wire("80 00 0000 0001 0002 'hello'")),
  over6('ICMPv6 too big', 'icmpv6:ipv6:udp:data', 58, join(wire('02 00 0000 00000500'), ipv6(17, udp(1, 2, payload)))),
  over6('Router solicitation', 'icmpv6', 58, wire('85 00 0000 00000000 01 01 020000000001')),
  over6(
    'Router advertisement',
    'icmpv6',
    58,
    wire(
      "86 00 0000 40 c8 0708 00000000 00000000 | 05 01 0000 000005dc | 03 04 40 c0 00000001 00000002 00000000 fe80 00*14 | 19 03 0000 00000010 fe80 00*14 | 1f 02 0000 00000010 03 'org' 00 000000",
    ),
  ),
  over6('Neighbour solicitation', 'icmpv6', 58, wire('87 00 0000 00000000 fe80 00*14 01 01 020000000001')),
  over6('Neighbour advertisement', 'icmpv6', 58, wire('88 00 0000 e0000000 fe80 00*14 02 01 020000000001')),
  over6(
    'ICMPv6 redirect',
    'icmpv6:ipv6:udp:data',
    58,
    join(wire('89 00 0000 00000000 fe80 00*14 fe80 00*14 | 04 09 000000000000'), ipv6(17, udp(1, 2, join(payload, wire('00*5'))))),
  ),
  over6('MLD query v2', 'icmpv6', 58, wire('82 00 0000 2710 0000 00*16 02 7d 0001 fe80 00*14')),
  over6('MLD report v2', 'icmpv6', 58, wire('8f 00 0000 0000 0001 04 01 0001 ff02 00*14 fe80 00*14 00000000')),
  over6(
    'IPv6 extension headers',
    'ipv6.hopopts:ipv6.routing:ipv6.fraghdr:ipv6.dstopts:udp:data',
    0,
    join(wire('2b 00 05 02 0000 01 00 | 2c 02 00 01 00000000 fe80 00*14 | 3c 00 0000 00000001 | 11 00 c2 04 00000001'), udp(1, 2, payload)),
  ),
  over6('IPv6 fragment', 'ipv6.fraghdr:data', 44, join(wire('11 00 0001 0000002a'), payload)),
  over6('Segment routing', 'ipv6.routing:udp:data', 43, join(wire('11 02 04 00 00 00 0000 fe80 00*14'), udp(1, 2, payload))),
  over6('No next header', 'data', 59, payload),
  tunnel('VXLAN', 'vxlan:eth:ethertype:ip:udp:data', 4789, '0800 0000 00002a 00', ethernet(0x0800, inner)),
  tunnel('VXLAN-GPE', 'vxlan:ip:udp:data', 4790, '0c 0000 01 00002a 00', inner),
  tunnel('Geneve', 'geneve:eth:ethertype:ip:udp:data', 6081, '02 40 6558 00002a 00 | 0102 80 01 00000001', ethernet(0x0800, inner)),
  tunnel('GTP-U', 'gtp:ip:udp:data', 2152, '37 ff 0040 00000001 0001 02 85 | 01 0001 00', inner),
  tunnel('Teredo', 'teredo:ipv6:udp:data', 3544, '0001 02 03 aaaa bbbbbb 00*8 00 | 0000 ffff f5ffffff', ipv6(17, udp(1, 2, payload))),
  eth('ARP request', 'arp', 0x0806, wire('0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002 00*18')),
  eth('ARP of other sizes', 'arp', 0x0806, wire('0020 0806 03 02 0002 010203 0102 040506 0708')),
  eth('VLAN in VLAN', 'ieee8021ad:ethertype:vlan:ethertype:ip:udp:data', 0x88a8, join(wire('2064 8100 | 4065 0800'), inner)),
  eth(
    'VLAN with LLC',
    'vlan:llc:stp',
    0x8100,
    wire('4065 0026 | 42 42 03 | 0000 00 00 01 8001 020000000001 00000004 8001 020000000001 8001 0000 1400 0200 0f00'),
  ),
  eth('MPLS', 'mpls:ip:udp:data', 0x8847, join(wire('00010040 00020140'), inner)),
  eth('MPLS pseudowire', 'mpls:eth:ethertype:ip:udp:data', 0x8847, join(wire('00010140 | 00000000'), ethernet(0x0800, inner))),
  eth('PPPoE discovery', 'pppoed', 0x8863, wire("11 07 0000 001b | 0101 0000 | 0102 0004 'BRAS' | 0103 0004 01020304 | 9999 0003 010203")),
  eth('PPPoE session', 'pppoes:ppp:lcp', 0x8864, wire('11 00 0011 0014 | c021 | 01 01 0012 | 01 04 05d4 | 03 04 c023 | 05 06 01020304')),
  eth('EAPOL key', 'eapol', 0x888e, wire('02 03 0061 | 02 008a 0010 00*8 01*32 00*16 00*8 00*8 00*16 0002 dd14')),
  eth(
    'LLDP',
    'lldp',
    0x88cc,
    wire("0207 04 020000000001 | 0406 05 'eth0' 00 | 0602 0078 | 0a02 'ab' | 0c02 'cd' | 0e04 0014 0004 | fe05 0080c2 01 01 | 0000"),
  ),
  eth('Loopback test', 'loop:data', 0x9000, wire('0000 0200 020000000001 0100 0100 00*20')),
  eth('Unknown EtherType', 'data', 0x6007, payload),
  sample(
    '802.3 with STP',
    'eth:llc:stp',
    ethernet(38, wire('42 42 03 | 0000 02 02 3c 8001 020000000001 00000004 8001 020000000001 8001 0000 1400 0200 0f00')),
  ),
  sample(
    '802.3 with SNAP and CDP',
    'eth:llc:cdp',
    ethernet(
      54,
      wire(
        "aa aa 03 00000c 2000 | 02 b4 0000 | 0001 0006 'S1' | 0003 0008 'eth0' | 0004 0008 00000028 | 0005 0007 'a' 0a 'b' | 000b 0005 01 | 0002 0008 00000000",
      ),
    ),
  ),
  sample('Raw 802.3', 'eth:data', ethernet(11, wire('ffff 00*9'))),
  sample('Cisco HDLC keepalive', 'chdlc:slarp', wire('8f 00 8035 00000002 00000005 00000002 ffff'), LinkType.CiscoHdlc),
  sample('Frame Relay', 'fr:ip:udp:data', join(wire('1861 0800'), inner), LinkType.FrameRelay),
  sample('Frame Relay, RFC 2427', 'fr:ip:udp:data', join(wire('1861 03 cc'), inner), LinkType.FrameRelay),
  sample('Linux cooked', 'sll:ethertype:ip:udp:data', join(wire('0000 0001 0006 020000000001 0000 0800'), inner), LinkType.LinuxSll),
  sample(
    'Linux cooked v2',
    'sll:ethertype:ip:udp:data',
    join(wire('0800 0000 00000001 0001 00 06 020000000001 0000'), inner),
    LinkType.LinuxSll2,
  ),
  sample('BSD loopback', 'null:ip:udp:data', join(wire('02000000'), inner), LinkType.Null),
  sample('Raw IP', 'raw:ip:udp:data', inner, LinkType.Raw),
  sample('PPP', 'ppp:ip:udp:data', join(wire('ff03 0021'), inner), LinkType.Ppp),
  sample('PPP IPCP', 'ppp:ipcp', wire('ff03 8021 | 01 01 0010 | 03 06 0a000001 | 81 06 0a000002'), LinkType.Ppp),
  sample('PPP IPv6CP', 'ppp:ipv6cp', wire('ff03 8057 | 01 01 000e | 01 0a 0102030405060708'), LinkType.Ppp),
  sample('PPP echo', 'ppp:lcp', wire('ff03 c021 | 09 01 000c 01020304 05060708'), LinkType.Ppp),
  sample('PPP PAP', 'ppp:pap', wire("c023 | 01 01 0010 | 05 'cisco' | 05 'cisco'"), LinkType.Ppp),
  sample('PPP CHAP', 'ppp:chap', wire("c223 | 01 01 000d | 04 01020304 'name'"), LinkType.Ppp),
  sample(
    'Netfilter log',
    'nflog:ip:udp:data',
    join(wire('02 00 0028 | 0800 0100 0000 03 16 | 0500 0a00 00 000000 | 0800 0500 00000002 | 2b00 0900'), inner, wire('00')),
    LinkType.Nflog,
  ),
  sample('IP over InfiniBand', 'ipoib:ip:udp:data', join(wire('00*20 00 000550 fe80 00*14 0800 0000'), inner), LinkType.IpOverInfiniband),
  sample(
    'PKTAP',
    'pktap:pcap_pktdata:eth:ethertype:ip:udp:data',
    join(
      wire(
        "6c000000 01000000 01000000 'en0' 00*21 02000000 02000000 0e000000 00000000 00020000 'curl' 00*16 00000000 0000 0000 ffffffff 00*20",
      ),
      ethernet(0x0800, inner),
    ),
    LinkType.Pktap,
  ),
  sample('SLIP', 'slip:ip:udp:data', join(wire('00 40 00*14'), inner), LinkType.Slip),
  sample(
    '802.11 beacon with radiotap',
    'radiotap:wlan:wlan.mgt',
    wire(
      "00 00 1900 6f080000 0000000000000000 10 02 8509 a000 d8 00 00 | 8000 0000 ffffffffffff 020000000001 020000000001 50f8 | 0000000000000000 6400 1104 | 00 07 'Coherer' | 01 02 8284 | 03 01 06 | 07 03 'DE ' | 30 02 0100 | dd 04 0050f201 | 01020304",
    ),
    LinkType.Ieee80211Radiotap,
  ),
  sample(
    '802.11 QoS data',
    'wlan:llc:ethertype:ip:udp:data',
    join(wire('8801 2c00 020000000001 020000000002 020000000003 1000 0600 | aa aa 03 000000 0800'), inner),
    LinkType.Ieee80211,
  ),
  sample(
    '802.11 with TKIP',
    'wlan:data',
    wire('0842 0000 020000000001 020000000002 020000000003 1000 | 02 22 cd 20 00000000 00*20'),
    LinkType.Ieee80211,
  ),
  sample(
    '802.11 with WEP',
    'wlan:data',
    wire('0842 0000 020000000001 020000000002 020000000003 1000 | 010203 00 00*20'),
    LinkType.Ieee80211,
  ),
  sample('802.11 acknowledgement', 'wlan', wire('d400 0000 020000000001'), LinkType.Ieee80211),
  sample(
    '802.11 association',
    'wlan:wlan.mgt',
    wire('1000 0000 020000000001 020000000002 020000000003 1000 | 1104 0000 01c0 | 01 02 8284 | 32 02 0c12'),
    LinkType.Ieee80211,
  ),
  sample(
    '802.11 authentication',
    'wlan:wlan.mgt',
    wire('b000 0000 020000000001 020000000002 020000000003 1000 | 0000 0100 0000'),
    LinkType.Ieee80211,
  ),
  sample('Prism', 'prism:wlan', wire('44000000 10000000 00*8 | d400 0000 020000000001'), LinkType.Ieee80211Prism),
  sample('AVS', 'prism:wlan', wire('80211001 00000010 00*8 | d400 0000 020000000001'), LinkType.Ieee80211Avs),
];
