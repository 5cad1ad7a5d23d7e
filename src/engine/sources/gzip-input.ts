import { createGunzip, type Gunzip } from 'node:zlib';
import { type Problem, ProblemError } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { ByteInput } from './input';
import { grouped } from './parser';
import { Wake } from './wake';

/** Compressed bytes given to zlib at once. Measured: 4 KiB takes twice as long, more than 16 KiB is no faster. */
const PIECE: Bytes = 16 * 1024;
const OUTPUT: Bytes = 64 * 1024;

/**
 * RFC 1952 gzip, several members in a row included. Only one output buffer is decompressed ahead, whatever the ratio is.
 *
 * zlib gives nothing of a piece in which it meets damage. Where the input can be read again (`reopen`), that is done up to the bad piece,
 * which is then fed byte by byte, so that everything before the damage is delivered.
 */
export class GzipInput implements ByteInput {
  readonly #input: ByteInput;
  readonly #reopen: (() => ByteInput) | null;
  readonly #wake = new Wake();
  readonly #piece = new Uint8Array(PIECE);
  #source: ByteInput;
  #gunzip: Gunzip;
  #ready: Uint8Array[] = [];
  #error: (Error & { code?: string }) | null = null;
  #writing = false;
  #ended = false;
  #closed = false;
  /** Compressed bytes fed, and how many of them before the last piece. */
  #fed = 0;
  #fedBefore = 0;
  #produced = 0;
  /** Set while reading for the second time: where to begin byte by byte, and decompressed bytes that were delivered already. */
  #slowFrom = Number.POSITIVE_INFINITY;
  #discard = 0;

  constructor(input: ByteInput, reopen: (() => ByteInput) | null) {
    this.#input = input;
    this.#source = input;
    this.#reopen = reopen;
    this.#gunzip = this.#start();
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
      if (this.#error !== null) this.#restartOrThrow(this.#error);
      if (this.#ended) return 0;
      if (this.#gunzip.isPaused()) this.#gunzip.resume();
      if (this.#writing) await this.#wake.wait();
      else await this.#feed();
    }
    return 0;
  }

  #start(): Gunzip {
    const gunzip = createGunzip({ chunkSize: OUTPUT });
    gunzip.on('data', (chunk: Uint8Array) => {
      this.#ready.push(chunk);
      gunzip.pause();
      this.#wake.wake();
    });
    gunzip.on('end', () => {
      this.#ended = true;
      this.#wake.wake();
    });
    gunzip.on('error', (error) => {
      this.#error = error;
      this.#wake.wake();
    });
    return gunzip;
  }

  #take(target: Uint8Array, offset: number, length: number): number {
    for (let chunk = this.#ready[0]; chunk !== undefined; chunk = this.#ready[0]) {
      const skipped = Math.min(this.#discard, chunk.length);
      const count = Math.min(chunk.length - skipped, length);
      target.set(chunk.subarray(skipped, skipped + count), offset);
      this.#discard -= skipped;
      if (skipped + count === chunk.length) this.#ready.shift();
      else this.#ready[0] = chunk.subarray(skipped + count);
      this.#produced += count;
      if (count > 0) return count;
    }
    return 0;
  }

  async #feed(): Promise<void> {
    const slow = this.#fed >= this.#slowFrom;
    const count = await this.#source.read(this.#piece, 0, slow ? 1 : Math.min(PIECE, this.#slowFrom - this.#fed));
    if (this.#closed) return;
    this.#writing = true;
    if (count === 0) {
      this.#gunzip.end();
      return;
    }
    this.#fedBefore = this.#fed;
    this.#fed += count;
    this.#gunzip.write(this.#piece.subarray(0, count), () => {
      this.#writing = false;
      this.#wake.wake();
    });
  }

  #restartOrThrow(error: Error & { code?: string }): void {
    const cut = error.code === 'Z_BUF_ERROR';
    if (cut || this.#reopen === null || this.#slowFrom !== Number.POSITIVE_INFINITY) throw new ProblemError(this.#problem(error, cut));
    this.#slowFrom = this.#fedBefore;
    this.#discard = this.#produced;
    this.#fed = 0;
    this.#error = null;
    this.#writing = false;
    this.#source = this.#reopen();
    this.#gunzip = this.#start();
  }

  #problem(error: Error, cut: boolean): Problem {
    const what = cut ? 'is cut off' : `is damaged (${error.message})`;
    return {
      code: cut ? 'compressed-cut' : 'compressed-damaged',
      sentence: `The gzip data ${what} after ${grouped(this.#produced)} decompressed bytes.`,
      next: 'Copy or download the file again; what came before is shown.',
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#gunzip.destroy();
    this.#wake.wake();
    if (this.#source !== this.#input) await this.#source.close();
    await this.#input.close();
  }
}
