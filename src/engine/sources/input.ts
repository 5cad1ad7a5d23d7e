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

/** Gives `prefix` back in front of an input from which it was read to look at its first bytes. */
export class PrefixedInput implements ByteInput {
  readonly #input: ByteInput;
  #prefix: Uint8Array;

  constructor(prefix: Uint8Array, input: ByteInput) {
    this.#prefix = prefix;
    this.#input = input;
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    const count = Math.min(length, this.#prefix.length);
    if (count === 0) return this.#input.read(target, offset, length);
    target.set(this.#prefix.subarray(0, count), offset);
    this.#prefix = this.#prefix.subarray(count);
    return count;
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
