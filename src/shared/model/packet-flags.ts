/** Bits of the packet table's `flags` column. */
export const PacketFlag = {
  /** `sourcePort` and `destinationPort` hold values. */
  Ports: 1 << 0,
  /** `ipProtocol` holds a value. */
  IpProtocol: 1 << 1,
  /** `tcpFlags` holds a value. */
  TcpFlags: 1 << 2,
  /** The format gave this packet a time stamp. */
  Time: 1 << 3,
  /** The packet travels from the flow's responder to its originator. */
  Backward: 1 << 4,
  /** Captured shorter than it was on the wire and a header is missing because of it. */
  CutShort: 1 << 5,
  /** A header contradicts itself or the bytes that are there. */
  Malformed: 1 << 6,
  /** An IP fragment that did not complete its datagram. */
  Fragment: 1 << 7,
  /** Completes a message that began in earlier packets; the reassembly table says which. */
  Reassembled: 1 << 8,
  /** An ICMP error: the flow and ports are those of the packet that it quotes. */
  IcmpError: 1 << 9,
  /** There is a comment: its file's, or one that a person wrote. */
  Comment: 1 << 10,
  /** More than one IP header, quoted ones not counted. */
  Tunnel: 1 << 11,
  /** More than one VLAN tag: the `vlan` column holds one of them. */
  StackedVlan: 1 << 12,
  /** An application message begins and ends in the packet, or ends in it. */
  Message: 1 << 13,
  /** A person marked the packet. */
  Marked: 1 << 14,
  // TCP analysis, with Wireshark's meaning of the words.
  Retransmission: 1 << 16,
  OutOfOrder: 1 << 17,
  DuplicateAck: 1 << 18,
  KeepAlive: 1 << 19,
  ZeroWindow: 1 << 20,
  /** A segment before this one was not captured. */
  LostSegment: 1 << 21,
  FastRetransmission: 1 << 22,
  SpuriousRetransmission: 1 << 23,
  ZeroWindowProbe: 1 << 24,
  WindowUpdate: 1 << 25,
  KeepAliveAck: 1 << 26,
  PortReuse: 1 << 27,
  WindowFull: 1 << 28,
} as const;

/** Bits of the packet table's `layers` column: which protocols below the application a packet carries, at any depth. */
export const Layer = {
  Ethernet: 1 << 0,
  Sll: 1 << 1,
  Null: 1 << 2,
  Wlan: 1 << 3,
  Radiotap: 1 << 4,
  Ppp: 1 << 5,
  Vlan: 1 << 6,
  Mpls: 1 << 7,
  Arp: 1 << 8,
  Ipv4: 1 << 9,
  Ipv6: 1 << 10,
  Icmp: 1 << 11,
  Icmpv6: 1 << 12,
  Igmp: 1 << 13,
  Tcp: 1 << 14,
  Udp: 1 << 15,
  Sctp: 1 << 16,
  Gre: 1 << 17,
  Vxlan: 1 << 18,
  Esp: 1 << 19,
  Ah: 1 << 20,
  Llc: 1 << 21,
  Pppoe: 1 << 22,
  Raw: 1 << 23,
} as const;
