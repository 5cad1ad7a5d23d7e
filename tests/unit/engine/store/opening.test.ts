import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../../../../src/engine/store/capture-identity';
import { dataFolder } from '../../../../src/engine/store/data-folder';
import { Database } from '../../../../src/engine/store/database';
import { Connection } from '../../../../src/engine/store/driver';
import { MIGRATIONS, migrate } from '../../../../src/engine/store/migrations';
import { facts, identity, storedAlert, temporaryFolder } from '../../../builders/store';
import { unwrap } from './unwrap';

const AT = Date.UTC(2026, 10, 21, 14, 30);

let folder = temporaryFolder();
const path = (): string => folder.path('portlight.sqlite');

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A database of `alerts` alerts, closed. */
async function filled(alerts = 2000): Promise<void> {
  const database = await unwrap(Database.open(path(), AT));
  database.transaction(() => {
    const { captureId } = database.captureOpened(identity(), facts(), AT);
    database.saveAlerts(
      captureId,
      Array.from({ length: alerts }, (_, index) => storedAlert({ key: String(index) })),
    );
  });
  database.close();
}

describe('migrations', () => {
  const versionOf = (connection: Connection) => connection.pragma('user_version');

  it('bring a new database to the newest version', async () => {
    await filled(1);
    const connection = new Connection(path());
    expect(versionOf(connection)).toBe(MIGRATIONS.length);
    expect(connection.pragma('journal_mode')).toBe('wal');
    expect(connection.pragma('auto_vacuum')).toBe(2);
    connection.close();
  });

  it('run on what an older one left, only those that are missing', async () => {
    await filled(3);
    const connection = new Connection(path());
    const later = [...MIGRATIONS, 'ALTER TABLE alerts ADD COLUMN confidence REAL; UPDATE alerts SET confidence = 0.5;'];
    expect(migrate(connection, path(), later)).toMatchObject({ ok: true });
    expect(connection.get('SELECT count(*) AS n, sum(confidence) AS c FROM alerts')).toMatchObject({ n: 3, c: 1.5 });
    expect(versionOf(connection)).toBe(MIGRATIONS.length + 1);
    connection.close();
  });

  it('take a first version: captures of which no traffic was kept are to be recorded', async () => {
    const connection = new Connection(path());
    expect(migrate(connection, path(), MIGRATIONS.slice(0, 1))).toMatchObject({ ok: true });
    connection.run(
      "INSERT INTO captures (size, modified, hash, path, first_opened_at, opened_at, complete) VALUES (1000, 1, 'ab', 'old.pcap', 1, 1, 1)",
    );
    expect(migrate(connection, path())).toMatchObject({ ok: true });
    expect(connection.get('SELECT path, complete, generation, flows FROM captures')).toMatchObject({
      path: 'old.pcap',
      complete: 0,
      generation: 0,
      flows: 0,
    });
    connection.close();
  });

  it('that fail leave everything as it was', async () => {
    await filled(3);
    const connection = new Connection(path());
    const wrong = [...MIGRATIONS, 'DROP TABLE alerts;', 'ALTER TABLE nothing ADD COLUMN x;'];
    expect(() => migrate(connection, path(), wrong)).toThrow('nothing');
    expect(connection.get('SELECT count(*) AS n FROM alerts')).toMatchObject({ n: 3 });
    expect(versionOf(connection)).toBe(MIGRATIONS.length);
    connection.close();
  });

  it('do not touch a newer database', async () => {
    await filled(3);
    const connection = new Connection(path());
    connection.exec('PRAGMA user_version = 99');
    connection.close();
    expect(Database.open(path(), AT)).toMatchObject({
      ok: false,
      problem: { code: 'store-newer', next: expect.stringContaining('--database') },
    });
    expect(readdirSync(folder.path('.')).filter((name) => name.includes('broken'))).toEqual([]);
  });
});

