import type { Bytes, FlowIndex, PacketIndex } from '../model/units';

/** Who sent it: 0 the flow's originator (client), 1 its responder (server). */
export type StreamSender = 0 | 1;

/**
 * `data`: bytes of a packet. `lost`: the other side acknowledged bytes that are not in the capture. `cut`: the packet had more bytes than the
 * capture kept of it. `gone`: bytes that could be read when the stream was put together and cannot be any more.
 */
export type StreamPieceKind = 'data' | 'lost' | 'cut' | 'gone';

/** A piece of a stream, in the order in which the receivers could have read them. */
export interface StreamPiece {
  /** That brought it; of `lost` the one that tells. */
  readonly packet: PacketIndex;
  readonly sender: StreamSender;
  readonly kind: StreamPieceKind;
  /** Within the stream: a byte of data counts one, and so does a `lost` or `cut` piece, however long. */
  readonly position: number;
  /** Of data within the window; else the bytes that are missing. */
  readonly length: Bytes;
  /** After a gap that nobody acknowledged: the receiver may never have got it. */
  readonly loose: boolean;
}

/** Of both senders, the client's first. */
export type BySender = readonly [number, number];

export interface StreamState {
  readonly flow: FlowIndex;
  readonly protocol: 'TCP' | 'UDP';
  /** As Wireshark counts: tcp.stream or udp.stream. */
  readonly number: number;
  /** Client, then server. */
  readonly ends: readonly [StreamEnd, StreamEnd];
  /** All packets that are there were read; else ask again, what was read stays. */
  readonly done: boolean;
  readonly packetsRead: number;
  /** Packets of the flow that have been captured, its forgotten ones included. */
  readonly packetsToRead: number;
  /** Positions. */
  readonly size: number;
  readonly bytes: BySender;
  /** Packets with payload. */
  readonly packets: BySender;
  readonly lost: BySender;
  readonly cut: BySender;
  /** Bytes that came again and are left out. */
  readonly repeated: BySender;
  /** Packets whose bytes could not be read again (file moved, cut). */
  readonly unreadable: number;
  /** The stream began in packets that are not kept any more. */
  readonly beginningForgotten: boolean;
  /** There is more than is listed. */
  readonly truncated: boolean;
}

export interface StreamEnd {
  readonly address: string;
  readonly port: number;
}

export interface StreamWindow {
  readonly state: StreamState;
  readonly from: number;
  readonly pieces: readonly StreamPiece[];
  /** Of the pieces of kind `data`, one after the other. */
  readonly bytes: Uint8Array;
}

export interface StreamMatch {
  /** Of its first byte. The others are the next ones of the same sender. */
  readonly position: number;
  readonly sender: StreamSender;
}

export const STREAM_FORMATS = ['raw', 'text', 'hex'] as const;

export type StreamFormat = (typeof STREAM_FORMATS)[number];

/** Positions that one window may have. */
export const MAX_STREAM_WINDOW = 1 << 20;
export const MAX_STREAM_PATTERN: Bytes = 512;
/** Matches that are told by their place; `total` counts all. */
export const MAX_STREAM_MATCHES = 10_000;

export interface StreamCalls {
  /** A window of the flow's stream and what is known of it all. A flow without a stream or without packets is a problem. */
  'stream.follow': { args: { flow: FlowIndex; from: number; count: number }; result: StreamWindow };
  /** Where these bytes are, in what each side sent or in what one did. A to Z are the same as a to z with `ignoreCase`. */
  'stream.find': {
    args: { flow: FlowIndex; pattern: readonly number[]; ignoreCase: boolean; sender: StreamSender | null };
    result: { readonly matches: readonly StreamMatch[]; readonly total: number };
  };
  /** Raw: the bytes alone; text and hex say who sent what and what is missing. */
  'stream.save': {
    args: { flow: FlowIndex; path: string; format: StreamFormat; sender: StreamSender | null };
    result: { readonly bytes: Bytes; readonly missing: Bytes };
  };
}
