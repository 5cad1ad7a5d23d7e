import { writeSync } from 'node:fs';
import type { Problem } from '../shared/base/result';

/** Exit statuses of the command line (a stable contract). */
export const Exit = { Done: 0, Failed: 1, Usage: 2 } as const;

const FLUSH_AT = 1 << 16;
const RETRY_MS = 5;

/** Standard output in large pieces. A reader that closes the pipe (`| head`) ends the program quietly. */
export class Output {
  #pieces: string[] = [];
  #length = 0;
  /** The reader is gone: nothing more needs to be made. */
  closed = false;

  line(text: string): void {
    this.#pieces.push(text, '\n');
    this.#length += text.length + 1;
    if (this.#length >= FLUSH_AT) this.flush();
  }

  flush(): void {
    const bytes = Buffer.from(this.#pieces.join(''), 'utf8');
    this.#pieces = [];
    this.#length = 0;
    for (let at = 0; at < bytes.length && !this.closed; ) {
      try {
        at += writeSync(1, bytes, at);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
        else if (code === 'EPIPE') this.closed = true;
        else throw error;
      }
    }
  }
}

/** One sentence on standard error, with the next step. */
export function complain(problem: Problem): void {
  process.stderr.write(`portlight: ${problem.sentence}${problem.next ? ` ${problem.next}` : ''}\n`);
}

/** Text for a tab-separated cell: what would break the line is made visible. */
export const cell = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) =>
    c === '\t' ? '\\t' : c === '\n' ? '\\n' : c === '\r' ? '\\r' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
