import { createGunzip, type Gunzip } from 'node:zlib';
import { ProblemError } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { ByteInput } from './input';
import { grouped } from './parser';
import { Wake } from './wake';

/** Compressed bytes given to zlib at once. Small, because what a damaged piece still held is lost with it. */
const PIECE: Bytes = 16 * 1024;
const OUTPUT: Bytes = 64 * 1024;

/** RFC 1952 gzip, several members in a row included. Only one output buffer is decompressed ahead, whatever the ratio is. */
export class GzipInput implements ByteInput {
  readonly #input: ByteInput;
  readonly #gunzip: Gunzip;
  readonly #wake = new Wake();
  readonly #piece = new Uint8Array(PIECE);
  readonly #ready: Uint8Array[] = [];
  #error: (Error & { code?: string }) | null = null;
  #writing = false;
  #ended = false;
  #closed = false;
  #produced = 0;

  constructor(input: ByteInput) {
    this.#input = input;
    this.#gunzip = createGunzip({ chunkSize: OUTPUT });
    this.#gunzip.on('data', (chunk: Uint8Array) => {
      this.#ready.push(chunk);
      this.#gunzip.pause();
      this.#wake.wake();
    });
    this.#gunzip.on('end', () => {
      this.#ended = true;
      this.#wake.wake();
    });
    this.#gunzip.on('error', (error) => {
      this.#error = error;
      this.#wake.wake();
    });
  }

  get consumed(): Bytes {
    return this.#input.consumed;
  }

  get total(): Bytes | null {
    return this.#input.total;
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    while (!this.#closed) {
      const count = this.#take(target, offset, length);
      if (count > 0) return count;
      if (this.#error !== null) throw new ProblemError(this.#problem(this.#error));
      if (this.#ended) return 0;
      if (this.#gunzip.isPaused()) this.#gunzip.resume();
      if (this.#writing) await this.#wake.wait();
      else await this.#feed();
    }
    return 0;
  }

  #take(target: Uint8Array, offset: number, length: number): number {
    const chunk = this.#ready[0];
    if (chunk === undefined) return 0;
    const count = Math.min(chunk.length, length);
    target.set(count === chunk.length ? chunk : chunk.subarray(0, count), offset);
    if (count === chunk.length) this.#ready.shift();
    else this.#ready[0] = chunk.subarray(count);
    this.#produced += count;
    return count;
  }

  async #feed(): Promise<void> {
    const count = await this.#input.read(this.#piece, 0, PIECE);
    if (this.#closed) return;
    this.#writing = true;
    const done = (): void => {
      this.#writing = false;
      this.#wake.wake();
    };
    if (count > 0) this.#gunzip.write(this.#piece.subarray(0, count), done);
    else this.#gunzip.end();
  }

  #problem(error: Error & { code?: string }) {
    const cut = error.code === 'Z_BUF_ERROR';
    return {
      code: cut ? 'compressed-cut' : 'compressed-damaged',
      sentence: `${cut ? 'The gzip data is cut off' : `The gzip data is damaged (${error.message})`} after ${grouped(this.#produced)} decompressed bytes.`,
      next: 'Copy or download the file again; what came before is shown.',
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#gunzip.destroy();
    this.#wake.wake();
    await this.#input.close();
  }
}
