import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../shared/base/result';
import type { Bytes } from '../../shared/model/units';
import type { ByteInput } from './input';

/** A temporary file that only this user can read and that is gone when the process ends, however it ends. */
export interface TemporaryFile {
  readonly handle: FileHandle;
  /** Removes the file's name where that could not be done at once. The handle is closed before. */
  remove(): Promise<void>;
}

export async function createTemporaryFile(): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'portlight-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  let handle: FileHandle;
  try {
    handle = await open(join(folder, 'spool'), 'wx+', 0o600);
  } catch (error) {
    await remove();
    throw error;
  }
  // Without a name, the file lives as long as its handle, so that even a killed process leaves nothing. Windows cannot do that.
  if (process.platform !== 'win32') await remove();
  return { handle, remove };
}

/** Writes every byte that passes to a file, in order, from its start. */
export class SpoolingInput implements ByteInput {
  readonly #input: ByteInput;
  readonly #handle: FileHandle;
  readonly #warnings: Problem[];
  #written = 0;
  #failed = false;
  #closed = false;

  constructor(input: ByteInput, handle: FileHandle, warnings: Problem[]) {
    this.#input = input;
    this.#handle = handle;
    this.#warnings = warnings;
  }

  get consumed(): Bytes {
    return this.#input.consumed;
  }

  get total(): Bytes | null {
    return this.#input.total;
  }

  async read(target: Uint8Array, offset: number, length: number): Promise<number> {
    const count = await this.#input.read(target, offset, length);
    if (count > 0 && !this.#failed && !this.#closed) await this.#write(target, offset, count);
    return count;
  }

  async #write(source: Uint8Array, offset: number, length: number): Promise<void> {
    try {
      for (let done = 0; done < length; ) {
        const { bytesWritten } = await this.#handle.write(source, offset + done, length - done, this.#written);
        done += bytesWritten;
        this.#written += bytesWritten;
      }
    } catch (error) {
      if (this.#closed) return;
      this.#failed = true;
      this.#warnings.push({
        code: 'spool-failed',
        sentence: `Packet bytes could not be kept in the temporary folder (${error instanceof Error ? error.message : String(error)}); details of later packets are not available.`,
        next: `Make room in ${tmpdir()}, or decompress the capture before opening it.`,
      });
    }
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#input.close();
  }
}
