import { setImmediate } from 'node:timers/promises';
import { Decompress } from 'fzstd';
import { ProblemError } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import { type ByteInput, readFully } from './input';
import { grouped } from './parser';

/** RFC 8878 section 3.1.1.2.4: no block is longer, compressed or not. */
const MAX_BLOCK: Bytes = 128 * 1024;
/** Blocks decompressed before others get their turn: 1 MiB, which takes about 6 ms. */
const BLOCKS_PER_TURN = 8;
/** zstd's own default bound (--long=27). The window is what decompressing holds in memory. */
const MAX_WINDOW: Bytes = 128 * 1024 * 1024;

/**
 * RFC 8878 Zstandard, with skippable and several frames. Frames are taken apart into blocks here: one block in gives at most 128 KiB out,
 * so no ratio can fill the memory, a window is refused before it is allocated, and a cut is told from damage.
 */
export class ZstdInput implements ByteInput {
  readonly #input: ByteInput;
  readonly #block = new Uint8Array(MAX_BLOCK + 3);
  #decoder: Decompress | null = null;
  /** The frame's header until its first block goes along with it. */
  #frameHeader: Uint8Array | null = null;
  #checksum = false;
  #ready: Uint8Array | null = null;
  #blocks = 0;
  #produced = 0;
  #closed = false;

  constructor(input: ByteInput) {
    this.#input = input;
  }

  get consumed(): Bytes {
    return this.#input.consumed;
  }

  get total(): Bytes | null {
    return this.#input.total;
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    while (!this.#closed) {
      if (this.#ready !== null && this.#ready.length > 0) {
        const count = Math.min(length, this.#ready.length);
        target.set(this.#ready.subarray(0, count), offset);
        this.#ready = this.#ready.subarray(count);
        this.#produced += count;
        return count;
      }
      if (this.#decoder === null) {
        if (!(await this.#readFrameHeader())) return 0;
      } else await this.#readBlock();
    }
    return 0;
  }

  /** False at the end of the input. Skips a skippable frame. */
  async #readFrameHeader(): Promise<boolean> {
    const magic = new Uint8Array(4);
    const got = await readFully(this.#input, magic);
    if (got === 0) return false;
    if (got < 4) throw this.#cut();
    const value = new DataView(magic.buffer).getUint32(0, true);
    if (value >>> 4 === 0x184d2a5) {
      let left = new DataView((await this.#take(4)).buffer).getUint32(0, true);
      while (left > 0) left -= (await this.#take(Math.min(left, MAX_BLOCK))).length;
      return true;
    }
    if (value !== 0xfd2fb528) throw this.#damaged('what follows is not a frame');
    const descriptor = (await this.#take(1))[0] ?? 0;
    const singleSegment = (descriptor & 0x20) !== 0;
    const sizeFlag = descriptor >>> 6;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    const sizeBytes = sizeFlag === 0 ? Number(singleSegment) : 1 << sizeFlag;
    const rest = await this.#take(Number(!singleSegment) + dictionaryBytes + sizeBytes);
    const window = windowSize(rest, singleSegment, dictionaryBytes, sizeFlag);
    if (window > MAX_WINDOW) {
      throw new ProblemError({
        code: 'compressed-window',
        sentence: `The zstd data needs a window of ${grouped(window)} bytes; at most ${grouped(MAX_WINDOW)} are allowed.`,
        next: 'Decompress it first: zstd -d --long=31 FILE',
      });
    }
    // The checksum is not fed: the decoder does not verify it, and its end of frame is told by the last block.
    this.#checksum = (descriptor & 4) !== 0;
    this.#frameHeader = Uint8Array.of(...magic, descriptor & ~4, ...rest);
    this.#decoder = new Decompress((data) => {
      if (data.length > 0) this.#ready = this.#ready === null || this.#ready.length === 0 ? data : joined(this.#ready, data);
    });
    return true;
  }

  async #readBlock(): Promise<void> {
    if (++this.#blocks % BLOCKS_PER_TURN === 0) await setImmediate();
    const header = await this.#take(3);
    const word = (header[0] ?? 0) | ((header[1] ?? 0) << 8) | ((header[2] ?? 0) << 16);
    const last = (word & 1) !== 0;
    const type = (word >>> 1) & 3;
    const size = word >>> 3;
    if (type === 3 || size > MAX_BLOCK) throw this.#damaged('a block header is impossible');
    const content = type === 1 ? 1 : size;
    const block = this.#block.subarray(0, 3 + content);
    block.set(header);
    if ((await readFully(this.#input, block.subarray(3))) < content) throw this.#cut();
    const frameHeader = this.#frameHeader;
    this.#frameHeader = null;
    try {
      // Copies: the decoder keeps what it is given until it has 18 bytes.
      this.#decoder?.push(frameHeader === null ? block.slice() : joined(frameHeader, block), last);
    } catch (error) {
      throw this.#damaged(error instanceof Error ? error.message : String(error));
    }
    if (!last) return;
    this.#decoder = null;
    if (this.#checksum) await this.#take(4);
  }

  async #take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(count);
    if ((await readFully(this.#input, bytes)) < count) throw this.#cut();
    return bytes;
  }

  #cut(): ProblemError {
    return new ProblemError({
      code: 'compressed-cut',
      sentence: `The zstd data is cut off after ${grouped(this.#produced + (this.#ready?.length ?? 0))} decompressed bytes.`,
      next: 'Copy or download the file again; what came before is shown.',
    });
  }

  #damaged(reason: string): ProblemError {
    return new ProblemError({
      code: 'compressed-damaged',
      sentence: `The zstd data is damaged (${reason}) after ${grouped(this.#produced + (this.#ready?.length ?? 0))} decompressed bytes.`,
      next: 'Copy or download the file again; what came before is shown.',
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#decoder = null;
    this.#ready = null;
    await this.#input.close();
  }
}

/** RFC 8878 section 3.1.1.1: from the window descriptor, or in a single segment from the content's size. `rest` follows the descriptor. */
function windowSize(rest: Uint8Array, singleSegment: boolean, dictionaryBytes: number, sizeFlag: number): Bytes {
  if (!singleSegment) {
    const descriptor = rest[0] ?? 0;
    const base = 2 ** (10 + (descriptor >>> 3));
    return base + (base / 8) * (descriptor & 7);
  }
  let size = 0;
  for (let at = rest.length - 1; at >= dictionaryBytes; at--) size = size * 256 + (rest[at] ?? 0);
  return sizeFlag === 1 ? size + 256 : size;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