describe('a damaged database', () => {
  const KEPT = 'portlight.sqlite.broken-2026-11-21T14-30-00';

  /** Opens it, and gives what was kept. */
  async function reopened(): Promise<Database> {
    const database = await unwrap(Database.open(path(), AT));
    expect(database.problems).toEqual([
      { code: 'store-broken', sentence: expect.stringContaining(KEPT), next: expect.stringContaining('.recover') },
    ]);
    return database;
  }

  it('whose beginning is gone is set aside, unchanged, and a new one begun', async () => {
    await filled();
    const damaged = readFileSync(path()).fill(0x78, 0, 8192);
    writeFileSync(path(), damaged);
    const database = await reopened();
    expect(readFileSync(folder.path(KEPT)).equals(damaged)).toBe(true);
    expect(database.info()).toMatchObject({ captures: 0, alerts: 0 });
    database.transaction(() => database.setSetting('a', '1'));
    database.close();
    const again = await unwrap(Database.open(path(), AT));
    expect(again.problems).toEqual([]);
    expect(again.getSetting('a')).toBe('1');
    again.close();
  });

  it('is found by the check after an unclean end, with its log', async () => {
    await filled();
    // What a killed process leaves: the database and its log.
    const live = await unwrap(Database.open(path(), AT));
    live.transaction(() => live.setSetting('a', '1'));
    const killed = folder.path('killed.sqlite');
    copyFileSync(path(), killed);
    copyFileSync(`${path()}-wal`, `${killed}-wal`);
    live.close();
    writeFileSync(killed, readFileSync(killed).fill(0xff, 40_960, 200_000));
    const database = await unwrap(Database.open(killed, AT));
    expect(database.problems).toMatchObject([{ code: 'store-broken' }]);
    expect(existsSync(`${killed}.broken-2026-11-21T14-30-00`)).toBe(true);
    expect(database.info().captures).toBe(0);
    database.close();
  });

  it('that was cut short is set aside', async () => {
    await filled();
    writeFileSync(path(), readFileSync(path()).subarray(0, 5000));
    const opened = await reopened();
    opened.close();
  });
});

describe('a file that is not ours', () => {
  it('is left alone', () => {
    const capture = folder.path('scan.pcap');
    writeFileSync(capture, Buffer.from('d4c3b2a1020004000000000000000000', 'hex'));
    expect(Database.open(capture, AT)).toMatchObject({ ok: false, problem: { code: 'store-foreign' } });
    const foreign = folder.path('other.sqlite');
    const connection = new Connection(foreign);
    connection.exec('CREATE TABLE recipes (name TEXT)');
    connection.close();
    expect(Database.open(foreign, AT)).toMatchObject({ ok: false, problem: { code: 'store-foreign' } });
    expect(readdirSync(folder.path('.')).sort()).toEqual(['other.sqlite', 'scan.pcap']);
  });

  it('nor is a folder that cannot be made', () => {
    writeFileSync(folder.path('file'), '');
    expect(Database.open(folder.path('file/portlight.sqlite'), AT)).toMatchObject({ ok: false, problem: { code: 'store-closed' } });
  });
});

describe('where data lives', () => {
  const at = (platform: NodeJS.Platform, variables: Record<string, string> = {}) => dataFolder({ platform, home: '/home/ada', variables });

  it('follows each system', () => {
    expect(at('linux')).toBe('/home/ada/.local/share/portlight');
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/portlight');
    expect(at('linux', { XDG_DATA_HOME: 'relative' })).toBe('/home/ada/.local/share/portlight');
    expect(at('darwin')).toBe('/home/ada/Library/Application Support/Portlight');
    expect(at('win32', { APPDATA: '/roaming' })).toMatch(/roaming.Portlight$/);
    expect(at('darwin', { PORTLIGHT_DATA: '/elsewhere' })).toBe('/elsewhere');
  });
});

describe('the identity of a file', () => {
  it('changes with its head, its tail and its size, not with its middle', async () => {
    const file = folder.path('big.pcap');
    const bytes = Buffer.alloc(200_000, 1);
    const hashOf = async (change: number | null): Promise<string> => {
      const copy = Buffer.from(bytes);
      if (change !== null) copy[change] = 2;
      writeFileSync(file, copy);
      return (await unwrap(identify(file))).hash;
    };
    const plain = await hashOf(null);
    expect(await hashOf(null)).toBe(plain);
    expect(await hashOf(100_000)).toBe(plain);
    expect(await hashOf(0)).not.toBe(plain);
    expect(await hashOf(199_999)).not.toBe(plain);
    expect(await unwrap(identify(file))).toMatchObject({ size: 200_000, modified: expect.any(Number) });
    expect(await identify(folder.path('missing'))).toMatchObject({ ok: false, problem: { code: 'not-identified' } });
  });
});
