import { describe, expect, it } from 'vitest';
import { LinkType } from '../../../../../src/shared/model/link-types';
import { arp, ethernet, icmpv6, ipv4, ipv6, join, tcp, udp } from '../../../../builders/layers';
import { writePcap } from '../../../../builders/pcap';
import { fieldsOf, readCapture } from '../../../../builders/read-capture';
import { wire } from '../../../../builders/wire';

const FOUR = ipv4({ payload: tcp({ sourcePort: 4000, destinationPort: 80, flags: 'S' }) }).bytes;
const SIX = ipv6({ payload: udp({ sourcePort: 4000, destinationPort: 9 }) }).bytes;

/** `PROTOCOL SOURCE:PORT > DESTINATION:PORT` of a frame of this link type. */
async function read(linkType: number, frame: Uint8Array): Promise<string> {
  const capture = await readCapture(writePcap([{ data: frame }], { linkType }));
  const { protocol, source, sourcePort, destination, destinationPort } = fieldsOf(
    capture,
    0,
    ...['protocol', 'source', 'sourcePort', 'destination', 'destinationPort'],
  );
  const end = (address: unknown, port: unknown): string => (port === null ? `${address}` : `${address}:${port}`);
  return `${protocol} ${end(source, sourcePort)} > ${end(destination, destinationPort)}`;
}

const TCP = 'TCP 10.0.0.1:4000 > 10.0.0.2:80';
const UDP = 'UDP 2001:db8::1:4000 > 2001:db8::2:9';
const RADIOTAP = wire('00 00 0900 02000000 10');
/** Data from a station to the network, with LLC and SNAP behind. */
const WLAN = wire('08 01 0000 02000000000a 020000000001 020000000002 0000 | aaaa03 000000 0800');

const FRAMES: readonly (readonly [name: string, linkType: number, frame: Uint8Array, read: string])[] = [
  ['Ethernet', LinkType.Ethernet, ethernet({ payload: { bytes: FOUR, etherType: 0x0800 } }), TCP],
  ['BSD loopback, little-endian', LinkType.Null, join([2, 0, 0, 0], FOUR), TCP],
  ['BSD loopback, big-endian, macOS', LinkType.Null, join([0, 0, 0, 30], SIX), UDP],
  ['OpenBSD loopback', LinkType.Loop, join([0, 0, 0, 24], SIX), UDP],
  ['raw IP', LinkType.Raw, FOUR, TCP],
  ['raw IP, version 6', LinkType.Raw, SIX, UDP],
  ['raw IPv4', LinkType.IpV4, FOUR, TCP],
  ['raw IPv6', LinkType.IpV6, SIX, UDP],
  ['Linux cooked', LinkType.LinuxSll, join(wire('0000 0001 0006 020000000001 0000 0800'), FOUR), TCP],
  ['Linux cooked, version 2', LinkType.LinuxSll2, join(wire('86dd 0000 00000002 0001 04 06 020000000001 0000'), SIX), UDP],
  ['PPP', LinkType.Ppp, join(wire('ff03 0021'), FOUR), TCP],
  ['PPP, compressed header', LinkType.Ppp, join([0x21], FOUR), TCP],
  ['PPP with direction', LinkType.PppWithDirection, join(wire('00 ff03 0057'), SIX), UDP],
  ['Cisco HDLC', LinkType.CiscoHdlc, join(wire('0f00 0800'), FOUR), TCP],
  ['Frame Relay', LinkType.FrameRelay, join(wire('1841 03 cc'), FOUR), TCP],
  ['Frame Relay, Cisco', LinkType.FrameRelay, join(wire('1841 0800'), FOUR), TCP],
  ['IP over InfiniBand', LinkType.IpOverInfiniband, join(new Uint8Array(40), wire('0800 0000'), FOUR), TCP],
  ['Linux netfilter log', LinkType.Nflog, join(wire('02 00 0000 | 0800 0100 00000000'), [FOUR.length + 4, 0, 9, 0], FOUR), TCP],
  ['Apple PKTAP', LinkType.Pktap, join(wire('0c000000 01000000 65000000'), FOUR), TCP],
  ['802.11', LinkType.Ieee80211, join(WLAN, FOUR), TCP],
  ['802.11 with radiotap and a check sequence', LinkType.Ieee80211Radiotap, join(RADIOTAP, WLAN, FOUR, [1, 2, 3, 4]), TCP],
  ['a link type that nobody knows', 147, FOUR, 'UNKNOWN null > null'],
];

