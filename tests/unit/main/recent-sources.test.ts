import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecentSources } from '../../../src/main/recent-sources';
import { MAX_RECENT_SOURCES, type RecentSource } from '../../../src/shared/contract/sources';

const file = (path: string): RecentSource => ({ kind: 'file', path });
const onInterface = (name: string, filter = '', snapLength: number | null = null): RecentSource => ({
  kind: 'interface',
  interface: name,
  filter,
  snapLength,
  promiscuous: true,
});

describe('RecentSources', () => {
  let folder: string;
  let store: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portlight-recent-'));
    store = join(folder, 'recent.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('puts the newest first, each once, and keeps them for the next start', () => {
    const recent = new RecentSources(store);
    for (const source of [file('/a'), onInterface('eth0'), file('/a')]) recent.add(source);
    expect(recent.list()).toEqual([file('/a'), onInterface('eth0')]);
    expect(new RecentSources(store).list()).toEqual([file('/a'), onInterface('eth0')]);
    expect(readdirSync(folder)).toEqual(['recent.json']);
  });

  it('keeps captures on servers by server, interface and filter', () => {
    const recent = new RecentSources(store);
    const onServer = (target: string, filter = ''): RecentSource => ({
      kind: 'ssh',
      target,
      interface: null,
      filter,
      snapLength: null,
      identity: null,
    });
    for (const source of [onServer('root@a'), onServer('root@b'), onServer('root@a', 'port 22'), onServer('root@a')]) recent.add(source);
    expect(new RecentSources(store).list()).toEqual([onServer('root@a'), onServer('root@a', 'port 22'), onServer('root@b')]);
  });

  it('takes an interface with another filter for another source, with other options for the same', () => {
    const recent = new RecentSources(store);
    for (const source of [onInterface('eth0'), onInterface('eth0', 'port 22'), onInterface('eth0', '', 128)]) recent.add(source);
    expect(recent.list()).toEqual([onInterface('eth0', '', 128), onInterface('eth0', 'port 22')]);
  });

  it('forgets the oldest beyond its bound', () => {
    const recent = new RecentSources(store);
    for (let index = 0; index < MAX_RECENT_SOURCES + 3; index++) recent.add(file(`/${index}`));
    expect(recent.list()).toHaveLength(MAX_RECENT_SOURCES);
    expect(recent.list().at(-1)).toEqual(file('/3'));
  });

  it('can be cleared', () => {
    const recent = new RecentSources(store);
    recent.add(file('/a'));
    recent.clear();
    expect(new RecentSources(store).list()).toEqual([]);
  });

  it.each([
    ['nothing', '', []],
    ['half a file', '{', []],
    ['another thing', '{"a":1}', []],
    ['paths alone, as they were kept once', '[1,null,"relative","/kept"]', [file('/kept')]],
    ['entries of other shapes', '[{"kind":"file"},{"kind":"tape","path":"/a"},{"kind":"file","path":"/kept"}]', [file('/kept')]],
  ])('reads what it can of %s', (_what, text, kept) => {
    writeFileSync(store, text);
    expect(new RecentSources(store).list()).toEqual(kept);
  });
});
