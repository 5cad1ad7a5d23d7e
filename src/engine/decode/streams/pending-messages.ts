/** Directions of flows that may be inside a message at once; the one that waited longest is given up first. */
const MAX_PENDING = 16_384;
/** Bytes that all of them may keep. */
const MAX_PENDING_BYTES = 64 << 20;
/** Bytes of one message whose length is not told yet; a head that is longer is not one. */
export const MAX_UNFRAMED = 64 * 1024;

const EMPTY = new Uint8Array(0);
/** Room for the first bytes of a message. */
const FIRST_KEPT = 64;
const SHORT = 64;
/** Finished messages that wait to be used again, and the largest buffer that one of them keeps. */
const MAX_SPARE = 1024;
const MAX_SPARE_BUFFER = 4096;

/** Copies from[start..end) to `to` at `at`. */
export function copy(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  // A few bytes are copied faster here than by a call into the runtime.
  if (end - start <= SHORT) for (let i = start; i < end; i++) to[at + i - start] = from[i] as number;
  else to.set(from.subarray(start, end), at);
}

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
  rows = new Uint32Array(4);
  rowCount = 0;
  offset = 0;
  /** What the bound on all messages counts for this one. */
  counted = 0;

  /** Starts anew with the buffer that it has. */
  reset(): void {
    this.next = 0;
    this.skip = 0;
    this.final = false;
    this.holed = false;
    this.keptLength = 0;
    this.tailLength = 0;
    this.rowCount = 0;
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

  addRow(row: number): void {
    if (this.rowCount === this.rows.length) {
      const grown = new Uint32Array(this.rows.length * 2);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows[this.rowCount++] = row;
  }

  #put(bytes: Uint8Array, start: number, length: number): void {
    const need = this.keptLength + length;
    if (need > this.buffer.length) {
      const grown = new Uint8Array(Math.max(need, FIRST_KEPT, this.buffer.length * 2));
      grown.set(this.buffer.subarray(0, this.keptLength));
      this.buffer = grown;
    }
    copy(bytes, start, start + length, this.buffer, this.keptLength);
  }

  get bytes(): number {
    return this.buffer.length + this.rows.byteLength;
  }
}

/** All messages that wait, by `flow * 2 + direction`, in the order in which they began. */
export class PendingMessages {
  /** Given up for want of room. */
  abandoned = 0;
  readonly #byKey = new Map<number, PendingMessage>();
  readonly #spare: PendingMessage[] = [];
  #bytes = 0;

  /** An empty message, perhaps one that was used before. */
  make(): PendingMessage {
    return this.#spare.pop() ?? new PendingMessage();
  }

  get(key: number): PendingMessage | undefined {
    return this.#byKey.get(key);
  }

  /** A message that is not here yet. */
  add(key: number, message: PendingMessage): void {
    while (this.#byKey.size >= MAX_PENDING || this.#bytes > MAX_PENDING_BYTES) {
      const oldest = this.#byKey.entries().next();
      if (oldest.done) break;
      this.remove(oldest.value[0], oldest.value[1]);
      this.abandoned++;
    }
    this.#byKey.set(key, message);
    message.counted = 0;
    this.grown(message);
  }

  /** The message, which is here, may keep more bytes than before. */
  grown(message: PendingMessage): void {
    this.#bytes += message.bytes - message.counted;
    message.counted = message.bytes;
  }

  /** The message is finished or given up: nobody holds it any more. */
  remove(key: number, message: PendingMessage): void {
    if (!this.#byKey.delete(key)) return;
    this.#bytes -= message.counted;
    if (this.#spare.length >= MAX_SPARE || message.buffer.length > MAX_SPARE_BUFFER) return;
    message.reset();
    this.#spare.push(message);
  }
}
