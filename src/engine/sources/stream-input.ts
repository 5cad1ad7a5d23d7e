import type { Readable } from 'node:stream';
import { ProblemError } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { ByteInput } from './input';
import { Wake } from './wake';

/** Standard input, a pipe, an SSH channel: any readable stream of bytes. Its own back-pressure holds while nobody reads. */
export class StreamInput implements ByteInput {
  readonly total = null;
  readonly #stream: Readable;
  readonly #wake = new Wake();
  readonly #listener = (): void => this.#wake.wake();
  readonly #onError = (error: Error): void => {
    this.#error = error;
    this.#wake.wake();
  };
  #rest: Uint8Array | null = null;
  #error: Error | null = null;
  #ended = false;
  #consumed = 0;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('readable', this.#listener);
    stream.on('end', this.#listener);
    stream.on('close', this.#listener);
    stream.on('error', this.#onError);
  }

  get consumed(): Bytes {
    return this.#consumed;
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    for (;;) {
      if (this.#ended) return 0;
      const count = this.#take(target, offset, length);
      if (count > 0) return count;
      if (this.#error !== null) {
        throw new ProblemError({
          code: 'stream-failed',
          sentence: `The stream ended with an error: ${this.#error.message}.`,
          next: 'Check the program that sends it.',
        });
      }
      if (this.#stream.readableEnded || this.#stream.destroyed) return 0;
      await this.#wake.wait();
    }
  }

  #take(target: Uint8Array, offset: number, length: number): number {
    let filled = 0;
    while (filled < length) {
      const chunk = this.#rest ?? bytesOf(this.#stream.read());
      if (chunk === null) break;
      const count = Math.min(chunk.length, length - filled);
      target.set(count === chunk.length ? chunk : chunk.subarray(0, count), offset + filled);
      this.#rest = count === chunk.length ? null : chunk.subarray(count);
      filled += count;
    }
    this.#consumed += filled;
    return filled;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#rest = null;
    this.#stream.off('readable', this.#listener);
    this.#stream.off('end', this.#listener);
    // A late error must find a listener, or it would end the process.
    this.#stream.destroy();
    this.#wake.wake();
  }
}

function bytesOf(chunk: unknown): Uint8Array | null {
  if (chunk instanceof Uint8Array) return chunk;
  return typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : null;
}
