import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SshFiles } from '../../src/engine/sources/ssh/host';
import type { CapturePlan } from '../../src/engine/sources/ssh/plan';
import type { SshPrompts } from '../../src/engine/sources/ssh/prompts';
import { planSshCapture } from '../../src/engine/sources/ssh/ssh-capture';
import type { Result } from '../../src/shared/base/result';
import { named, whyNot } from '../rig/available';
import { succeed } from '../rig/processes';
import { type Account, answering, LoopbackSshd } from '../rig/sshd';

const missing = whyNot('ssh-keygen', 'ssh-agent', 'ssh-add', 'tcpdump', 'useradd', 'chpasswd');

describe.skipIf(missing !== null)(named('logging in over SSH', missing), () => {
  let server: LoopbackSshd;
  let account: Account;
  beforeAll(async () => {
    server = await LoopbackSshd.start();
    account = await server.account();
  });
  afterAll(() => server.close());
  beforeEach(() => server.trust());

  const file = (name: string): string => join(server.workshop.folder, name);
  const files = (more: Partial<SshFiles> = {}): SshFiles => ({
    config: file('no-config'),
    knownHosts: [server.knownHosts],
    agent: null,
    identities: [],
    ...more,
  });
  const attempt = (prompts: SshPrompts, more: Partial<SshFiles> = {}, target = server.target): Promise<Result<CapturePlan>> =>
    planSshCapture({ target, prompts, interface: 'lo', files: files(more) });
  const code = (result: Result<CapturePlan>): string => (result.ok ? 'logged in' : result.problem.code);
  const asUser = (): string => `${account.name}@127.0.0.1:${server.port}`;

  describe('ways in', () => {
    test('a key file', async () => {
      const { prompts, asked } = answering();
      expect(code(await attempt(prompts, { identities: [server.key] }))).toBe('logged in');
      expect(asked).toEqual([]);
    });

    test('a key file with a passphrase, asked again after a wrong one', async () => {
      const { prompts, asked } = answering({ passphrase: ['wrong', 'open sesame'] });
      expect(code(await attempt(prompts, { identities: [file('locked')] }))).toBe('logged in');
      expect(asked).toEqual(['passphrase', 'passphrase']);
    });

    test('the passphrase of a locked key is not asked for where another key opens', async () => {
      const { prompts, asked } = answering();
      expect(code(await attempt(prompts, { identities: [file('locked'), server.key] }))).toBe('logged in');
      expect(asked).toEqual([]);
    });

    test('an agent', async () => {
      const socket = file('agent');
      const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        await new Promise((resolve) => agent.stdout.once('data', resolve));
        await succeed('env', [`SSH_AUTH_SOCK=${socket}`, 'ssh-add', '-q', file('other'), server.key]);
        const { prompts, asked } = answering();
        expect(code(await attempt(prompts, { agent: socket }))).toBe('logged in');
        expect(asked).toEqual([]);
        // Of its keys, only the one that is named may be used, and that one opens nothing.
        const config = await server.workshop.file('only', 'Host *', '  IdentitiesOnly yes', `  IdentityFile ${file('other')}`);
        expect(code(await attempt(prompts, { agent: socket, config }))).toBe('ssh-login-given-up');
        expect(asked).toEqual(['password']);
      } finally {
        agent.kill();
      }
    });

    test('a password through keyboard-interactive, asked again after a wrong one', async () => {
      const { prompts, asked } = answering({ password: ['wrong', account.password] });
      expect(code(await attempt(prompts, {}, asUser()))).toBe('logged in');
      expect(asked.slice(0, 3)).toEqual(['password', 'password', 'sudoPassword']);
    });

    test('a password where the server offers nothing else', async () => {
      const plain = await LoopbackSshd.start('KbdInteractiveAuthentication no', 'PubkeyAuthentication no');
      try {
        const { prompts } = answering({ password: account.password });
        const result = await attempt(prompts, { knownHosts: [plain.knownHosts] }, `${account.name}@127.0.0.1:${plain.port}`);
        expect(code(result)).toBe('logged in');
      } finally {
        await plain.close();
      }
    });

    test('a key and then a password, where the server wants both', async () => {
      const both = await LoopbackSshd.start('AuthenticationMethods publickey,keyboard-interactive');
      try {
        const { prompts, asked } = answering({ password: account.password });
        const more = { knownHosts: [both.knownHosts], identities: [both.key] };
        expect(code(await attempt(prompts, more, `${account.name}@127.0.0.1:${both.port}`))).toBe('logged in');
        expect(asked).toEqual(['password', 'sudoPassword']);
      } finally {
        await both.close();
      }
    });

    test('a host of the configuration, through two jump hosts', async () => {
      const config = await server.workshop.file(
        'config',
        'Host inner',
        '  HostName 127.0.0.1',
        '  ProxyJump one,two',
        'Host one two inner',
        `  Port ${server.port}`,
        '  User root',
        `  IdentityFile "${server.workshop.folder}/k%%ey"`,
        `  IdentityFile ${server.key}`,
        'Host one two',
        '  HostName 127.0.0.1',
        'Match exec "false"',
        '  User nobody',
      );
      const { prompts } = answering();
      const result = await attempt(prompts, { config }, 'inner');
      expect(code(result)).toBe('logged in');
      // What the server sees is the last jump, not us.
      expect(result.ok && result.value.survey.connection?.serverPort).toBe(server.port);
    });
  });

  describe('refusals', () => {
    test('a wrong password', async () => {
      const { prompts, asked } = answering({ password: ['a', 'b', 'c'] });
      const result = await attempt(prompts, {}, asUser());
      expect(code(result)).toBe('ssh-wrong-password');
      expect(asked).toHaveLength(3);
      expect(JSON.stringify(result)).not.toMatch(/"[abc]"/);
    });

    test('no answer', async () => {
      expect(code(await attempt(answering().prompts, {}, asUser()))).toBe('ssh-login-given-up');
    });

    test('a key that the server does not know', async () => {
      const strict = await LoopbackSshd.start('KbdInteractiveAuthentication no', 'PasswordAuthentication no');
      try {
        const result = await attempt(answering().prompts, { knownHosts: [strict.knownHosts], identities: [file('other')] }, strict.target);
        expect(code(result)).toBe('ssh-login-refused');
        expect(!result.ok && result.problem.sentence).toContain(file('other'));
        const nothing = await attempt(answering().prompts, { knownHosts: [strict.knownHosts] }, strict.target);
        expect(code(nothing)).toBe('ssh-nothing-to-try');
      } finally {
        await strict.close();
      }
    });

    test('nothing listens there', async () => {
      expect(code(await attempt(answering().prompts, {}, 'root@127.0.0.1:1'))).toBe('ssh-unreachable');
    });

    test('a server that speaks something else', async () => {
      const { createServer } = await import('node:net');
      const other = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(1000)));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const address = other.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      expect(['ssh-handshake-failed', 'ssh-connection-lost']).toContain(
        code(await attempt(answering().prompts, {}, `root@127.0.0.1:${port}`)),
      );
      other.close();
    });
  });

  describe('host keys', () => {
    const keyLine = async (name: string): Promise<string> => (await readFile(file(`${name}.pub`), 'utf8')).split(' ').slice(0, 2).join(' ');
    const withKey = (): Partial<SshFiles> => ({ identities: [server.key] });
    const shown = async (name: string): Promise<string> =>
      /SHA256:\S+/.exec(await succeed('ssh-keygen', ['-lf', file(`${name}.pub`)]))?.[0] ?? '';

    test('an unknown one is asked about once and then known', async () => {
      await writeFile(server.knownHosts, '# mine, without an end of line', { mode: 0o640 });
      const { prompts, asked } = answering({ confirmHostKey: true });
      expect(code(await attempt(prompts, withKey()))).toBe('logged in');
      expect(code(await attempt(prompts, withKey()))).toBe('logged in');
      expect(asked).toEqual(['confirmHostKey']);
      const [comment, line] = (await readFile(server.knownHosts, 'utf8')).split('\n');
      expect(comment).toBe('# mine, without an end of line');
      expect(line).toBe(`${server.hostName} ${await keyLine('host_ed25519')}`);
      expect(await succeed('ssh-keygen', ['-F', server.hostName, '-f', server.knownHosts])).toContain('found');
    });

    test('an unknown one that is not accepted ends it before anything secret is sent', async () => {
      await rm(server.knownHosts);
      const { prompts, asked } = answering({ password: account.password });
      const result = await attempt(prompts, {}, asUser());
      expect(code(result)).toBe('host-key-refused');
      expect(!result.ok && result.problem.sentence).toContain(await shown('host_ed25519'));
      expect(asked).toEqual(['confirmHostKey']);
    });

    test('a changed one is refused with both fingerprints and the line that knows the old one', async () => {
      await writeFile(server.knownHosts, `\n${server.hostName} ${await keyLine('other')}\n`);
      const { prompts, asked } = answering({ confirmHostKey: true, password: account.password });
      const result = await attempt(prompts, withKey());
      expect(code(result)).toBe('host-key-changed');
      const sentence = result.ok ? '' : result.problem.sentence;
      expect(sentence).toContain(await shown('host_ed25519'));
      expect(sentence).toContain(await shown('other'));
      expect(sentence).toContain(`${server.knownHosts}:2`);
      expect(asked).toEqual([]);
    });

    test('a revoked one is refused although another line knows it', async () => {
      const line = `${server.hostName} ${await keyLine('host_ed25519')}`;
      await writeFile(server.knownHosts, `${line}\n@revoked ${line.replace(server.hostName, '*')}\n`);
      expect(code(await attempt(answering({ confirmHostKey: true }).prompts, withKey()))).toBe('host-key-revoked');
    });

    test('a hashed name is understood', async () => {
      await succeed('ssh-keygen', ['-H', '-f', server.knownHosts]);
      expect(await readFile(server.knownHosts, 'utf8')).toMatch(/^\|1\|/);
      expect(code(await attempt(answering().prompts, withKey()))).toBe('logged in');
    });

    test('of two keys of a server the known one is asked for', async () => {
      await writeFile(server.knownHosts, `${server.hostName} ${await keyLine('host_ecdsa')}\n`);
      expect(code(await attempt(answering().prompts, withKey()))).toBe('logged in');
    });
  });
});
