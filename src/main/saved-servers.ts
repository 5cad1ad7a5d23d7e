import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { SshRequest } from '../shared/contract/live';
import { MAX_SAVED_SERVERS, MAX_SERVER_NAME, type SavedServer, type ServerToSave } from '../shared/contract/servers';
import { readJsonFile, writeJsonFile } from './json-file';

const line = (longest: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}+$/u);
const id = z.uuid();
const name = line(MAX_SERVER_NAME);

/** What is remembered of a capture over SSH: how it was asked for, and no secret. */
export const sshRequest: z.ZodType<SshRequest> = z.strictObject({
  kind: z.literal('ssh'),
  target: line(600),
  interface: line(256).nullable(),
  filter: z.string().max(10_000),
  snapLength: z.number().int().min(1).max(262_144).nullable(),
  identity: line(32_768)
    .refine((path) => isAbsolute(path))
    .nullable(),
});

const savedServer: z.ZodType<SavedServer> = z.strictObject({
  id,
  name,
  request: sshRequest,
  lastUsed: z.number().int().min(0).max(8.64e15).nullable(),
});

/** What the page may ask to be saved. */
export const serverToSave: z.ZodType<ServerToSave> = z.strictObject({ id: id.nullable(), name, request: sshRequest });

/** The servers that were given a name, kept in one JSON file; the one used last first, then by name. */
export class SavedServers {
  readonly #store: string;
  #servers: readonly SavedServer[];

  constructor(store: string) {
    this.#store = store;
    const stored = readJsonFile(store);
    this.#servers = Array.isArray(stored) ? inOrder(stored.flatMap(readEntry)).slice(0, MAX_SAVED_SERVERS) : [];
  }

  list(): readonly SavedServer[] {
    return this.#servers;
  }

  /** A new one, or one that is changed; of too many the one that was not used for longest goes. */
  save({ id: known, name: title, request }: ServerToSave): readonly SavedServer[] {
    const before = this.#servers.find((one) => one.id === known);
    const saved = { id: before?.id ?? randomUUID(), name: title, request, lastUsed: before?.lastUsed ?? null };
    const others = this.#servers.filter((one) => one !== before).slice(0, MAX_SAVED_SERVERS - 1);
    return this.#keep([saved, ...others]);
  }

  remove(gone: string): readonly SavedServer[] {
    return this.#keep(this.#servers.filter((one) => one.id !== gone));
  }

  used(started: string, now: number): readonly SavedServer[] {
    return this.#keep(this.#servers.map((one) => (one.id === started ? { ...one, lastUsed: now } : one)));
  }

  #keep(servers: readonly SavedServer[]): readonly SavedServer[] {
    this.#servers = inOrder(servers);
    writeJsonFile(this.#store, this.#servers);
    return this.#servers;
  }
}

const inOrder = (servers: readonly SavedServer[]): readonly SavedServer[] =>
  servers.toSorted((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0) || a.name.localeCompare(b.name));

/** Two entries with one id would be one server twice. */
function readEntry(entry: unknown, index: number, all: readonly unknown[]): SavedServer[] {
  const { success, data } = savedServer.safeParse(entry);
  if (!success) return [];
  const isFirst = all.findIndex((other) => savedServer.safeParse(other).data?.id === data.id) === index;
  return isFirst ? [data] : [];
}
