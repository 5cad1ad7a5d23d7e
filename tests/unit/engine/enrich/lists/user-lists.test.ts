import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserLists } from '../../../../../src/engine/enrich/lists/user-lists';
import { resourcePath } from '../../../../../src/engine/resources';

let folder: string;
let lists: UserLists;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-lists-'));
  lists = new UserLists(resourcePath('lists'), join(folder, 'own'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const own = () => lists.state().lists.filter((list) => list.own);

describe('lists of the user', () => {
  it('are imported with what their first lines say, and what is not understood is counted', () => {
    const path = file(
      'bad hosts.netset',
      '# name: Bad hosts\n# source: my own logs\n# date: 2026-11-01\n192.0.2.0/24\nnonsense!\n198.51.100.7\n',
    );
    const imported = lists.import(path, 'blocklist');
    const row = {
      file: 'bad-hosts.netset',
      kind: 'blocklist',
      name: 'Bad hosts',
      source: 'my own logs',
      date: '2026-11-01',
      entries: 2,
      refused: 1,
    };
    expect(imported).toMatchObject({ ok: true, value: { ...row, own: true, replaces: false, problem: null } });
    expect(own()).toMatchObject([row]);
  });

  it('take the place of one that ships, until they are removed', () => {
    expect(lists.import(file('current.txt', '198.51.100.1\n'), 'tor-relays')).toMatchObject({ ok: true });
    expect(lists.state().lists.filter(({ kind }) => kind === 'tor-relays')).toMatchObject([{ own: true, replaces: true, entries: 1 }]);
    expect(lists.remove('tor-relays.txt').ok).toBe(true);
    expect(lists.state().lists.filter(({ kind }) => kind === 'tor-relays')).toMatchObject([{ own: false }]);
    expect(lists.restore('tor-relays.txt').ok).toBe(true);
    expect(own()).toMatchObject([{ file: 'tor-relays.txt', entries: 1 }]);
  });

  it('called like a list of another kind are still blocklists', () => {
    lists.import(file('tor-relays.txt', '198.51.100.1\n'), 'blocklist');
    expect(own()).toMatchObject([{ file: 'own-tor-relays.txt', kind: 'blocklist' }]);
  });

  it.each([
    ['empty.txt', '# only remarks\n', 'list-empty'],
    ['prose.txt', 'Dear Sir or Madam,\nthis is no list!\n', 'list-empty'],
    ['program.txt', new Uint8Array([127, 69, 76, 70, 0, 0, 49, 46, 49, 46, 49, 46, 49]), 'list-binary'],
  ])('are not %s', (name, content, code) => {
    expect(lists.import(file(name, content), 'blocklist')).toMatchObject({ ok: false, problem: { code } });
    expect(existsSync(join(folder, 'own')) ? readdirSync(join(folder, 'own')) : []).toEqual([]);
  });

  it('are not folders, nor what is not there', () => {
    mkdirSync(join(folder, 'folder.txt'));
    for (const name of ['folder.txt', 'nothing.txt'])
      expect(lists.import(join(folder, name), 'blocklist')).toMatchObject({ ok: false, problem: { code: 'list-unreadable' } });
  });

  it('cannot be used to touch other files', () => {
    const outside = file('secret.txt', '198.51.100.1\n');
    mkdirSync(join(folder, 'own'));
    for (const name of ['../secret.txt', 'probe-paths.txt', 'x', '', '.']) {
      expect(lists.remove(name)).toMatchObject({ ok: false, problem: { code: 'list-unknown' } });
      expect(lists.restore(name)).toMatchObject({ ok: false, problem: { code: 'list-unknown' } });
    }
    expect(existsSync(outside)).toBe(true);
  });
});
