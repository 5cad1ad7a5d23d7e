/** Directions of flows that may be inside a message at once; the one that waited longest is given up first. */
const MAX_PENDING = 16_384;
/** Bytes that all of them may keep. */
const MAX_PENDING_BYTES = 64 << 20;
/** Bytes of one message whose length is not told yet; a head that is longer is not one. */
export const MAX_UNFRAMED = 64 * 1024;

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
  /** First bytes of the message, at most what its protocol keeps. */
  kept = new Uint8Array(512);
  keptLength = 0;
  /** Bytes that could not be framed yet; they follow everything that was counted. */
  tail = new Uint8Array(0);
  /** Rows that hold the kept bytes and the tail, and where the message began in the first one's payload. */
  rows: number[] = [];
  offset = 0;

  keep(bytes: Uint8Array, start: number, end: number, limit: number): void {
    const length = Math.min(end - start, limit - this.keptLength);
    if (length <= 0) return;
    const need = this.keptLength + length;
    if (need > this.kept.length) {
      const grown = new Uint8Array(Math.min(limit, Math.max(need, this.kept.length * 2)));
      grown.set(this.kept.subarray(0, this.keptLength));
      this.kept = grown;
    }
    this.kept.set(bytes.subarray(start, start + length), this.keptLength);
    this.keptLength = need;
  }

  get bytes(): number {
    return this.kept.length + this.tail.length + this.rows.length * 8;
  }
}

/** All messages that wait, by `flow * 2 + direction`, in the order they were touched. */
export class PendingMessages {
  /** Given up for want of room. */
  abandoned = 0;
  readonly #byKey = new Map<number, PendingMessage>();
  #bytes = 0;

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
