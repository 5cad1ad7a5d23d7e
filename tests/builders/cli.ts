import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const SCRIPT = resolve('scripts', 'cli.mjs');

/** Runs a program to its end; `input` goes to its standard input. */
export function runProgram(command: string, args: readonly string[], input: Uint8Array = new Uint8Array(0)): Promise<CliResult> {
  return new Promise((settle, reject) => {
    const child = spawn(command, args, { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // It may have had enough before it read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', reject).on('close', (status) => settle({ status, stdout, stderr }));
  });
}

/** The command line of the checkout, built when it is stale. */
export const runCli = (args: readonly string[], input?: Uint8Array): Promise<CliResult> =>
  runProgram(process.execPath, [SCRIPT, ...args], input);

/** For a shell: the command line with its arguments, quoted. */
export const cliCommand = (...args: readonly string[]): string =>
  [process.execPath, SCRIPT, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
