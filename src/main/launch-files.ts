import { resolve } from 'node:path';

/**
 * The files among a process's arguments, as absolute paths: what is left without Chromium's switches and, in a development start
 * (`electron FOLDER FILE...`), the application's folder.
 */
export function filesFromArguments(argv: readonly string[], cwd: string, isDevelopmentStart: boolean): string[] {
  const named = argv.slice(1).filter((argument) => argument !== '' && !argument.startsWith('-'));
  return named.slice(isDevelopmentStart ? 1 : 0).map((path) => resolve(cwd, path));
}

/** Holds files until the page asks for them, then hands new ones over as they come. */
export class LaunchFiles {
  #waiting: string[] = [];
  #push: ((paths: readonly string[]) => void) | null = null;

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    if (this.#push) this.#push(paths);
    else this.#waiting.push(...paths);
  }

  /** From now on files go to `push`; those that waited are the result. */
  take(push: (paths: readonly string[]) => void): readonly string[] {
    this.#push = push;
    return this.#waiting.splice(0);
  }

  /** The page went away: files wait for the next one. */
  release(): void {
    this.#push = null;
  }
}
