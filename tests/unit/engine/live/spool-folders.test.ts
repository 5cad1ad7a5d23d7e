import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { SpoolFolders } from '../../../../src/engine/live/spool-folders';

const base = mkdtempSync(join(tmpdir(), 'portlight-left-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** The id of a process that is over. */
const GONE = Number(spawnSync(process.execPath, ['-e', 'process.stdout.write(String(process.pid))']).stdout.toString());
const ID = '0123456789abcdef';

function leave(root: string, id: string, note: unknown, segments: Readonly<Record<string, string>>): void {
  mkdirSync(join(root, id), { recursive: true });
  writeFileSync(join(root, id, 'capture.json'), typeof note === 'string' ? note : JSON.stringify(note));
  for (const [name, text] of Object.entries(segments)) writeFileSync(join(root, id, name), text);
}

function folders(): { root: string; folders: SpoolFolders } {
  const root = mkdtempSync(join(base, 'spool-'));
  return { root, folders: new SpoolFolders(root) };
}

const note = (process: number) => ({ name: 'eth0', started: 1_795_000_000_000, process });

it('finds what a crash left, and nothing of a capture that goes on', async () => {
  const { root, folders: spools } = folders();
  leave(root, ID, note(GONE), { '000001.pcapng': 'one', '000002.pcapng': 'two!' });
  leave(root, 'fedcba9876543210', note(process.pid), { '000001.pcapng': 'mine' });
  expect(await spools.left()).toEqual([{ id: ID, name: 'eth0', started: 1_795_000_000_000, bytes: 7 }]);
});

it.skipIf(process.platform !== 'linux')('takes a process that ended, and that nobody has asked how, for gone', async () => {
  const { root, folders: spools } = folders();
  // The shell becomes a program that does not wait for its child.
  const parent = spawn('/bin/sh', ['-c', 'true & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(parent.stdout, 'data');
  leave(root, ID, note(Number(String(line))), { '000001.pcapng': 'one' });
  await expect.poll(() => spools.left()).toHaveLength(1);
  parent.kill();
});

it('joins the files to one and removes the spool', async () => {
  const { root, folders: spools } = folders();
  leave(root, ID, note(GONE), { '000002.pcapng': 'two', '000001.pcapng': 'one', 'other.txt': 'no' });
  const path = join(base, 'recovered.pcapng');
  expect(await spools.recover(ID, path)).toEqual({ ok: true, value: 6 });
  expect(readFileSync(path, 'utf8')).toBe('onetwo');
  expect(readdirSync(root)).toEqual([]);
});

it('keeps the spool where the file cannot be written', async () => {
  const { root, folders: spools } = folders();
  leave(root, ID, note(GONE), { '000001.pcapng': 'one' });
  const recovered = await spools.recover(ID, join(base, 'no', 'such', 'folder.pcapng'));
  expect(recovered).toMatchObject({ ok: false, problem: { code: 'write-failed' } });
  expect(await spools.left()).toHaveLength(1);
});

it('removes what holds no packet, and takes no note for more than it is', async () => {
  const { root, folders: spools } = folders();
  leave(root, ID, note(GONE), {});
  leave(root, '1111111111111111', '{"name": 5}', { '000001.pcapng': 'x' });
  leave(root, '2222222222222222', 'not json', { '000001.pcapng': 'x' });
  leave(root, 'elsewhere', note(GONE), { '000001.pcapng': 'x' });
  expect(await spools.left()).toEqual([]);
  expect(existsSync(join(root, ID))).toBe(false);
  expect(existsSync(join(root, 'elsewhere'))).toBe(true);
});

it('reaches nothing outside its folder', async () => {
  const { root, folders: spools } = folders();
  leave(root, '../outside', note(GONE), { '000001.pcapng': 'x' });
  await spools.discard('../outside');
  expect(existsSync(join(root, '../outside'))).toBe(true);
  expect(await spools.recover('../outside', join(base, 'x.pcapng'))).toMatchObject({ ok: false });
});
