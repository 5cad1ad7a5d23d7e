/** Families of protocols that keep one hue everywhere and share a line in charts. */
export const PROTOCOL_FAMILIES = ['tcp', 'udp', 'dns', 'tls', 'http', 'ssh', 'icmp', 'arp', 'routing', 'wireless', 'other'] as const;

export type ProtocolFamily = (typeof PROTOCOL_FAMILIES)[number];

const MEMBERS: Readonly<Record<Exclude<ProtocolFamily, 'other'>, string>> = {
  tcp: 'TCP',
  udp: 'UDP DHCP DHCPv6 NTP',
  dns: 'DNS MDNS LLMNR NBNS',
  tls: 'TLS SSL DTLS QUIC GQUIC',
  http: 'HTTP HTTP2 HTTP3 WEBSOCKET SSDP',
  ssh: 'SSH TELNET RDP VNC',
  icmp: 'ICMP IGMP',
  arp: 'ARP RARP LLDP CDP STP',
  routing: 'OSPF BGP RIP EIGRP VRRP PIM',
  wireless: '802.11 EAPOL',
};

const FAMILY_OF = new Map<string, ProtocolFamily>(
  PROTOCOL_FAMILIES.flatMap((family) =>
    family === 'other' ? [] : MEMBERS[family].split(' ').map((name) => [name.toUpperCase(), family] as const),
  ),
);

/** Of a name in the Protocol column: 'TLSv1.3' is of the family 'tls', 'HTTP/JSON' of 'http', 'ICMPv6' of 'icmp'. */
export function protocolFamily(protocol: string): ProtocolFamily {
  const upper = protocol.toUpperCase();
  return FAMILY_OF.get(upper) ?? FAMILY_OF.get(upper.split(/[/ ]|V\d/)[0] ?? '') ?? 'other';
}

/** A regular expression over names in the Protocol column (whatever their case) that says the same as `protocolFamily`. */
export const familyPattern = (family: Exclude<ProtocolFamily, 'other'>): string =>
  `^(${MEMBERS[family].replaceAll('.', '[.]').split(' ').join('|')})(/| |v[0-9]|$)`;
