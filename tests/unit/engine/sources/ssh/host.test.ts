import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveRoute } from '../../../../../src/engine/sources/ssh/host';
import { parseSshTarget } from '../../../../../src/engine/sources/ssh/target';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssh-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Lines of a configuration; the hops to `target` or the problem's code. */
async function resolve(target: string, ...lines: readonly string[]) {
  const config = join(folder, 'config');
  await writeFile(config, lines.join('\n'));
  const parsed = parseSshTarget(target);
  if (!parsed.ok) throw new Error(target);
  const route = await resolveRoute(parsed.value, { config });
  return route.ok
    ? { ...route.value, goal: route.value.hops.at(-1), problem: null }
    : { hops: [], notes: [], goal: undefined, problem: route.problem.code };
}

describe('resolveRoute', () => {
  it('takes the first value of each keyword, what was typed before that', async () => {
    const { goal } = await resolve(
      'web',
      'Host web !no',
      '  HostName 192.0.2.1',
      '  User alice',
      '  Port=2222',
      'Host *',
      '  User bob',
      '  Port 3',
    );
    expect(goal).toMatchObject({ host: '192.0.2.1', user: 'alice', port: 2222, hostKeyName: '[192.0.2.1]:2222' });
    expect((await resolve('carol@web:5', 'Host web', '  User alice', '  Port 2222')).goal).toMatchObject({
      host: 'web',
      user: 'carol',
      port: 5,
    });
    expect((await resolve('db', 'Host *,!db', '  User x', 'Host d?', '  HostName %h.example.org')).goal?.host).toBe('db.example.org');
  });

  it('expands names of files, collects identity files', async () => {
    const { goal } = await resolve(
      'h',
      'Host h',
      '  IdentityFile ~/.ssh/%r@%h:%p',
      '  IdentityFile "/keys/my key"',
      '  IdentitiesOnly yes',
      '  IdentityAgent none',
      '  User u',
      '  UserKnownHostsFile /a/known %d/b',
      '  GlobalKnownHostsFile none',
      '  HostKeyAlias alias',
      '  Port 99',
    );
    expect(goal).toMatchObject({
      identityFiles: [join(homedir(), '.ssh/u@h:99'), '/keys/my key'],
      identitiesOnly: true,
      agent: null,
      knownHosts: ['/a/known', join(homedir(), 'b')],
      hostKeyName: 'alias',
    });
  });

  it('goes through jump hosts, whose own jumps come first', async () => {
    const jumps = ['Host goal', '  ProxyJump j1,root@j2:2200', 'Host j1', '  ProxyJump outer', '  User jumper', 'Host *', '  User me'];
    const { hops } = await resolve('goal', ...jumps);
    expect(hops.map(({ user, host, port }) => `${user}@${host}:${port}`)).toEqual([
      'me@outer:22',
      'jumper@j1:22',
      'root@j2:2200',
      'me@goal:22',
    ]);
    expect((await resolve('a', 'Host a', '  ProxyJump b', 'Host b', '  ProxyJump a')).problem).toBe('ssh-jump-loop');
    expect((await resolve('a', 'Host *', '  ProxyCommand nc %h %p')).problem).toBe('ssh-proxy-command');
    expect((await resolve('a', 'Host *', '  ProxyCommand none')).problem).toBeNull();
  });

  it('reads what is included, ignores Match with a note and runs nothing', async () => {
    const touched = join(folder, 'touched');
    await writeFile(join(folder, 'more-1'), 'User included\n');
    await writeFile(join(folder, 'loop'), 'Include loop\n');
    const { goal, notes } = await resolve(
      'h',
      `Match exec "touch ${touched}"`,
      '  User matched',
      'Match all',
      `  Include more-*`,
      '  Include loop',
    );
    expect(goal?.user).toBe('included');
    expect(notes.map((note) => note.code)).toEqual(['ssh-config-match', 'ssh-config-includes']);
    await expect(rm(touched)).rejects.toThrow();
  });
});
