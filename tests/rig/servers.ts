import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Network } from './network';
import { succeed } from './processes';

/** A folder of the rig's own for keys, word lists and configurations. */
export class Workshop {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workshop> {
    return new Workshop(await mkdtemp(join(tmpdir(), 'portlight-rig-')));
  }

  async file(name: string, ...lines: readonly string[]): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
    return path;
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** Passwords that open nothing. */
export const passwords = (count: number): string[] => Array.from({ length: count }, (_, i) => `wrong-${i}`);

/** A real sshd on the victim's port 22. Nobody has a password; root may enter with the key whose path this gives. */
export async function startSshd(network: Network, workshop: Workshop): Promise<string> {
  const [hostKey, userKey] = [join(workshop.folder, 'host-key'), join(workshop.folder, 'user-key')];
  for (const key of [hostKey, userKey]) await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const configuration = await workshop.file(
    'sshd_config',
    'Port 22',
    `HostKey ${hostKey}`,
    'PidFile none',
    'UsePAM no',
    'PasswordAuthentication yes',
    'PermitRootLogin prohibit-password',
    `AuthorizedKeysFile ${userKey}.pub`,
    'StrictModes no',
    'MaxStartups 100',
  );
  // Where sshd puts the process that has no rights yet; made by its service where there is one.
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  await network.start('victim', '/usr/sbin/sshd', '-D', '-e', '-f', configuration).says('Server listening');
  return userKey;
}

/** A real FTP server on the victim's port 21 that lets nobody in. */
export async function startFtp(network: Network, workshop: Workshop): Promise<void> {
  const empty = join(workshop.folder, 'empty');
  await mkdir(empty, { mode: 0o555 });
  const configuration = await workshop.file(
    'vsftpd.conf',
    'listen=YES',
    'listen_ipv6=NO',
    'background=NO',
    'anonymous_enable=NO',
    'local_enable=YES',
    'userlist_enable=NO',
    'delay_failed_login=0',
    'seccomp_sandbox=NO',
    'isolate=NO',
    'isolate_network=NO',
    'xferlog_enable=NO',
    `secure_chroot_dir=${empty}`,
  );
  network.start('victim', 'vsftpd', configuration);
  await network.run('victim', process.execPath, '-e', WAIT_FOR_FTP);
}

const WAIT_FOR_FTP = `
  const attempt = (left) => require('node:net').connect(21, '127.0.0.1').once('data', () => process.exit(0))
    .on('error', () => (left > 0 ? setTimeout(attempt, 50, left - 1) : process.exit(1)));
  attempt(60);`;
