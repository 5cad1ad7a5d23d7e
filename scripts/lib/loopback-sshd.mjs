import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRoot } from './process.mjs';

const SSHD = '/usr/sbin/sshd';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/**
 * A server to take pictures of: sshd on 127.0.0.1 with keys of its own, and a home folder whose ~/.ssh names it `web`. Null where that takes
 * rights or programs that are not there.
 *
 * @returns {Promise<{ home: string, know: (key: 'host' | 'other' | null) => void, stop: () => void } | null>} `know` says which key
 * ~/.ssh/known_hosts has for it
 */
export async function startLoopbackSshd() {
  if (!isRoot() || !existsSync(SSHD)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'portlight-sshd-'));
  const file = (name) => join(folder, name);
  for (const name of ['host', 'other', 'login']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  const port = await freePort();
  const lines = [`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${file('host')}`, 'PidFile none', 'StrictModes no'];
  writeFileSync(file('sshd_config'), [...lines, 'PermitRootLogin yes', `AuthorizedKeysFile ${file('login.pub')}`, ''].join('\n'));
  const home = file('home');
  mkdirSync(join(home, '.ssh'), { recursive: true });
  const host = ['Host web', '  HostName 127.0.0.1', `  Port ${port}`, '  User root', `  IdentityFile ${file('login')}`, ''];
  writeFileSync(join(home, '.ssh', 'config'), host.join('\n'));
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const daemon = spawn(SSHD, ['-D', '-e', '-f', file('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise((resolve) => daemon.stderr.on('data', (text) => String(text).includes('Server listening') && resolve()));
  return {
    home,
    know: (key) => {
      const line = key === null ? '' : `[127.0.0.1]:${port} ${readFileSync(file(`${key}.pub`), 'utf8')}`;
      writeFileSync(join(home, '.ssh', 'known_hosts'), line);
    },
    stop: () => {
      daemon.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
