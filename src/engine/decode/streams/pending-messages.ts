/** Directions of flows that may be inside a message at once; the one that waited longest is given up first. */
const MAX_PENDING = 16_384;
/** Bytes that all of them may keep. */
const MAX_PENDING_BYTES = 64 << 20;
/** Bytes of one message whose length is not told yet; a head that is longer is not one. */
export const MAX_UNFRAMED = 64 * 1024;

const EMPTY = new Uint8Array(0);
/** Room for the first bytes of a message. */
const FIRST_KEPT = 256;
const SHORT = 64;
/** Finished messages that wait to be used again, and the largest buffer that one of them keeps. */
const MAX_SPARE = 1024;
const MAX_SPARE_BUFFER = 4096;

/** A message of one direction of a flow that began in an earlier segment and is not complete. */
export class PendingMessage {
  /** Sequence number of the next byte. */
  next = 0;
  /** Bytes still to come of the part whose length is known; Infinity: to the end of the stream; 0: the next bytes are to be framed. */
  skip = 0;
  /** The known part ends the message. */
  final = false;
  /** A segment of the message was not captured: it will not be summarised. */
  holed = false;
  /** First bytes of the message, at most what its protocol keeps; behind them the tail: bytes that could not be framed yet. */
  buffer: Uint8Array = EMPTY;
  keptLength = 0;
  tailLength = 0;
  /** Rows that hold the kept bytes and the tail, and where the message began in the first one's payload. */
  rows: number[] = [];
  offset = 0;

  /** Starts anew with the buffer that it has. */
  reset(): void {
    this.next = 0;
    this.skip = 0;
    this.final = false;
    this.holed = false;
    this.keptLength = 0;
    this.tailLength = 0;
    this.rows = [];
    this.offset = 0;
  }

  /** There is no tail where this is called. */
  keep(bytes: Uint8Array, start: number, end: number, limit: number): void {
    const length = Math.min(end - start, limit - this.keptLength);
    if (length <= 0) return;
    this.#put(bytes, start, length);
    this.keptLength += length;
  }

  keepTail(bytes: Uint8Array, start: number, end: number): void {
    this.#put(bytes, start, end - start);
    this.tailLength = end - start;
  }

  #put(bytes: Uint8Array, start: number, length: number): void {
    const need = this.keptLength + length;
    if (need > this.buffer.length) {
      const grown = new Uint8Array(Math.max(need, FIRST_KEPT, this.buffer.length * 2));
      grown.set(this.buffer.subarray(0, this.keptLength));
      this.buffer = grown;
    }
    const { buffer, keptLength } = this;
    // A few bytes are copied faster here than by a call into the runtime.
    if (length <= SHORT) for (let i = 0; i < length; i++) buffer[keptLength + i] = bytes[start + i] as number;
    else buffer.set(bytes.subarray(start, start + length), keptLength);
  }

  get bytes(): number {
    return this.buffer.length + this.rows.length * 8;
  }
}

/** All messages that wait, by `flow * 2 + direction`, in the order they were touched. */
export class PendingMessages {
  /** Given up for want of room. */
  abandoned = 0;
  readonly #byKey = new Map<number, PendingMessage>();
  readonly #spare: PendingMessage[] = [];
  #bytes = 0;

  /** An empty message, perhaps one that was given back. */
  make(): PendingMessage {
    return this.#spare.pop() ?? new PendingMessage();
  }

  /** The message is finished: nobody holds it any more. */
  give(message: PendingMessage): void {
    if (this.#spare.length >= MAX_SPARE || message.buffer.length > MAX_SPARE_BUFFER) return;
    message.reset();
    this.#spare.push(message);
  }

  get(key: number): PendingMessage | undefined {
    return this.#byKey.get(key);
  }

  /** Takes the message out; it is put back with `set` if it goes on. */
  take(key: number, message: PendingMessage): void {
    if (this.#byKey.delete(key)) this.#bytes -= message.bytes;
  }

  set(key: number, message: PendingMessage): void {
    while (this.#byKey.size >= MAX_PENDING || this.#bytes > MAX_PENDING_BYTES) {
      const oldest = this.#byKey.entries().next();
      if (oldest.done) break;
      this.take(oldest.value[0], oldest.value[1]);
      this.abandoned++;
    }
    this.#byKey.set(key, message);
    this.#bytes += message.bytes;
  }
}
