/**
 * Where a flow's record keeps what. One record is two cache lines: a packet touches the first, a TCP packet both. Numbers are indices into
 * the view that the name ends with, counted from the record's start; `...Back` follows its forward counterpart directly.
 */
export const RECORD_BYTES = 128;
export const WORDS = RECORD_BYTES / 4;

export const Word = {
  source: 0,
  destination: 1,
  /** Originator's port << 16 | responder's. */
  ports: 2,
  packets: 8,
  packetsBack: 9,
  host: 20,
  initialSequence: 21,
  initialSequenceBack: 22,
  retransmissions: 25,
  outOfOrder: 26,
  firstRow: 29,
  /** Index into TcpStreams, NONE_32 for other protocols. */
  stream: 30,
  lostSegments: 31,
} as const;

export const Double = { firstTime: 2, lastTime: 3, bytes: 5, bytesBack: 6, payload: 7, payloadBack: 8 } as const;

/** Nanoseconds, -1 unknown; 24 bits are exact to 0.06 microseconds in a second. */
export const Float = { answerTime: 23, roundTrip: 24 } as const;

export const Half = { tcpFlags: 36, tcpFlagsBack: 37, service: 39, zeroWindows: 54, resets: 55, icmpErrors: 56 } as const;

export const Byte = { protocol: 12, originator: 13, responder: 14, end: 15, windowScale: 76, windowScaleBack: 77, marks: 114 } as const;

/** Bits of `Byte.marks`. */
export const Mark = {
  /** The initial sequence number is of a SYN; without it but with the next bit it was inferred from the first segment seen. */
  SynSeen: 1,
  SynSeenBack: 2,
  BaseKnown: 4,
  BaseKnownBack: 8,
  Unreachable: 16,
  /** Continues a flow that was closed by the active timeout. */
  Continued: 32,
  /** The originator acknowledged the responder's SYN/ACK. */
  Completed: 64,
} as const;

export const FLOW_CHUNK_BITS = 12;
export const FLOW_CHUNK_ROWS = 1 << FLOW_CHUNK_BITS;
export const FLOW_CHUNK_MASK = FLOW_CHUNK_ROWS - 1;

/** 4,096 flow records in one buffer, seen as each width that a field needs. Chunks never move, so growth copies nothing. */
export class FlowChunk {
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
  readonly floats: Float32Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;

  constructor() {
    const buffer = new ArrayBuffer(FLOW_CHUNK_ROWS * RECORD_BYTES);
    this.words = new Uint32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.floats = new Float32Array(buffer);
    this.halves = new Uint16Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }
}
