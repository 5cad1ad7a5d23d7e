import type { FileHandle } from 'node:fs/promises';
import { stat } from 'node:fs/promises';
import { type Problem, ProblemError } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { ByteInput } from './input';
import { grouped } from './parser';
import { Wake } from './wake';

/** How often a followed file is looked at; file-system events do not exist on every mount. */
const POLL_MS = 200;

/** A regular file, read from its start; with `follow`, it waits at the end for what another program appends. */
export class FileInput implements ByteInput {
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly #follow: boolean;
  readonly #warnings: Problem[];
  readonly #wake = new Wake();
  #offset = 0;
  #size: Bytes;
  #closed = false;

  /** Takes ownership of nothing: whoever opened `handle` closes it, after this input. */
  constructor(handle: FileHandle, path: string, size: Bytes, follow: boolean, warnings: Problem[]) {
    this.#handle = handle;
    this.#path = path;
    this.#size = size;
    this.#follow = follow;
    this.#warnings = warnings;
  }

  get consumed(): Bytes {
    return this.#offset;
  }

  get total(): Bytes {
    return Math.max(this.#size, this.#offset);
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    while (!this.#closed) {
      const { bytesRead } = await this.#readAt(target, offset, length);
      this.#offset += bytesRead;
      if (bytesRead > 0) return this.#closed ? 0 : bytesRead;
      if (!this.#follow || !(await this.#mayGrow())) return 0;
      await this.#wake.wait(POLL_MS);
    }
    return 0;
  }

  async #readAt(target: Uint8Array, offset: number, length: number): Promise<{ bytesRead: number }> {
    try {
      return await this.#handle.read(target, offset, length, this.#offset);
    } catch (error) {
      if (this.#closed) return { bytesRead: 0 };
      const reason = error instanceof Error ? error.message : String(error);
      throw new ProblemError({
        code: 'read-failed',
        sentence: `Reading the file failed at byte ${grouped(this.#offset)}: ${reason}.`,
        next: 'Check the disk or the network share, then open the file again.',
      });
    }
  }

  /** False once the followed file was cut or replaced by another one under the same name. */
  async #mayGrow(): Promise<boolean> {
    try {
      const own = await this.#handle.stat();
      this.#size = own.size;
      if (own.size < this.#offset) {
        this.#warnings.push({
          code: 'file-shrank',
          sentence: `The file became shorter (${grouped(own.size)} bytes) than what was read of it already (${grouped(this.#offset)} bytes); following it ended.`,
          next: 'Open it again to see what it holds now.',
        });
        return false;
      }
      const named = await stat(this.#path);
      if (own.size > this.#offset || (named.ino === own.ino && named.dev === own.dev)) return true;
    } catch {
      // The name is gone: deleted, or being rotated.
    }
    this.#warnings.push({
      code: 'file-replaced',
      sentence: 'The file was deleted or replaced by another one; following it ended.',
      next: 'Open the new file to go on.',
    });
    return false;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake.wake();
  }
}
