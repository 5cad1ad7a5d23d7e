import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SshPrompts } from '../../src/engine/sources/ssh/prompts';
import { Running, succeed } from './processes';
import { Workshop } from './servers';

/** An account of this machine that is there for one test. */
export interface Account {
  readonly name: string;
  readonly password: string;
}

/** A real sshd on a port of 127.0.0.1, with keys, files and accounts of its own. */
export class LoopbackSshd {
  readonly workshop: Workshop;
  readonly port: number;
  readonly knownHosts: string;
  /** Opens root's account. */
  readonly key: string;
  readonly #configuration: string;
  readonly #accounts: string[] = [];
  #daemon: Running | null = null;

  private constructor(workshop: Workshop, port: number, configuration: string) {
    this.workshop = workshop;
    this.port = port;
    this.#configuration = configuration;
    this.knownHosts = join(workshop.folder, 'known_hosts');
    this.key = join(workshop.folder, 'key');
  }

  /** `lines`: more of sshd_config(5). */
  static async start(...lines: readonly string[]): Promise<LoopbackSshd> {
    const workshop = await Workshop.open();
    // sshd reads what belongs to the accounts as these.
    await chmod(workshop.folder, 0o755);
    const port = await freePort();
    const file = (name: string): string => join(workshop.folder, name);
    for (const name of ['host_ed25519', 'key', 'other']) await makeKey(file(name));
    await succeed('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', file('host_ecdsa')]);
    await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'open sesame', '-f', file('locked')]);
    const allowed = [await readFile(file('key.pub'), 'utf8'), await readFile(file('locked.pub'), 'utf8')].join('');
    await writeFile(file('authorized_keys'), allowed, { mode: 0o644 });
    const configuration = await workshop.file(
      'sshd_config',
      ...lines,
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${file('host_ed25519')}`,
      `HostKey ${file('host_ecdsa')}`,
      'PidFile none',
      'UsePAM yes',
      'PermitRootLogin yes',
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      'StrictModes no',
      'MaxStartups 100',
    );
    const server = new LoopbackSshd(workshop, port, configuration);
    await server.trust();
    await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
    await server.up();
    return server;
  }

  get target(): string {
    return `root@127.0.0.1:${this.port}`;
  }

  get hostName(): string {
    return `[127.0.0.1]:${this.port}`;
  }

  async up(): Promise<void> {
    this.#daemon = new Running('/usr/sbin/sshd', ['-D', '-e', '-f', this.#configuration]);
    await this.#daemon.says('Server listening');
  }

  /** Makes this server's ed25519 key the known one. */
  async trust(): Promise<void> {
    const key = await readFile(join(this.workshop.folder, 'host_ed25519.pub'), 'utf8');
    await writeFile(this.knownHosts, `${this.hostName} ${key.split(' ').slice(0, 2).join(' ')}\n`);
  }

  /** Ends every connection as a crash does: nothing is said goodbye. Gives how many there were. */
  async cut(): Promise<number> {
    const sessions = await this.#sessions();
    for (const pid of sessions) kill(pid);
    return sessions.length;
  }

  /** The same, and nobody answers afterwards. */
  async crash(): Promise<void> {
    const sessions = await this.#sessions();
    const stopped = this.#daemon?.stop();
    // They hold its standard error, which it is over only when they are.
    for (const pid of sessions) kill(pid);
    await stopped;
    this.#daemon = null;
  }

  /** Processes that serve the connections of this server and no other. */
  async #sessions(): Promise<number[]> {
    const all = await processes();
    const daemon = all.find((one) => one.command.includes(this.#configuration));
    const served = all.filter((one) => one.parent === daemon?.pid);
    const helpers = all.filter((one) => served.some(({ pid }) => pid === one.parent) && one.command.startsWith('sshd'));
    return [...helpers, ...served].map(({ pid }) => pid);
  }

  async account(): Promise<Account> {
    const name = `plssh${process.pid % 100_000}${String.fromCharCode(97 + this.#accounts.length)}`;
    const password = `pw-${Math.random().toString(36).slice(2)}`;
    const home = join(this.workshop.folder, name);
    await succeed('useradd', ['-M', '-d', home, '-s', '/bin/sh', name]);
    this.#accounts.push(name);
    await mkdir(home, { mode: 0o755 });
    await succeed('chown', [name, home]);
    const list = await this.workshop.file('chpasswd', `${name}:${password}`);
    await succeed('sh', ['-c', `chpasswd <'${list}'`]);
    return { name, password };
  }

  async close(): Promise<void> {
    await this.crash();
    for (const name of this.#accounts) await succeed('userdel', ['-f', name]).catch(() => '');
    await this.workshop.close();
  }
}

async function makeKey(path: string): Promise<void> {
  await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process of this machine that is no zombie. */
export async function processes(): Promise<Process[]> {
  const list: Process[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (stat === '' || rest[0] === 'Z') continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    list.push({ pid: Number(name), parent: Number(rest[1]), command: command.replaceAll('\0', ' ').trim() });
  }
  return list;
}

/** Waits until no process has `text` in its command; gives those that stay. */
export async function gone(text: string, patience = 10_000): Promise<string[]> {
  const until = performance.now() + patience;
  for (;;) {
    const left = (await processes()).filter((one) => one.command.includes(text)).map((one) => one.command);
    if (left.length === 0 || performance.now() > until) return left;
    await sleep(50);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

/** Answers what is given and nothing else; `asked` tells what was asked, in order. */
export function answering(answers: Partial<Record<keyof SshPrompts, readonly string[] | string | boolean | null>> = {}): {
  readonly prompts: SshPrompts;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const text = (kind: keyof SshPrompts, attempt: number): string | null => {
    asked.push(kind);
    const answer = answers[kind];
    if (Array.isArray(answer)) return answer[attempt] ?? null;
    return typeof answer === 'string' ? answer : null;
  };
  const prompts: SshPrompts = {
    passphrase: async ({ attempt }) => text('passphrase', attempt),
    password: async ({ attempt }) => text('password', attempt),
    answers: async () => {
      asked.push('answers');
      return Array.isArray(answers.answers) ? answers.answers : null;
    },
    confirmHostKey: async () => {
      asked.push('confirmHostKey');
      return answers.confirmHostKey === true;
    },
    sudoPassword: async ({ attempt }) => text('sudoPassword', attempt),
  };
  return { prompts, asked };
}
