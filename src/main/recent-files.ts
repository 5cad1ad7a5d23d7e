import { isAbsolute } from 'node:path';
import { MAX_RECENT_FILES } from '../shared/contract/desktop';
import { readJsonFile, writeJsonFile } from './json-file';

/** The files opened last, newest first, kept in one JSON file. */
export class RecentFiles {
  readonly #store: string;
  #paths: readonly string[];

  constructor(store: string) {
    this.#store = store;
    const stored = readJsonFile(store);
    this.#paths = Array.isArray(stored) ? stored.filter(isPath).slice(0, MAX_RECENT_FILES) : [];
  }

  list(): readonly string[] {
    return this.#paths;
  }

  add(path: string): readonly string[] {
    this.#keep([path, ...this.#paths.filter((other) => other !== path)].slice(0, MAX_RECENT_FILES));
    return this.#paths;
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(paths: readonly string[]): void {
    this.#paths = paths;
    writeJsonFile(this.#store, paths);
  }
}

const isPath = (value: unknown): value is string => typeof value === 'string' && isAbsolute(value);
