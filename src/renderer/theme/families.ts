/** Families of protocols that keep one hue everywhere; each is also the name of a token in tokens.css. */
export type ProtocolFamily = 'tcp' | 'udp' | 'dns' | 'tls' | 'http' | 'ssh' | 'icmp' | 'arp' | 'routing' | 'wireless' | 'other';

const FAMILY_OF: Readonly<Record<string, ProtocolFamily>> = {
  TCP: 'tcp',
  UDP: 'udp',
  DNS: 'dns',
  MDNS: 'dns',
  LLMNR: 'dns',
  NBNS: 'dns',
  TLS: 'tls',
  SSL: 'tls',
  DTLS: 'tls',
  QUIC: 'tls',
  GQUIC: 'tls',
  HTTP: 'http',
  HTTP2: 'http',
  HTTP3: 'http',
  WEBSOCKET: 'http',
  SSDP: 'http',
  SSH: 'ssh',
  TELNET: 'ssh',
  RDP: 'ssh',
  VNC: 'ssh',
  ICMP: 'icmp',
  IGMP: 'icmp',
  ARP: 'arp',
  RARP: 'arp',
  LLDP: 'arp',
  CDP: 'arp',
  STP: 'arp',
  DHCP: 'udp',
  NTP: 'udp',
  OSPF: 'routing',
  BGP: 'routing',
  RIP: 'routing',
  EIGRP: 'routing',
  VRRP: 'routing',
  PIM: 'routing',
  '802.11': 'wireless',
  EAPOL: 'wireless',
};

const known = new Map<string, ProtocolFamily>();
/** Names come from a table of at most 4,096; more would be a mistake and are not kept. */
const MAX_KNOWN = 4096;

/** 'TLSv1.3' is of the family 'tls', 'HTTP/JSON' of 'http', 'ICMPv6' of 'icmp'. */
export function familyOf(protocol: string): ProtocolFamily {
  const cached = known.get(protocol);
  if (cached) return cached;
  const upper = protocol.toUpperCase();
  const family = FAMILY_OF[upper] ?? FAMILY_OF[upper.split(/[/ ]|V\d/)[0] ?? ''] ?? 'other';
  if (known.size < MAX_KNOWN) known.set(protocol, family);
  return family;
}

export const familyColor = (family: ProtocolFamily): string => `var(--${family})`;
