/**
 * Where a TCP flow's sequence state keeps what, for each of its two directions: one cache line together. Sequence numbers of 0 stand for
 * "not seen", as in Wireshark. Names count in the unit of the view that they end with.
 */
export const STREAM_BYTES = 64;

export const StreamWord = {
  /** One beyond the highest sequence number sent. */
  next: 0,
  lastAck: 1,
  /** End of what was seen without a hole: an ACK beyond it acknowledges what the capture lacks. */
  contiguous: 2,
} as const;

/** Last window sent, not scaled. */
export const WINDOW_HALF = 6;

export const StreamByte = {
  /** Repetitions of the last ACK, at most MAX_DUPLICATES; UNSEEN while ACKs of unseen segments are passed over. */
  duplicates: 14,
  marks: 15,
} as const;

export const MAX_DUPLICATES = 254;
export const UNSEEN = 255;

export const StreamDouble = { nextTime: 2, lastTime: 3 } as const;

/** Bits of `StreamByte.marks`. */
export const StreamMark = {
  LastWasKeepAlive: 1,
  /** The last segment was a SYN or SYN/ACK: its window is not scaled whatever its option says, its time is `lastTime`. */
  OnlySyn: 2,
} as const;

const NONE = -1;
const CHUNK_BITS = 12;
const CHUNK_ROWS = 1 << CHUNK_BITS;

class StreamChunk {
  /** Signed, so that sequence numbers stay small integers of the machine; compare them by difference. */
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;

  constructor() {
    const buffer = new ArrayBuffer(CHUNK_ROWS * STREAM_BYTES);
    this.words = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.halves = new Uint16Array(buffer);
    this.bytes = new Uint8Array(buffer);
  }
}

/** Sequence state of TCP flows, at most one for each flow record; freed ones are used again. */
export class TcpStreams {
  readonly #chunks: StreamChunk[] = [];
  #used = 0;
  #free = NONE;

  get bytes(): number {
    return this.#chunks.length * CHUNK_ROWS * STREAM_BYTES;
  }

  chunkOf(stream: number): StreamChunk {
    return this.#chunks[stream >>> CHUNK_BITS] as StreamChunk;
  }

  /** Of a direction's first byte in the chunk. */
  base(stream: number, direction: number): number {
    return (stream & (CHUNK_ROWS - 1)) * STREAM_BYTES + direction * (STREAM_BYTES / 2);
  }

  take(): number {
    let stream = this.#free;
    if (stream === NONE) {
      stream = this.#used++;
      if (stream >>> CHUNK_BITS === this.#chunks.length) this.#chunks.push(new StreamChunk());
    } else {
      const words = this.chunkOf(stream).words;
      const at = this.base(stream, 0) >> 2;
      this.#free = words[at] ?? NONE;
      words.fill(0, at, at + STREAM_BYTES / 4);
    }
    return stream;
  }

  give(stream: number): void {
    this.chunkOf(stream).words[this.base(stream, 0) >> 2] = this.#free;
    this.#free = stream;
  }
}
