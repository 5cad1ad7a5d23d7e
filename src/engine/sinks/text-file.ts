import { type FileHandle, open } from 'node:fs/promises';
import type { Bytes } from '../../shared/model/units';

/** Characters that are collected before they are written. */
const BUFFER = 1 << 18;

/** A new text file in UTF-8, written in large pieces; its methods throw what the system says. */
export class TextFile {
  readonly #handle: FileHandle;
  #pieces: string[] = [];
  #waiting = 0;
  #bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Only the user can read it. One of this name may not be there. */
  static async create(path: string): Promise<TextFile> {
    return new TextFile(await open(path, 'wx', 0o600));
  }

  get bytes(): Bytes {
    return this.#bytes;
  }

  /** Takes the text; what has to be waited for is given back. */
  put(text: string): Promise<void> | undefined {
    this.#pieces.push(text);
    this.#waiting += text.length;
    return this.#waiting >= BUFFER ? this.#flush() : undefined;
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    try {
      await this.#flush();
    } finally {
      await this.#handle.close();
    }
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#pieces.join(''), 'utf8');
    this.#pieces = [];
    this.#waiting = 0;
    this.#bytes += bytes.length;
    if (bytes.length > 0) await this.#handle.writeFile(bytes);
  }
}
