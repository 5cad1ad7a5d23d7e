import type { SshRequest } from './live';

/** A server that a person gave a name, with what it takes to capture there again. Nothing secret is in it. */
export interface SavedServer {
  readonly id: string;
  readonly name: string;
  readonly request: SshRequest;
  /** When a capture was last started there, epoch milliseconds; null: never. */
  readonly lastUsed: number | null;
}

/** `id` is null for a new one. */
export interface ServerToSave {
  readonly id: string | null;
  readonly name: string;
  readonly request: SshRequest;
}

export const MAX_SAVED_SERVERS = 100;
export const MAX_SERVER_NAME = 80;

/** Saved servers, the one used last first. Every call answers with all of them as they are afterwards. */
export interface ServerBridge {
  list(): Promise<readonly SavedServer[]>;
  save(server: ServerToSave): Promise<readonly SavedServer[]>;
  remove(id: string): Promise<readonly SavedServer[]>;
  /** A capture was started there. */
  used(id: string): Promise<readonly SavedServer[]>;
}
