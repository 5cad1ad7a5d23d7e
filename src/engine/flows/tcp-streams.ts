import { NONE_32 } from '../../shared/model/units';

/**
 * Where a TCP flow's sequence state keeps what: two directions of ten words, then the handshake's times. Sequence numbers of 0 stand for
 * "not seen", as in Wireshark. `StreamDouble` and the two times count doubles.
 */
export const STREAM_WORDS = 24;
export const DIRECTION_WORDS = 10;

export const StreamWord = {
  /** One beyond the highest sequence number sent. */
  next: 0,
  lastAck: 1,
  /** End of what was seen without a hole: an ACK beyond it acknowledges what the capture lacks. */
  contiguous: 2,
  /** Last window sent, not scaled. */
  window: 3,
  /** Duplicates of the last ACK; -1 while ACKs of unseen segments are passed over. */
  duplicates: 4,
  marks: 5,
} as const;

export const StreamDouble = { nextTime: 3, lastAckTime: 4 } as const;
export const SYN_TIME = 10;
export const FIRST_ROUND_TRIP = 11;

/** Bits of `StreamWord.marks`. */
export const StreamMark = {
  LastWasKeepAlive: 1,
  /** The segment that raised `next` carried data. */
  NextByData: 2,
  /** Only a SYN was seen: its window is not scaled whatever its option says. */
  OnlySyn: 4,
} as const;

const CHUNK_BITS = 12;
const CHUNK_ROWS = 1 << CHUNK_BITS;

class StreamChunk {
  readonly words: Uint32Array;
  readonly doubles: Float64Array;

  constructor() {
    const buffer = new ArrayBuffer(CHUNK_ROWS * STREAM_WORDS * 4);
    this.words = new Uint32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }
}

/** Sequence state of TCP flows, 96 bytes each, at most one for each flow record; freed ones are used again. */
export class TcpStreams {
  readonly chunks: StreamChunk[] = [];
  #used = 0;
  #free = NONE_32;

  get bytes(): number {
    return this.chunks.length * CHUNK_ROWS * STREAM_WORDS * 4;
  }

  chunkOf(stream: number): StreamChunk {
    return this.chunks[stream >>> CHUNK_BITS] as StreamChunk;
  }

  /** Of the stream's first word in its chunk. */
  base(stream: number): number {
    return (stream & (CHUNK_ROWS - 1)) * STREAM_WORDS;
  }

  take(): number {
    let stream = this.#free;
    if (stream === NONE_32) {
      stream = this.#used++;
      if (stream >>> CHUNK_BITS === this.chunks.length) this.chunks.push(new StreamChunk());
    } else {
      this.#free = this.chunkOf(stream).words[this.base(stream)] ?? NONE_32;
    }
    const chunk = this.chunkOf(stream);
    const base = this.base(stream);
    chunk.words.fill(0, base, base + STREAM_WORDS);
    chunk.doubles[base / 2 + SYN_TIME] = Number.NaN;
    return stream;
  }

  give(stream: number): void {
    if (stream === NONE_32) return;
    this.chunkOf(stream).words[this.base(stream)] = this.#free;
    this.#free = stream;
  }
}
