const NAMES = new Map<number, string>([
  [1, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IPIP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [41, 'IPv6'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'ICMPv6'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [112, 'VRRP'],
  [132, 'SCTP'],
]);

/** Name of an IANA protocol number; 'IP 253' for one without a name here. */
export const ipProtocolName = (protocol: number): string => NAMES.get(protocol) ?? `IP ${protocol}`;

/** True where the flow's ports are ports (TCP, UDP, SCTP), not an identifier that stands in their place. */
export const hasPorts = (protocol: number): boolean => protocol === 6 || protocol === 17 || protocol === 132;
