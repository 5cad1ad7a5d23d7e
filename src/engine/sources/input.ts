import type { Bytes } from '../../shared/model/units';

/** A pull stream of bytes below the capture format: a file, a pipe, or a decompressor on top of either. */
export interface ByteInput {
  /**
   * Waits for at least one byte and copies what is there, at most `length` bytes, to `target[offset..]`; 0 at the end.
   * One call at a time. Rejects with `ProblemError` only: everything delivered before is good, nothing follows.
   */
  read(target: Uint8Array, offset: number, length: number): Promise<number>;
  /** Bytes taken from the stored input (compressed bytes where it is compressed). */
  readonly consumed: Bytes;
  /** Size of the stored input; null where unknown. */
  readonly total: Bytes | null;
  /** Ends a waiting `read` with 0. Idempotent. */
  close(): Promise<void>;
}

/** Bytes fetched at once for somebody who asks for few. */
const BUFFER: Bytes = 64 * 1024;

/**
 * Turns many small reads into few large ones, and lets the first bytes be looked at before they are read.
 */
export class BufferedInput implements ByteInput {
  readonly #input: ByteInput;
  readonly #buffer = new Uint8Array(BUFFER);
  #from = 0;
  #to = 0;

  constructor(input: ByteInput) {
    this.#input = input;
  }

  /** Reads until at least `count` bytes are buffered, or all there are; gives those that are, to be read again. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#to - this.#from < count && (await this.#fill()));
    return this.#buffer.subarray(this.#from, this.#to);
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    if (this.#from === this.#to) {
      if (length >= BUFFER) return this.#input.read(target, offset, length);
      this.#from = this.#to = 0;
      if (!(await this.#fill())) return 0;
    }
    const count = Math.min(length, this.#to - this.#from);
    target.set(this.#buffer.subarray(this.#from, this.#from + count), offset);
    this.#from += count;
    return count;
  }

  async #fill(): Promise<boolean> {
    const count = await this.#input.read(this.#buffer, this.#to, BUFFER - this.#to);
    this.#to += count;
    return count > 0;
  }

  get consumed(): Bytes {
    return this.#input.consumed;
  }

  get total(): Bytes | null {
    return this.#input.total;
  }

  close(): Promise<void> {
    return this.#input.close();
  }
}

/** Reads until `target` is full or the input ends; gives the number of bytes read. */
export async function readFully(input: ByteInput, target: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < target.length) {
    const count = await input.read(target, filled, target.length - filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}
