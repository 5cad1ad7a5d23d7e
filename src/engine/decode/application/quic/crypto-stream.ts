import { u24 } from '../bytes';
import { Varint } from './header';

/** Longest hello that is put together. Ones with post-quantum keys have about 2 KiB. */
const MAX_STREAM = 16 * 1024;
/** Pieces that do not touch each other yet; Chrome sends about ten. */
const MAX_RANGES = 64;
/** Frames of one packet that are looked at: a packet of 1,500 one-byte PINGs is no more than that. */
const MAX_FRAMES = 2048;

const FrameType = { Padding: 0, Ping: 1, Ack: 2, AckEcn: 3, Crypto: 6, Close: 0x1c, CloseApplication: 0x1d } as const;
const varint = new Varint();

/** The beginning of a connection's TLS handshake, collected from CRYPTO frames in any order. */
export class CryptoStream {
  bytes = new Uint8Array(2048);
  /** Sorted, disjoint [from, to) pairs. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  clear(): void {
    this.#from.length = this.#to.length = 0;
  }

  /** Bytes that are there without a gap from the start. */
  get length(): number {
    return this.#from[0] === 0 ? (this.#to[0] ?? 0) : 0;
  }

  /** The first handshake message is complete. */
  get complete(): boolean {
    const length = this.length;
    return length >= 4 && length >= 4 + u24(this.bytes, 1);
  }

  add(offset: number, source: Uint8Array, start: number, end: number): void {
    const to = Math.min(offset + end - start, MAX_STREAM);
    if (offset >= to || this.#from.length >= MAX_RANGES) return;
    if (to > this.bytes.length) {
      const grown = new Uint8Array(Math.min(MAX_STREAM, Math.max(to, this.bytes.length * 2)));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(source.subarray(start, start + to - offset), offset);
    this.#merge(offset, to);
  }

  #merge(from: number, to: number): void {
    let first = 0;
    while (first < this.#from.length && (this.#to[first] ?? 0) < from) first++;
    let low = from;
    let high = to;
    let last = first;
    for (; last < this.#from.length && (this.#from[last] ?? 0) <= high; last++) {
      low = Math.min(low, this.#from[last] ?? low);
      high = Math.max(high, this.#to[last] ?? high);
    }
    this.#from.splice(first, last - first, low);
    this.#to.splice(first, last - first, high);
  }

  /** Takes the CRYPTO frames of an Initial packet's payload (RFC 9000, 12.4: no other frames with data are allowed in it). */
  addFrames(payload: Uint8Array): void {
    const end = payload.length;
    let at = 0;
    for (let frames = 0; at < end && frames < MAX_FRAMES; frames++) {
      const type = payload[at++] ?? 0;
      if (type === FrameType.Padding) {
        while (at < end && payload[at] === 0) at++;
      } else if (type === FrameType.Ack || type === FrameType.AckEcn) {
        at = skipAck(payload, at, end, type === FrameType.AckEcn);
        if (at < 0) return;
      } else if (type === FrameType.Crypto) {
        if (!varint.read(payload, at, end)) return;
        const offset = varint.value;
        if (!varint.read(payload, varint.next, end)) return;
        const from = varint.next;
        at = from + varint.value;
        if (at > end) return;
        this.add(offset, payload, from, at);
      } else if (type !== FrameType.Ping) {
        return;
      }
    }
  }
}

/** Offset after an ACK frame's fields; -1 where it is cut. */
function skipAck(payload: Uint8Array, start: number, end: number, ecn: boolean): number {
  let at = start;
  let ranges = 0;
  for (let i = 0; i < 4; i++) {
    if (!varint.read(payload, at, end)) return -1;
    if (i === 2) ranges = varint.value;
    at = varint.next;
  }
  const numbers = Math.min(ranges, end) * 2 + (ecn ? 3 : 0);
  for (let i = 0; i < numbers; i++) {
    if (!varint.read(payload, at, end)) return -1;
    at = varint.next;
  }
  return at;
}
