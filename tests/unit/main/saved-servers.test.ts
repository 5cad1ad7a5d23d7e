import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SavedServers, serverToSave } from '../../../src/main/saved-servers';
import type { SshRequest } from '../../../src/shared/contract/live';
import { MAX_SAVED_SERVERS, type SavedServer, type ServerToSave } from '../../../src/shared/contract/servers';

const on = (target: string, more: Partial<SshRequest> = {}): SshRequest => ({
  kind: 'ssh',
  target,
  interface: null,
  filter: '',
  snapLength: null,
  identity: null,
  ...more,
});
const server = (name: string, id: string | null = null): ServerToSave => ({ id, name, request: on(`root@${name}`) });
const names = (servers: readonly SavedServer[]): string[] => servers.map(({ name }) => name);

describe('SavedServers', () => {
  let folder: string;
  let store: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portlight-servers-'));
    store = join(folder, 'servers.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const idOf = (servers: SavedServers, name: string): string => servers.list().find((one) => one.name === name)?.id ?? '';

  it('keeps them for the next start, the one used last first, then by name', () => {
    const servers = new SavedServers(store);
    for (const name of ['web', 'mail', 'backup']) servers.save(server(name));
    expect(names(servers.list())).toEqual(['backup', 'mail', 'web']);
    servers.used(idOf(servers, 'web'), 1000);
    servers.used(idOf(servers, 'mail'), 2000);
    expect(names(servers.list())).toEqual(['mail', 'web', 'backup']);
    expect(new SavedServers(store).list()).toEqual(servers.list());
  });

  it('changes one in place, with the time of its last use', () => {
    const servers = new SavedServers(store);
    servers.save(server('web'));
    const id = idOf(servers, 'web');
    servers.used(id, 1000);
    servers.save({ id, name: 'shop', request: on('root@shop', { interface: 'eth1', filter: 'not port 443' }) });
    expect(servers.list()).toEqual([
      { id, name: 'shop', request: on('root@shop', { interface: 'eth1', filter: 'not port 443' }), lastUsed: 1000 },
    ]);
  });

  it('removes one, and saves one anew that was removed meanwhile', () => {
    const servers = new SavedServers(store);
    servers.save(server('web'));
    const id = idOf(servers, 'web');
    expect(servers.remove(id)).toEqual([]);
    servers.save(server('web', id));
    expect(names(new SavedServers(store).list())).toEqual(['web']);
  });

  it('gives up the one that was not used for longest when there are too many', () => {
    const servers = new SavedServers(store);
    for (let i = 0; i < MAX_SAVED_SERVERS; i++) servers.save(server(`s${i}`));
    for (const { id, name } of servers.list()) if (name !== 's7') servers.used(id, 1000);
    servers.save(server('new'));
    expect(servers.list()).toHaveLength(MAX_SAVED_SERVERS);
    expect(names(servers.list())).not.toContain('s7');
    expect(names(servers.list())).toContain('new');
  });

  it('reads the right entries of a file that somebody edited, each once', () => {
    const first = new SavedServers(store);
    first.save(server('web'));
    const [good] = first.list();
    const wrong = [
      { ...good, id: 'not one' },
      { ...good, name: 'two\nlines' },
      { ...good, request: on('root@web', { identity: '../key' }) },
      { ...good, request: on('root@web', { snapLength: -1 }) },
      { ...good, request: { ...on('root@web'), password: 'secret' } },
      { ...good, lastUsed: 'today' },
      { ...good, more: 1 },
      null,
      'web',
    ];
    writeFileSync(store, JSON.stringify([...wrong, good, { ...good, name: 'again' }]));
    expect(new SavedServers(store).list()).toEqual([good]);
  });

  it('reads whatever is in the file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.constantFrom('', 'null', '{}', '[[]]')), (content) => {
        writeFileSync(store, content);
        expect(new SavedServers(store).list()).toEqual([]);
      }),
    );
  });

  it('takes nothing that could be a secret', () => {
    expect(serverToSave.safeParse({ ...server('web'), password: 'x' }).success).toBe(false);
    expect(serverToSave.safeParse({ ...server('web'), request: { ...on('web'), passphrase: 'x' } }).success).toBe(false);
    new SavedServers(store).save(serverToSave.parse(server('web')));
    expect(readFileSync(store, 'utf8')).not.toMatch(/pass/);
  });
});
