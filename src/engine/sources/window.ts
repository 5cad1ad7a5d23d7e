import { type Problem, ProblemError } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { ByteInput } from './input';

/** Room in front of a chunk for the record that began in the chunk before: the longest frame with its headers and options. */
const HEADROOM: Bytes = 320 * 1024;
/** Measured: from 512 KiB to 4 MiB alike; less costs calls, more costs cache. */
const CHUNK: Bytes = 1024 * 1024;
/** Chunks begin small and grow while they come full, so that small captures and slow streams take little memory. */
const FIRST_CHUNK: Bytes = 64 * 1024;

/**
 * The part of the byte stream that is in memory: `bytes[from..to)`, of which `bytes[0]` is at stream position `base`. The next chunk is
 * read into a second buffer meanwhile. Memory is two chunks, and more only while one record needs it: whoever parses refuses longer
 * records than it allows.
 */
export class InputWindow {
  bytes: Uint8Array;
  view: DataView;
  from = 0;
  to = 0;
  base: Bytes = 0;
  /** Why the input ended, where it did not end by itself. */
  problem: Problem | null = null;
  readonly #input: ByteInput;
  #chunk = FIRST_CHUNK;
  #spare: Uint8Array;
  #reading: Promise<void> | null = null;
  #arrived = -1;

  constructor(input: ByteInput) {
    this.#input = input;
    this.bytes = new Uint8Array(0);
    this.#spare = this.bytes;
    this.view = new DataView(this.bytes.buffer);
  }

  /** Position of the next unread byte in the stream. */
  get position(): Bytes {
    return this.base + this.from;
  }

  /**
   * Makes more bytes follow those not yet parsed; may replace or overwrite what is before `from`. 'waiting' where nothing came within
   * `waitMs` (the read goes on), 'end' where nothing follows.
   */
  async advance(waitMs: number): Promise<'data' | 'waiting' | 'end'> {
    if (this.problem !== null || this.#arrived === 0) return 'end';
    this.#reading ??= this.#startRead();
    if (this.#arrived < 0) await within(this.#reading, waitMs);
    if (this.#arrived < 0) return 'waiting';
    if (this.#arrived === 0) return 'end';
    this.#join(this.#arrived);
    if (this.#arrived === this.#chunk) this.#chunk = Math.min(CHUNK, this.#chunk * 4);
    this.#arrived = -1;
    this.#reading = this.#startRead();
    return 'data';
  }

  #startRead(): Promise<void> {
    const needed = Math.min(HEADROOM, this.#chunk) + this.#chunk;
    if (this.#spare.length < needed) this.#spare = new Uint8Array(needed);
    const offset = this.#spare.length - this.#chunk;
    return this.#input.read(this.#spare, offset, this.#chunk).then(
      (count) => {
        this.#arrived = count;
      },
      (error: unknown) => {
        this.#arrived = 0;
        this.problem = problemOf(error);
      },
    );
  }

  /** Copies the shorter of the unparsed rest and the new bytes, so that small chunks and long records stay linear. */
  #join(count: number): void {
    const rest = this.to - this.from;
    const offset = this.#spare.length - this.#chunk;
    if (count < rest && count <= this.bytes.length - this.to) {
      this.bytes.set(this.#spare.subarray(offset, offset + count), this.to);
      this.to += count;
      return;
    }
    const next = rest <= offset ? this.#spare : new Uint8Array(rest * 2 + this.#chunk);
    const at = next === this.#spare ? offset - rest : 0;
    if (next !== this.#spare) next.set(this.#spare.subarray(offset, offset + count), rest);
    next.set(this.bytes.subarray(this.from, this.to), at);
    this.base += this.from - at;
    this.from = at;
    this.to = at + rest + count;
    if (next === this.#spare) this.#spare = this.bytes;
    this.bytes = next;
    this.view = new DataView(next.buffer);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'read-failed', sentence: `Reading stopped: ${text}.` };
}

async function within(promise: Promise<void>, ms: number): Promise<void> {
  if (!Number.isFinite(ms)) return promise;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms));
  });
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
