import type { FileHandle } from 'node:fs/promises';
import type { Bytes } from '../../shared/model/units';
import type { FrameStore } from './source';

/** One page holds the frames of several screens of the packet list; 16 of them are 4 MiB. */
const PAGE: Bytes = 256 * 1024;
const MAX_PAGES = 16;
/** Longest single answer; frames are far shorter, and a wrong length must not allocate without bound. */
const MAX_READ: Bytes = 16 * 1024 * 1024;

/** Reads from a file by position through a few cached pages, because neighbours are asked for one after the other. */
export class PagedFrameStore implements FrameStore {
  readonly #handle: FileHandle;
  /** In order of last use. */
  readonly #pages = new Map<number, Promise<Uint8Array>>();
  #closed = false;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async read(position: Bytes, length: Bytes): Promise<Uint8Array> {
    const wanted = Math.min(length, MAX_READ);
    if (this.#closed || !(position >= 0) || !(wanted > 0)) return new Uint8Array(0);
    const result = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted) {
      const at = position + filled;
      const index = Math.floor(at / PAGE);
      const inPage = at - index * PAGE;
      const page = await this.#page(index, Math.min(PAGE, inPage + wanted - filled));
      const part = page.subarray(inPage, inPage + wanted - filled);
      if (part.length === 0) break;
      result.set(part, filled);
      filled += part.length;
    }
    return filled === wanted ? result : result.subarray(0, filled);
  }

  /** The page with at least `needed` bytes, if the file has them: the last page of a growing file is read again. */
  async #page(index: number, needed: Bytes): Promise<Uint8Array> {
    const cached = this.#pages.get(index);
    if (cached !== undefined) {
      this.#pages.delete(index);
      this.#pages.set(index, cached);
      const page = await cached;
      if (page.length >= needed) return page;
    }
    const loading = this.#load(index);
    this.#pages.delete(index);
    this.#pages.set(index, loading);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break;
      this.#pages.delete(oldest);
    }
    return loading;
  }

  async #load(index: number): Promise<Uint8Array> {
    const page = new Uint8Array(PAGE);
    let filled = 0;
    try {
      while (filled < PAGE) {
        const { bytesRead } = await this.#handle.read(page, filled, PAGE - filled, index * PAGE + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch {
      // What could not be read is missing from the answer, as the interface says.
    }
    return page.subarray(0, filled);
  }

  close(): void {
    this.#closed = true;
    this.#pages.clear();
  }
}
