import { execFile } from 'node:child_process';

/** Neither listing interfaces nor compiling a filter takes so long. */
const LONGEST_MS = 15_000;
/** A machine with thousands of interfaces says less. */
const MOST_OUTPUT = 16 * 1024 * 1024;

export interface Answer {
  /** Null: it could not be started, or did not end in time. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the capturing programs for a short answer; never rejects. */
export function ask(path: string, args: readonly string[]): Promise<Answer> {
  const options = {
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C' },
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT,
  } as const;
  return new Promise((settle) => {
    const child = execFile(path, args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      settle({ status, stdout, stderr: stderr === '' && error !== null ? error.message : stderr });
    });
    child.stdin?.end();
  });
}
