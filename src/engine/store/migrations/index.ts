import { fail, ok, type Result } from '../../../shared/base/result';
import type { Connection } from '../driver';
import { first } from './0001-first';
import { recordings } from './0002-recordings';
import { annotations } from './0003-annotations';

/** SQL by schema version: the first makes version 1. A migration that was released is never changed. */
export const MIGRATIONS: readonly string[] = [first, recordings, annotations];

/** Brings the database to the newest version that we know, all or nothing. */
export function migrate(connection: Connection, path: string, migrations = MIGRATIONS): Result<null> {
  if (versionOf(connection) === migrations.length) return ok(null);
  return connection.transaction(() => {
    // Read again: another Portlight may have done it while this one waited for the lock.
    const version = versionOf(connection);
    if (version > migrations.length)
      return fail(
        'store-newer',
        `The history in ${path} was written by a newer Portlight (version ${version} of its format; this one knows ${migrations.length}).`,
        'Use the newer Portlight, or name another file with --database or another folder with PORTLIGHT_DATA. Nothing in it was changed.',
      );
    for (const migration of migrations.slice(version)) connection.exec(migration);
    connection.exec(`PRAGMA user_version = ${migrations.length}`);
    return ok(null);
  });
}

const versionOf = (connection: Connection): number => Number(connection.pragma('user_version'));
