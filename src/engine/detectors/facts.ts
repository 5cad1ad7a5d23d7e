import type { AddressIndex, Bytes, FlowIndex, Nanoseconds, PacketIndex, TextIndex } from '../../shared/model/units';

/** Which packets a rule wants to see. A packet is of one class. */
export const PacketClass = {
  /** TCP with SYN and without ACK. */
  Syn: 1,
  /** TCP, any other. */
  Tcp: 2,
  Udp: 4,
  /** ICMP and ICMPv6, errors included. */
  Icmp: 8,
  /** Other IP protocols, fragments of any. */
  OtherIp: 16,
  /** No IP: ARP and the rest. */
  Link: 32,
} as const;

export const ANY_PACKET = 63;

/** One packet, as rules see it. One reused instance: take what you need, keep no reference. */
export class PacketFacts {
  row: PacketIndex = 0;
  /** On the packet clock, see `DetectionContext.now`. */
  now: Nanoseconds = 0;
  class = 0;
  /** On the wire. */
  length: Bytes = 0;
  /** Ends and ports of the innermost transport header, as flows are keyed; -1 where the packet belongs to no flow. In an ICMP error: of the quoted packet, ends exchanged. */
  source: AddressIndex = -1;
  destination: AddressIndex = -1;
  sourcePort = 0;
  destinationPort = 0;
  /** IP protocol number of the flow. */
  protocol = 0;
  tcpFlags = 0;
  sequence = 0;
  payloadLength: Bytes = 0;
  /** -1 where it belongs to none. */
  flow: FlowIndex = -1;
  /** From the flow's responder. */
  backward = false;
  /** `PacketFlag` bits. */
  flags = 0;
}

/** What happened to a flow. One reused instance. Counters are those right after the packet. */
export class FlowFacts {
  /** `FlowEventKind`. */
  kind = 0;
  row: PacketIndex = 0;
  now: Nanoseconds = 0;
  flow: FlowIndex = 0;
  /** The originator. */
  source: AddressIndex = 0;
  /** The responder. */
  destination: AddressIndex = 0;
  sourcePort = 0;
  destinationPort = 0;
  /** IP protocol number. */
  protocol = 0;
  /** Of this packet. */
  tcpFlags = 0;
  firstTime: Nanoseconds = 0;
  /** From the originator. */
  payload: Bytes = 0;
  payloadBack: Bytes = 0;
  packets = 0;
  packetsBack = 0;
}

/** What an application message stated. One reused instance. The meaning of texts and number by `kind`: see `EventKind`. */
export class MessageFacts {
  kind = 0;
  row: PacketIndex = 0;
  now: Nanoseconds = 0;
  name: TextIndex = -1;
  method: TextIndex = -1;
  uri: TextIndex = -1;
  number = 0;
  /** Sender and receiver of the packet that completed the message, -1 where there is none (ARP). */
  source: AddressIndex = -1;
  destination: AddressIndex = -1;
  sourcePort = 0;
  destinationPort = 0;
  protocol = 0;
  /** Of that packet's transport payload. */
  payloadLength: Bytes = 0;
  flow: FlowIndex = -1;
  /** From the flow's responder. */
  backward = false;
}