const MACS = '02:00:00:00:00:01 > 02:00:00:00:00:02';
const inner = (payload: Uint8Array): Uint8Array => ethernet({ payload: { bytes: payload, etherType: 0x0800 } });

/** What Ethernet carries. */
const CARRIED: readonly (readonly [name: string, frame: Uint8Array, read: string])[] = [
  ['an unknown EtherType', ethernet({ type: 0x88b5, payload: 'x' }), `0x88b5 ${MACS}`],
  ['ARP', ethernet({ payload: arp() }), `ARP ${MACS}`],
  ['ARP in a VLAN', ethernet({ vlans: [5], payload: arp() }), `ARP ${MACS}`],
  ['LLC with a spanning tree', ethernet({ type: 38, payload: wire('4242 03 | 00*35') }), `STP ${MACS}`],
  ['MPLS', ethernet({ type: 0x8847, payload: join(wire('00010040 00011140'), FOUR) }), TCP],
  ['PPPoE', ethernet({ type: 0x8864, payload: join(wire('11 00 0001'), [0, FOUR.length + 2], wire('0021'), FOUR) }), TCP],
  [
    'neighbour discovery',
    ethernet({ payload: ipv6({ payload: icmpv6({ type: 135, payload: new Uint8Array(16) }), hopLimit: 255 }) }),
    'ICMPv6 2001:db8::1 > 2001:db8::2',
  ],
  [
    'IPv6 with options before UDP',
    ethernet({ payload: ipv6({ nextHeader: 0, payload: join(wire('3c 00 0104 00*4 | 11 00 0104 00*4'), SIX.slice(40)) }) }),
    UDP,
  ],
  [
    'GRE: the outer addresses, the inner ports',
    ethernet({ payload: ipv4({ source: '1.1.1.1', destination: '2.2.2.2', protocol: 47, payload: join(wire('0000 0800'), FOUR) }) }),
    'TCP 1.1.1.1:4000 > 2.2.2.2:80',
  ],
  [
    'VXLAN: the outer addresses and ports',
    ethernet({
      payload: ipv4({
        source: '1.1.1.1',
        destination: '2.2.2.2',
        payload: udp({ destinationPort: 4789, payload: join(wire('08*1 00*7'), inner(FOUR)) }),
      }),
    }),
    'TCP 1.1.1.1:50000 > 2.2.2.2:4789',
  ],
  ['a frame without its type', ethernet().slice(0, 12), `Ethernet ${MACS}`],
  ['five bytes', ethernet().slice(0, 5), 'Ethernet null > null'],
  ['an IPv4 header that is cut', inner(FOUR.slice(0, 19)), `IPv4 ${MACS}`],
  ['a TCP header that is cut behind its ports', inner(ipv4({ protocol: 6, payload: FOUR.slice(20, 24) }).bytes), TCP],
  ['an IPv4 header of another version', inner(join([0x55], FOUR.slice(1))), `IPv4 ${MACS}`],
  [
    'UDP longer than its datagram',
    inner(ipv4({ payload: udp({ length: 900, payload: 'abc' }) }).bytes),
    'UDP 10.0.0.1:50000 > 10.0.0.2:50001',
  ],
];

describe('the first tier reads', () => {
  it.each(FRAMES)('%s', async (_, linkType, frame, expected) => expect(await read(linkType, frame)).toBe(expected));
  it.each(CARRIED)('%s', async (_, frame, expected) => expect(await read(LinkType.Ethernet, frame)).toBe(expected));
});
