import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import { readHostSettings } from './config-file';
import { parseSshTarget, type SshTarget } from './target';

/** Where ssh's files are, where they are not in their usual places. */
export interface SshFiles {
  /** `~/.ssh/config`. */
  readonly config?: string;
  /** In place of `~/.ssh/known_hosts` and what the configuration names. New keys go into the first. */
  readonly knownHosts?: readonly string[];
  /** The agent's socket or pipe; null: none. In place of SSH_AUTH_SOCK. */
  readonly agent?: string | null;
  /** Key files that are tried where the configuration names none. */
  readonly identities?: readonly string[];
}

/** One server to connect to, with all that the configuration says about it. */
export interface SshHost {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The name that `known_hosts` knows it by. */
  readonly hostKeyName: string;
  readonly identityFiles: readonly string[];
  /** Agent keys that are in no identity file are not offered. */
  readonly identitiesOnly: boolean;
  readonly agent: string | null;
  readonly knownHosts: readonly string[];
}

/** The servers on the way, the last is the goal. */
export interface SshRoute {
  readonly hops: readonly SshHost[];
  readonly notes: readonly Problem[];
}

const MAX_HOPS = 8;
const DEFAULT_IDENTITIES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/** `identity`: a key file that is tried first. Problem codes: `ssh-proxy-command`, `ssh-jump-loop`, `bad-ssh-target`. */
export async function resolveRoute(target: SshTarget, files: SshFiles = {}, identity: string | null = null): Promise<Result<SshRoute>> {
  const folder = join(homedir(), '.ssh');
  const config = files.config ?? join(folder, 'config');
  const hops: SshHost[] = [];
  const notes: Problem[] = [];
  let next: SshTarget = target;
  // From the goal backwards: the first of a list of jumps may have jumps of its own.
  let waiting: SshTarget[] = [];
  for (let first = true; ; first = false) {
    if (hops.length >= MAX_HOPS) {
      return fail(
        'ssh-jump-loop',
        `The way to ${target.host} has more than ${MAX_HOPS} jumps.`,
        `Look at the ProxyJump lines in ${config}.`,
      );
    }
    const settings = await readHostSettings(config, next.host);
    notes.push(...settings.notes.filter((note) => !notes.some((known) => known.sentence === note.sentence)));
    const one = (keyword: string): string | null => settings.values.get(keyword)?.[0] ?? null;
    const user = next.user ?? one('user') ?? userInfo().username;
    const port = next.port ?? (Number(one('port')) || 22);
    const host = (one('hostname') ?? next.host).replaceAll('%%', '%').replaceAll('%h', next.host);
    const expand = (path: string): string => expandPath(path, { host, alias: next.host, port, user });
    const named = (settings.values.get('identityfile') ?? []).map(expand).filter((path) => path.toLowerCase() !== 'none');
    const usual = files.identities ?? DEFAULT_IDENTITIES.map((name) => join(folder, name));
    const given = first && identity !== null ? [expand(identity)] : [];
    hops.unshift({
      host,
      port,
      user,
      hostKeyName: knownHostName(one('hostkeyalias') ?? host, one('hostkeyalias') === null ? port : 22),
      identityFiles: [...given, ...(named.length > 0 ? named : usual)],
      identitiesOnly: one('identitiesonly')?.toLowerCase() === 'yes',
      agent: agentOf(one('identityagent'), files, expand),
      knownHosts: files.knownHosts ?? knownHostsFiles(settings.values, folder, expand),
    });

    const command = one('proxycommand');
    const jump = one('proxyjump');
    if (waiting.length === 0 && jump === null && command !== null && command.toLowerCase() !== 'none') {
      return fail(
        'ssh-proxy-command',
        `${config} reaches ${next.host} through a ProxyCommand, which is not supported.`,
        'Write it as a ProxyJump line, which says the same for another SSH server on the way.',
      );
    }
    if (waiting.length === 0 && jump !== null && jump.toLowerCase() !== 'none') {
      for (const text of jump.split(',')) {
        const parsed = parseSshTarget(text);
        if (!parsed.ok) return parsed;
        waiting.push(parsed.value);
      }
    }
    const before = waiting.pop();
    if (before === undefined) return ok({ hops, notes });
    waiting = waiting.slice(-MAX_HOPS);
    next = before;
  }
}

/** '[host]:port' where the port is not 22 (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export const knownHostName = (host: string, port: number): string => (port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`);

function agentOf(identityAgent: string | null, files: SshFiles, expand: (path: string) => string): string | null {
  if (files.agent !== undefined) return files.agent;
  if (identityAgent !== null && identityAgent.toLowerCase() === 'none') return null;
  if (identityAgent === null || identityAgent === 'SSH_AUTH_SOCK') return fromEnvironment('SSH_AUTH_SOCK');
  if (identityAgent.startsWith('$')) return fromEnvironment(identityAgent.slice(1).replace(/^\{(.*)\}$/, '$1'));
  return expand(identityAgent);
}

/** Only what is a path: anything else would be taken for a port. */
function fromEnvironment(name: string): string | null {
  const path = process.env[name] ?? '';
  if (isAbsolute(path) || path.startsWith('\\\\')) return path;
  return process.platform === 'win32' ? WINDOWS_AGENT : null;
}

function knownHostsFiles(values: ReadonlyMap<string, readonly string[]>, folder: string, expand: (path: string) => string): string[] {
  const files = (keyword: string): string[] | undefined =>
    values
      .get(keyword)
      ?.flatMap((text) => text.split(/\s+/))
      .filter(Boolean);
  const user = files('userknownhostsfile') ?? [join(folder, 'known_hosts'), join(folder, 'known_hosts2')];
  const machine = files('globalknownhostsfile') ?? (process.platform === 'win32' ? [] : ['/etc/ssh/ssh_known_hosts']);
  return [...user, ...machine].filter((path) => path.toLowerCase() !== 'none').map(expand);
}

/** The tokens of ssh_config(5) that paths use: %h %n %p %r %u %d %%, and ~ for the home folder. */
function expandPath(path: string, names: { host: string; alias: string; port: number; user: string }): string {
  const tokens: Record<string, string> = {
    '%': '%',
    h: names.host,
    n: names.alias,
    p: String(names.port),
    r: names.user,
    u: userInfo().username,
    d: homedir(),
  };
  const text = path.replace(/%(.)/g, (whole, token: string) => tokens[token] ?? whole).replace(/^~(?=$|[\\/])/, homedir());
  return isAbsolute(text) || /^\\\\/.test(text) ? text : join(process.cwd(), text);
}
