import type { Bytes, FlowIndex, Nanoseconds, PacketIndex } from './units';

/** A row of the packet list as the window shows it. */
export interface PacketRow {
  readonly index: PacketIndex;
  /** Since the session's start; null where the format gave none. */
  readonly time: Nanoseconds | null;
  /** Epoch seconds with 9 decimals, exact; '' where there is none. */
  readonly epoch: string;
  /** Time since the packet before it in the capture. */
  readonly delta: Nanoseconds | null;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  readonly protocol: string;
  readonly length: Bytes;
  readonly info: string;
  readonly flow: FlowIndex | null;
  /** `PacketFlag` bits. */
  readonly flags: number;
  readonly tcpFlags: number | null;
  /** Of the fields that were asked for: what the packet holds of each, several values joined by commas; fields that it has not are not there. */
  readonly values?: Readonly<Record<string, string>>;
  /** Position of the first colouring rule that holds. */
  readonly rule?: number;
}

/** A node of a packet's field tree; see engine/decode/tree/field.ts for the meaning of each. */
export interface FieldNode {
  readonly name: string;
  readonly label: string;
  readonly value: string | number | bigint | boolean | Uint8Array | null;
  readonly start: number;
  readonly length: number;
  readonly source: number;
  readonly children: readonly FieldNode[];
}

export interface FlowRow {
  readonly index: FlowIndex;
  /** 'TCP', 'UDP', 'ICMP', 'SCTP' or the IP protocol's name. */
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number | null;
  readonly destination: string;
  readonly destinationPort: number | null;
  readonly firstTime: Nanoseconds;
  readonly lastTime: Nanoseconds;
  readonly packets: number;
  readonly bytes: Bytes;
  readonly packetsBack: number;
  readonly bytesBack: Bytes;
  /** Zeek's connection state: 'S0', 'SF', 'REJ' ... */
  readonly state: string;
  /** Flags seen in either direction, as letters in Zeek's or Wireshark's order: 'SAPF'. */
  readonly tcpFlags: string;
  /** Application protocol, '' where none was recognised. */
  readonly service: string;
  /** Server name, HTTP host, or the DNS name that the address was an answer to; '' where unknown. */
  readonly host: string;
  /** Handshake round-trip time; null where it was not seen. */
  readonly roundTrip: Nanoseconds | null;
  readonly retransmissions: number;
  readonly firstPacket: PacketIndex;
  /** Program of the watched host that is at an end: 'nginx'; at both ends, originator first: 'curl → nginx'. null: not known. */
  readonly process: string | null;
  /** Of each of them that is one process. */
  readonly pids: readonly number[];
  /** Whose the programs at its ends are; known also where they are not. */
  readonly users: readonly string[];
  /** State of its socket as `ss` says, in the newest look: 'ESTAB'; null: there is none, or nobody looked. */
  readonly socket: string | null;
}

export interface Share {
  readonly name: string;
  readonly packets: number;
  readonly bytes: Bytes;
}

export interface Talker {
  readonly address: string;
  readonly packets: number;
  readonly bytes: Bytes;
  readonly bytesSent: Bytes;
  readonly bytesReceived: Bytes;
}

export interface PortShare {
  readonly transport: 'TCP' | 'UDP';
  readonly port: number;
  /** Well-known name, '' where there is none. */
  readonly service: string;
  readonly packets: number;
  readonly bytes: Bytes;
}

export interface SeriesSnapshot {
  readonly from: Nanoseconds;
  readonly width: Nanoseconds;
  readonly packets: readonly number[];
  readonly bytes: readonly number[];
  /** Bytes per bucket of each protocol family, largest family first. */
  readonly families: readonly { readonly name: string; readonly bytes: readonly number[] }[];
}

export interface StatisticsSnapshot {
  readonly packets: number;
  readonly bytes: Bytes;
  readonly capturedBytes: Bytes;
  readonly firstTime: Nanoseconds | null;
  readonly lastTime: Nanoseconds | null;
  readonly flows: { readonly tcp: number; readonly udp: number; readonly icmp: number; readonly other: number; readonly total: number };
  readonly protocols: readonly Share[];
  readonly talkers: readonly Talker[];
  readonly ports: readonly PortShare[];
  readonly series: SeriesSnapshot;
  /** Packets by length: upper bounds 79, 159, 319, 639, 1279, 2559, 5119, more. */
  readonly lengths: readonly number[];
  readonly names: readonly Share[];
}
