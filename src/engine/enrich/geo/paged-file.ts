import { readSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/base/result';

const PAGE_BITS = 14;
const PAGE = 1 << PAGE_BITS;
const PAGE_MASK = PAGE - 1;
/** Bound of what stays in memory of one file, in pages (64 MiB): all of the databases that ship. When it is full it starts over. */
const MAX_PAGES = (64 << 20) / PAGE;
const NO_BYTES = new Uint8Array(0);

/**
 * Bytes of a file, read as they are asked for. A look-up in a database of 60 MB touches a few pages of it: nothing is loaded up front, and
 * memory grows with what is used. Synchronous, since a page costs microseconds; what cannot be read any more is zero.
 */
export class PagedFile {
  readonly path: string;
  readonly size: number;
  readonly #handle: FileHandle;
  #closed = false;
  #pages: (Uint8Array | undefined)[] = [];
  #held = 0;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  static async open(path: string): Promise<Result<PagedFile>> {
    try {
      const stats = await stat(path);
      // Opening a FIFO would wait for ever.
      if (!stats.isFile()) return fail('geo-unreadable', `${path} is not a file.`);
      return ok(new PagedFile(path, stats.size, await open(path, 'r')));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'ENOENT') return fail('geo-unreadable', `There is no file ${path}.`, 'Check the name.');
      if (code === 'EACCES') return fail('geo-unreadable', `${path} may not be read.`, 'Allow your user to read it.');
      return fail('geo-unreadable', `${path} could not be opened (${String(code)}).`);
    }
  }

  byte(at: number): number {
    const number = Math.floor(at / PAGE);
    return (this.#pages[number] ?? this.#read(number))[at & PAGE_MASK] ?? 0;
  }

  /** Bytes at..at+length, as many as there are; a copy. */
  bytes(at: number, length: number): Uint8Array {
    const end = Math.min(this.size, at + length);
    const bytes = new Uint8Array(Math.max(0, end - at));
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.byte(at + i);
    return bytes;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#pages = [];
    await this.#handle.close();
  }

  #read(number: number): Uint8Array {
    const start = number * PAGE;
    if (this.#closed || start < 0 || start >= this.size) return NO_BYTES;
    const page = new Uint8Array(Math.min(PAGE, this.size - start));
    try {
      readSync(this.#handle.fd, page, 0, page.length, start);
    } catch {
      // The disk is gone: as if the file ended here.
    }
    if (++this.#held > MAX_PAGES) {
      this.#pages = [];
      this.#held = 1;
    }
    this.#pages[number] = page;
    return page;
  }
}
