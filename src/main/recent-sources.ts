import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { MAX_RECENT_SOURCES, type RecentSource } from '../shared/contract/sources';
import { readJsonFile, writeJsonFile } from './json-file';
import { sshRequest } from './saved-servers';

const path = z
  .string()
  .max(32_768)
  .refine((text) => isAbsolute(text) && !text.includes('\0'));

/** What the page may ask to be remembered, and what the file may hold. */
export const recentSource: z.ZodType<RecentSource> = z.union([
  sshRequest,
  z.strictObject({ kind: z.literal('file'), path }),
  z.strictObject({
    kind: z.literal('interface'),
    interface: z.string().min(1).max(256),
    filter: z.string().max(10_000),
    snapLength: z.number().int().min(1).max(262_144).nullable(),
    promiscuous: z.boolean(),
  }),
]);

/** The sources used last, newest first, kept in one JSON file. */
export class RecentSources {
  readonly #store: string;
  #sources: readonly RecentSource[];

  constructor(store: string) {
    this.#store = store;
    const stored = readJsonFile(store);
    this.#sources = Array.isArray(stored) ? stored.flatMap(readEntry).slice(0, MAX_RECENT_SOURCES) : [];
  }

  list(): readonly RecentSource[] {
    return this.#sources;
  }

  add(source: RecentSource): readonly RecentSource[] {
    const others = this.#sources.filter((other) => identityOf(other) !== identityOf(source));
    this.#keep([source, ...others].slice(0, MAX_RECENT_SOURCES));
    return this.#sources;
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(sources: readonly RecentSource[]): void {
    this.#sources = sources;
    writeJsonFile(this.#store, sources);
  }
}

function readEntry(entry: unknown): RecentSource[] {
  // Before there was anything but files, a path alone was kept.
  const { success, data } = recentSource.safeParse(typeof entry === 'string' ? { kind: 'file', path: entry } : entry);
  return success ? [data] : [];
}

/** Two with the same one are the same source, of which only the newer is kept: an interface with another filter is another. */
function identityOf(source: RecentSource): string {
  switch (source.kind) {
    case 'file':
      return `file ${source.path}`;
    case 'interface':
      return `interface ${source.interface} ${source.filter}`;
    case 'ssh':
      return `ssh ${source.target} ${source.interface} ${source.filter}`;
  }
}
