import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Problem, type Result } from '../../shared/base/result';
import { Connection, SqlError } from './driver';
import { migrate } from './migrations';

/** 'PtLt', in the header of the file: whose database it is (SQLite's file format, offset 68). */
const APPLICATION_ID = 0x50744c74;

/** How long to wait for another Portlight that writes to the same file. */
const BUSY_MS = 5000;

export interface OpenedDatabase {
  readonly connection: Connection;
  /** What happened that a person should know: a broken file was set aside. */
  readonly problems: readonly Problem[];
}

/** Opens or makes the database at `path`. A broken one is kept beside it and a new one begun. `at`: epoch milliseconds, for the broken file's name. */
export function openDatabase(path: string, at: number): Result<OpenedDatabase> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!mayBeOurs(path)) return notOurs(path);
    const opened = tryOpen(path);
    if (opened !== 'broken') return opened.ok ? ok({ connection: opened.value, problems: [] }) : opened;
    const kept = setAside(path, at);
    const again = tryOpen(path);
    if (again === 'broken') return cannotOpen(path, 'the disk returns damaged data');
    if (!again.ok) return again;
    const problem: Problem = {
      code: 'store-broken',
      sentence: `The history in ${path} was damaged and could not be read. It was kept as ${kept}, and a new one was begun.`,
      next: `Captures can be opened as before. SQLite's own tool can often save what is in the old file: sqlite3 ${kept} .recover`,
    };
    return ok({ connection: again.value, problems: [problem] });
  } catch (error) {
    return cannotOpen(path, error instanceof Error ? error.message : String(error));
  }
}

/** The next opening looks through the whole file. */
export function suspect(path: string): void {
  try {
    writeFileSync(`${path}-suspect`, '');
  } catch {
    // A disk that takes no file gives its problem with the next write.
  }
}

function tryOpen(path: string): Result<Connection> | 'broken' {
  // The last connection that closes in good order empties the log: otherwise a killed process left it (or another one uses it).
  const unclean = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0 || existsSync(`${path}-suspect`);
  // Addresses and notes are nobody else's business on a shared machine; SQLite gives the log the same mode.
  closeSync(openSync(path, 'a', 0o600));
  let connection: Connection | null = null;
  try {
    connection = new Connection(path);
    const prepared = prepare(connection, path, unclean);
    if (prepared !== null) {
      connection.close();
      return prepared;
    }
    rmSync(`${path}-suspect`, { force: true });
    return ok(connection);
  } catch (error) {
    connection?.close();
    if (isBroken(error)) return 'broken';
    throw error;
  }
}

/** Null: ready. */
function prepare(connection: Connection, path: string, unclean: boolean): Result<never> | 'broken' | null {
  connection.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  const empty = connection.get('SELECT 1 FROM sqlite_schema LIMIT 1') === undefined;
  if (!empty && connection.pragma('application_id') !== APPLICATION_ID) return notOurs(path);
  // Has to come before the first table and before the log.
  if (empty) connection.exec('PRAGMA auto_vacuum = INCREMENTAL');
  connection.exec('PRAGMA journal_mode = WAL');
  // A killed process loses nothing; a power cut may lose the last transactions, never the database (sqlite.org/wal.html).
  connection.exec('PRAGMA synchronous = NORMAL');
  connection.exec('PRAGMA foreign_keys = ON');
  connection.exec('PRAGMA journal_size_limit = 16777216');
  if (!empty && unclean && connection.pragma('quick_check(1)') !== 'ok') return 'broken';
  if (empty) connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  const migrated = migrate(connection, path);
  return migrated.ok ? null : migrated;
}

export const isBroken = (error: unknown): boolean => error instanceof SqlError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);

/** A file with any other beginning than SQLite's is damaged only where a log beside it or its name says that it was a database. */
function mayBeOurs(path: string): boolean {
  if (!existsSync(path) || statSync(path).size === 0) return true;
  const head = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return head.toString('latin1') === 'SQLite format 3\0' || existsSync(`${path}-wal`) || /\.(sqlite3?|db)$/i.test(path);
}

function setAside(path: string, at: number): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  let kept = `${path}.broken-${stamp}`;
  for (let number = 2; existsSync(kept); number++) kept = `${path}.broken-${stamp}-${number}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
  rmSync(`${path}-suspect`, { force: true });
  return kept;
}

const notOurs = (path: string): Result<never> =>
  fail(
    'store-foreign',
    `${path} is a file of something else; Portlight did not touch it.`,
    'Name another file, or one that does not exist yet.',
  );

const cannotOpen = (path: string, reason: string): Result<never> =>
  fail(
    'store-closed',
    `The history in ${path} cannot be opened: ${reason}.`,
    'Captures can be opened, but alerts and notes are not kept. Check that the folder exists, may be written and has space, then start again.',
  );
