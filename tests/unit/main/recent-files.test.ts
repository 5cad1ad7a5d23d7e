import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecentFiles } from '../../../src/main/recent-files';
import { MAX_RECENT_FILES } from '../../../src/shared/contract/desktop';

describe('RecentFiles', () => {
  let folder: string;
  let store: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portlight-recent-'));
    store = join(folder, 'recent.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('puts the newest first, each once, and keeps them for the next start', () => {
    const recent = new RecentFiles(store);
    for (const path of ['/a', '/b', '/a']) recent.add(path);
    expect(recent.list()).toEqual(['/a', '/b']);
    expect(new RecentFiles(store).list()).toEqual(['/a', '/b']);
    expect(readdirSync(folder)).toEqual(['recent.json']);
  });

  it('forgets the oldest beyond its bound', () => {
    const recent = new RecentFiles(store);
    for (let index = 0; index < MAX_RECENT_FILES + 3; index++) recent.add(`/${index}`);
    expect(recent.list()).toHaveLength(MAX_RECENT_FILES);
    expect(recent.list().at(-1)).toBe('/3');
  });

  it('can be cleared', () => {
    const recent = new RecentFiles(store);
    recent.add('/a');
    recent.clear();
    expect(new RecentFiles(store).list()).toEqual([]);
  });

  it.each(['', '{', '{"a":1}', '[1,null,"relative","/kept"]'])('reads what it can of a damaged list: %s', (text) => {
    writeFileSync(store, text);
    expect(new RecentFiles(store).list()).toEqual(text.includes('kept') ? ['/kept'] : []);
  });
});
