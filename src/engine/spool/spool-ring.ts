import { type FileHandle, mkdir, open, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Problem, type Result } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import { PcapngFile } from '../sinks/pcapng-file';
import { PagedFrameStore } from '../sources/frame-store';
import type { CaptureInterface, FrameBatch, FrameStore } from '../sources/source';

const APPLICATION = 'Portlight';
/** A ring has about so many files: what goes at a time is a small part of what is kept. */
const SEGMENTS = 32;
const MIN_SEGMENT: Bytes = 1024 * 1024;
const MAX_SEGMENT: Bytes = 256 * 1024 * 1024;
/** Files whose latest pages are cached, 4 MiB each at most. */
const MAX_STORES = 4;

/** Of frames that are not kept: no file begins there. Rows have 48 bits for positions. */
const NOWHERE: Bytes = 2 ** 47;

/** One file of the ring. Positions from `start` on are in it. */
interface Segment {
  readonly path: string;
  readonly start: Bytes;
  readonly file: PcapngFile;
  /** Includes what is being written. */
  size: Bytes;
}

export interface SpoolOptions {
  /** A folder that is made, and removed in the end. */
  readonly folder: string;
  /** Of all files. */
  readonly limit: Bytes;
  /** What is captured, for whoever opens one of the files. */
  readonly name: string;
}

/** Frames in a ring of pcapng files. One writer; readers at any time. A file that cannot be written ends the keeping, not the capture. */
export class SpoolRing implements FrameStore {
  readonly limit: Bytes;
  /** Why frames are not kept any more; null while they are. */
  problem: Problem | null = null;
  readonly #folder: string;
  readonly #name: string;
  readonly #segments: Segment[] = [];
  /** In order of last use. */
  readonly #stores = new Map<Segment, { readonly handle: FileHandle; readonly store: PagedFrameStore }>();
  #numbered = 0;
  #bytes: Bytes = 0;
  #closed = false;

  private constructor({ folder, limit, name }: SpoolOptions) {
    this.#folder = folder;
    this.limit = limit;
    this.#name = name;
  }

  static async create(options: SpoolOptions): Promise<Result<SpoolRing>> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      return ok(new SpoolRing(options));
    } catch (error) {
      return fail(
        'spool-failed',
        `Packets cannot be kept in ${options.folder}: ${error instanceof Error ? error.message : String(error)}.`,
        'Make room there, or give Portlight another data folder (PORTLIGHT_DATA).',
      );
    }
  }

  /** On disk. */
  get bytes(): Bytes {
    return this.#bytes;
  }

  /** Frames before this position are gone. */
  get oldest(): Bytes {
    return this.#segments[0]?.start ?? 0;
  }

  /** Keeps all frames of the batch and puts into it where they are. */
  async add(batch: FrameBatch, interfaces: readonly CaptureInterface[]): Promise<void> {
    const segment = this.problem === null ? await this.#writable() : null;
    const written = await segment?.file.write(batch, interfaces, segment.start);
    if (segment) {
      this.#bytes += segment.file.size - segment.size;
      segment.size = segment.file.size;
    }
    if (written?.ok === false) this.#fail(written.problem.sentence);
    if (!written?.ok) batch.position.fill(NOWHERE, 0, batch.count);
  }

  async read(position: Bytes, length: Bytes): Promise<Uint8Array> {
    const segment = this.#at(position);
    if (segment === null) return new Uint8Array(0);
    try {
      return await (await this.#store(segment)).read(position - segment.start, length);
    } catch {
      // The oldest file may have made room in between: what is not there is missing from the answer.
      return new Uint8Array(0);
    }
  }

  /** Closes all files and removes them. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#segments.at(-1)?.file.close(null);
    for (const segment of [...this.#stores.keys()]) await this.#closeStore(segment);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** The newest file; a new one where that is full. */
  async #writable(): Promise<Segment | null> {
    const newest = this.#segments.at(-1);
    const full = Math.min(MAX_SEGMENT, Math.max(MIN_SEGMENT, this.limit / SEGMENTS));
    if (newest !== undefined && newest.size < full) return newest;
    await newest?.file.close(null);
    while (this.#bytes + full > this.limit && this.#segments.length > 1) await this.#dropOldest();
    const path = join(this.#folder, `${String(++this.#numbered).padStart(6, '0')}.pcapng`);
    const options = { application: APPLICATION, interfaceName: this.#name, captureFilter: null };
    const made = await PcapngFile.create(path, options);
    if (!made.ok) {
      this.#fail(made.problem.sentence);
      return null;
    }
    const segment: Segment = { path, start: newest ? newest.start + newest.size : 0, file: made.value, size: 0 };
    this.#segments.push(segment);
    return segment;
  }

  async #dropOldest(): Promise<void> {
    const oldest = this.#segments.shift();
    if (oldest === undefined) return;
    this.#bytes -= oldest.size;
    await this.#closeStore(oldest);
    await unlink(oldest.path).catch(() => undefined);
  }

  #fail(sentence: string): void {
    this.problem ??= {
      code: 'spool-failed',
      sentence: `${sentence} The capture goes on, but the bytes of its packets are not kept any more.`,
      next: 'Make room on the disk and start the capture again.',
    };
  }

  #at(position: Bytes): Segment | null {
    for (let i = this.#segments.length - 1; i >= 0; i--) {
      const segment = this.#segments[i];
      if (segment && segment.start <= position) return position < segment.start + segment.size ? segment : null;
    }
    return null;
  }

  async #store(segment: Segment): Promise<PagedFrameStore> {
    const known = this.#stores.get(segment);
    if (known) {
      this.#stores.delete(segment);
      this.#stores.set(segment, known);
      return known.store;
    }
    const handle = await open(segment.path, 'r');
    const store = new PagedFrameStore(handle);
    this.#stores.set(segment, { handle, store });
    const [oldest] = this.#stores.keys();
    if (this.#stores.size > MAX_STORES && oldest) await this.#closeStore(oldest);
    return store;
  }

  async #closeStore(segment: Segment): Promise<void> {
    const open = this.#stores.get(segment);
    if (!open) return;
    this.#stores.delete(segment);
    open.store.close();
    await open.handle.close();
  }
}
