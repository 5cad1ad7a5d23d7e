import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Stops set-up with a sentence for a person and what to do next. */
export class SetupError extends Error {
  name = 'SetupError';

  constructor(sentence, next) {
    super(sentence);
    this.next = next;
  }
}

/** Prints a `SetupError` as text, anything else with its stack, and exits with `status`. */
export function exitWith(error, status = 1) {
  const text =
    error instanceof SetupError ? `portlight: ${error.message}${error.next ? `\n${error.next}` : ''}` : (error?.stack ?? String(error));
  process.stderr.write(`${text}\n`);
  process.exit(status);
}

/** Runs a program to its end. Its output goes to our standard error unless `options.stdio` says otherwise. Resolves to the exit status. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Runs a short program and gives what it printed, or null when it could not run or failed. */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  return result.status === 0 ? result.stdout : null;
}

/** How to run npm: the one that runs us, else the one on the path. */
export function npm(args) {
  const script = process.env.npm_execpath;
  if (script && /\.c?js$/.test(script) && existsSync(script)) return [process.execPath, [script, ...args], {}];
  return ['npm', args, { shell: process.platform === 'win32' }];
}

/** True when a program of this name is on the path. */
export function hasProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

export const isRoot = () => process.getuid?.() === 0;
