import { createRequire } from 'node:module';

export type SqlValue = number | string | null;

/** What a statement gives back; which columns there are is said by the statement's text, beside the call. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** The part of better-sqlite3's interface that libsql has too. */
interface Library {
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  close(): unknown;
  readonly inTransaction: boolean;
}

interface Statement {
  run(parameters: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
  get(parameters: readonly SqlValue[]): SqlRow | undefined;
  all(parameters: readonly SqlValue[]): SqlRow[];
}

/** Not named `require`: the application's bundle has one. */
const requireHere = createRequire(import.meta.url);

/** better-sqlite3 13 needs Node-API 10 and ends the process of an older Node; libsql serves those. Loaded when it is used, never both. */
function load(): new (path: string) => Library {
  const name = Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'libsql';
  return requireHere(name) as new (
    path: string,
  ) => Library;
}

/** One connection to a SQLite file. Statements are prepared once each: their texts are constants of this folder, so there are few. Throws `SqlError`. */
export class Connection {
  readonly #library: Library;
  readonly #statements = new Map<string, Statement>();

  constructor(path: string) {
    this.#library = guarded(() => new (load())(path));
  }

  /** Rows changed, and the id of the last row inserted. */
  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly id: number } {
    const { changes, lastInsertRowid } = guarded(() => this.#prepare(sql).run(parameters));
    return { changes, id: Number(lastInsertRowid) };
  }

  get(sql: string, ...parameters: readonly SqlValue[]): SqlRow | undefined {
    return guarded(() => this.#prepare(sql).get(parameters));
  }

  all(sql: string, ...parameters: readonly SqlValue[]): SqlRow[] {
    return guarded(() => this.#prepare(sql).all(parameters));
  }

  /** Several statements, nothing given back. */
  exec(sql: string): void {
    guarded(() => this.#library.exec(sql));
  }

  /** A pragma's first value. Not prepared once: what a pragma gives may be settled when it is prepared. */
  pragma(text: string): SqlValue {
    const row = guarded(() => this.#library.prepare(`PRAGMA ${text}`).get([]));
    return row === undefined ? null : (Object.values(row)[0] ?? null);
  }

  /** All or nothing: rolled back when `work` throws. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      this.exec('COMMIT');
      return value;
    } catch (error) {
      // SQLite rolls back by itself where the disk is full or fails.
      if (this.#library.inTransaction) this.exec('ROLLBACK');
      throw error;
    }
  }

  /** Leaves an empty log or none: a log with something in it says that a process ended otherwise. */
  close(): void {
    this.#statements.clear();
    try {
      // By hand: libsql's connection lives on after `close` until its statements are collected. Another process that reads is not waited for long.
      this.#library.exec('PRAGMA busy_timeout = 100; PRAGMA wal_checkpoint(TRUNCATE);');
    } catch {
      // A damaged file cannot be checkpointed; it is closed all the same.
    }
    guarded(() => this.#library.close());
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#library.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** What SQLite refused; `code` as SQLite names it: 'SQLITE_FULL', 'SQLITE_CORRUPT_INDEX' ... */
export class SqlError extends Error {
  override name = 'SqlError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    if (typeof code === 'string' && code.includes('SQLITE')) throw new SqlError(code, String(message));
    throw error;
  }
}
