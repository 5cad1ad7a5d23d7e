import type { Bytes, FlowIndex, Nanoseconds } from '../model/units';

/** What talks: hardware addresses of the outermost header, IP addresses of the outermost one, or ports of the innermost one. */
export const CONVERSATION_KINDS = ['ethernet', 'ipv4', 'ipv6', 'tcp', 'udp'] as const;
export type ConversationKind = (typeof CONVERSATION_KINDS)[number];

/** `packets` and `bytes` are those of both directions. What is not known stands last in either order. */
export const CONVERSATION_SORTS = [
  'a',
  'portA',
  'b',
  'portB',
  'packets',
  'packetsAB',
  'packetsBA',
  'bytes',
  'bytesAB',
  'bytesBA',
  'bitsAB',
  'bitsBA',
  'first',
  'duration',
  'service',
  'state',
  'ending',
  'roundTrip',
  'retransmissions',
  'outOfOrder',
  'lostSegments',
  'resets',
  'zeroWindows',
] as const;
export type ConversationSort = (typeof CONVERSATION_SORTS)[number];

export const ENDPOINT_SORTS = [
  'address',
  'port',
  'conversations',
  'packets',
  'packetsSent',
  'packetsReceived',
  'bytes',
  'bytesSent',
  'bytesReceived',
  'first',
  'last',
] as const;
export type EndpointSort = (typeof ENDPOINT_SORTS)[number];

export const TCP_HOST_SORTS = [
  'address',
  'sessions',
  'packetsSent',
  'retransmissions',
  'outOfOrder',
  'resets',
  'zeroWindows',
  'handshakes',
  'median',
  'p95',
  'p99',
] as const;
export type TcpHostSort = (typeof TCP_HOST_SORTS)[number];

/** From A to B, from B to A. */
export type EachWay = readonly [number, number];

/** Whether more is expected: the connection was not ended, was not ended but fell silent, or was ended. */
export const ENDINGS = ['open', 'silent', 'closed'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Of a TCP connection. */
export interface TcpHealth {
  /** Zeek's state. */
  readonly state: string;
  /** Of the handshake; null where it was not seen. */
  readonly roundTrip: Nanoseconds | null;
  readonly retransmissions: EachWay;
  readonly outOfOrder: EachWay;
  readonly lostSegments: EachWay;
  readonly resets: EachWay;
  readonly zeroWindows: EachWay;
}

/** Shown packets between two ends. A is who began, as far as it is known. */
export interface ConversationRow {
  readonly id: number;
  readonly a: string;
  /** Null where the kind has no ports. */
  readonly portA: number | null;
  readonly b: string;
  readonly portB: number | null;
  readonly packets: EachWay;
  /** On the wire. */
  readonly bytes: EachWay;
  readonly firstTime: Nanoseconds;
  readonly lastTime: Nanoseconds;
  /** '' where it is not known. */
  readonly service: string;
  /** Null where the kind has no connections. */
  readonly ending: Ending | null;
  readonly tcp: TcpHealth | null;
  /** The newest flow of it; null for IP. */
  readonly flow: FlowIndex | null;
}

export interface EndpointRow {
  readonly id: number;
  readonly address: string;
  readonly port: number | null;
  readonly conversations: number;
  readonly packetsSent: number;
  readonly packetsReceived: number;
  readonly bytesSent: Bytes;
  readonly bytesReceived: Bytes;
  readonly firstTime: Nanoseconds;
  readonly lastTime: Nanoseconds;
}

/** What an address did in its TCP connections. */
export interface TcpHostRow {
  readonly id: number;
  readonly address: string;
  readonly sessions: number;
  readonly packetsSent: number;
  /** Sent by it, as all that follow. */
  readonly retransmissions: number;
  readonly outOfOrder: number;
  readonly resets: number;
  readonly zeroWindows: number;
  /** Connections whose handshake was seen: what the times are of. */
  readonly handshakes: number;
  readonly median: Nanoseconds | null;
  readonly p95: Nanoseconds | null;
  readonly p99: Nanoseconds | null;
}

export interface StatisticsWindow<Row> {
  readonly from: number;
  readonly rows: readonly Row[];
  readonly total: number;
  /** Shown packets that are in no row because the table is full. */
  readonly omitted: number;
}

/** A protocol within those above it: nodes stand in order, children behind their parent with a greater depth. */
export interface HierarchyNode {
  readonly name: string;
  /** 0 is the frame. */
  readonly depth: number;
  readonly packets: number;
  readonly bytes: Bytes;
  /** Packets that have nothing below it. */
  readonly endPackets: number;
  readonly endBytes: Bytes;
}

export interface LengthClass {
  readonly from: Bytes;
  /** The last that belongs to it; null: any longer. */
  readonly to: Bytes | null;
  readonly packets: number;
  readonly bytes: Bytes;
  /** 0 where there are none. */
  readonly least: Bytes;
  readonly greatest: Bytes;
}

/** Sums over the shown packets. */
export interface PacketSums {
  readonly packets: number;
  readonly bytes: Bytes;
  /** Between the first and the last. */
  readonly duration: Nanoseconds;
  readonly hierarchy: readonly HierarchyNode[];
  /** Packets with several IP headers: each layer of them is counted once. */
  readonly tunnelled: number;
  readonly lengths: readonly LengthClass[];
}

export const STATISTICS_EXPORTS = ['csv', 'jsonl'] as const;
export type StatisticsExport = (typeof STATISTICS_EXPORTS)[number];

/** Which table, in which order. */
export type StatisticsTable =
  | { readonly table: 'hierarchy' }
  | { readonly table: 'lengths' }
  | {
      readonly table: 'conversations';
      readonly kind: ConversationKind;
      readonly sort: ConversationSort;
      readonly descending: boolean;
    }
  | { readonly table: 'endpoints'; readonly kind: ConversationKind; readonly sort: EndpointSort; readonly descending: boolean }
  | { readonly table: 'tcpHosts'; readonly sort: TcpHostSort; readonly descending: boolean };

interface Window {
  readonly from: number;
  readonly count: number;
  readonly descending: boolean;
}

/** Tables over the packets that filter and time range show. At most 1,000 rows a call. */
export interface StatisticsCalls {
  'statistics.packets': { args: Record<string, never>; result: PacketSums };
  'statistics.conversations': {
    args: Window & { readonly kind: ConversationKind; readonly sort: ConversationSort };
    result: StatisticsWindow<ConversationRow>;
  };
  'statistics.endpoints': {
    args: Window & { readonly kind: ConversationKind; readonly sort: EndpointSort };
    result: StatisticsWindow<EndpointRow>;
  };
  'statistics.tcpHosts': { args: Window & { readonly sort: TcpHostSort }; result: StatisticsWindow<TcpHostRow> };
  /** A table as text, at most 100,000 rows; `omitted` are those beyond. */
  'statistics.export': {
    args: { readonly format: StatisticsExport; readonly of: StatisticsTable };
    result: { readonly text: string; readonly count: number; readonly omitted: number };
  };
}
