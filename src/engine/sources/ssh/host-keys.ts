import { appendFile, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok, type Problem, type Result } from '../../../shared/base/result';
import type { SshHost } from './host';
import { fingerprint, judgeHostKey, type KnownHost, keyTypeOf, knownKeyTypes, parseKnownHosts } from './known-hosts';
import type { SshPrompts } from './prompts';

/** Larger files are not read: 16 MB hold some 100,000 hosts. */
const MAX_FILE_BYTES = 16 << 20;

/** What the `known_hosts` files say about one host, and what happens to a key that it shows. */
export class HostKeys {
  readonly #host: SshHost;
  readonly #entries: readonly KnownHost[];
  readonly #prompts: SshPrompts;
  /** Shown again when a connection renews its keys (RFC 4253 9): it must be the same. */
  #accepted: Buffer | null = null;

  private constructor(host: SshHost, entries: readonly KnownHost[], prompts: SshPrompts) {
    this.#host = host;
    this.#entries = entries;
    this.#prompts = prompts;
  }

  /** Problem code: `known-hosts-unreadable`. */
  static async read(host: SshHost, prompts: SshPrompts): Promise<Result<HostKeys>> {
    const entries: KnownHost[] = [];
    for (const file of host.knownHosts) {
      try {
        const bytes = await readBounded(file);
        if (bytes !== null) entries.push(...parseKnownHosts(bytes, file));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return fail('known-hosts-unreadable', `${file} could not be read (${reason}), so the server's key cannot be checked.`);
      }
    }
    return ok(new HostKeys(host, entries, prompts));
  }

  /** Types of keys that are known, to be asked for first. */
  get knownTypes(): readonly string[] {
    return knownKeyTypes(this.#entries, this.#host.hostKeyName);
  }

  /** null: go on. Problem codes: `host-key-changed`, `host-key-revoked`, `host-key-refused`. */
  async check(key: Buffer): Promise<Problem | null> {
    const { hostKeyName: name } = this.#host;
    const shown = fingerprint(key);
    if (this.#accepted !== null) {
      return this.#accepted.equals(key) ? null : changed(name, shown, `${fingerprint(this.#accepted)}, shown a moment ago`, null);
    }
    const verdict = judgeHostKey(this.#entries, name, key);
    switch (verdict.kind) {
      case 'match':
        this.#accepted = key;
        return null;
      case 'changed': {
        const { known } = verdict;
        return changed(name, `${shown} (${keyTypeOf(key)})`, `${fingerprint(known.key)} (${known.keyType})`, known);
      }
      case 'revoked':
        return {
          code: 'host-key-revoked',
          sentence: `The key of ${name}, ${shown}, is marked as revoked in ${verdict.known.file}:${verdict.known.line}. Nothing was sent.`,
          next: 'Somebody else may be answering in its place. Ask whoever runs the server for its new key.',
        };
      case 'unknown':
        return await this.#ask(key, shown, verdict.authority);
    }
  }

  async #ask(key: Buffer, shown: string, authority: KnownHost | null): Promise<Problem | null> {
    const { hostKeyName: name, knownHosts } = this.#host;
    const agreed = await this.#prompts.confirmHostKey({ host: name, keyType: keyTypeOf(key), fingerprint: shown });
    if (!agreed) {
      const note =
        authority === null ? '' : ` (${authority.file}:${authority.line} names a certificate authority; those are not supported)`;
      return {
        code: 'host-key-refused',
        sentence: `The key of ${name}, ${shown}, is not known${note} and was not accepted.`,
        next: 'Compare the fingerprint with the one that the server prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub',
      };
    }
    this.#accepted = key;
    const [file] = knownHosts;
    if (file !== undefined) await remember(file, `${name} ${keyTypeOf(key)} ${key.toString('base64')}\n`);
    return null;
  }
}

const changed = (name: string, shown: string, known: string, where: KnownHost | null): Problem => ({
  code: 'host-key-changed',
  sentence: `The key of ${name} has changed: it shows ${shown}, known is ${known}${where ? `, ${where.file}:${where.line}` : ''}. Nothing was sent.`,
  next: `Somebody may be reading along. If the server was set up anew, compare the fingerprint there, then run: ssh-keygen -R '${name}'${where ? ` -f '${where.file}'` : ''}`,
});

async function readBounded(file: string): Promise<string | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > MAX_FILE_BYTES) throw new Error('it is larger than 16 MB');
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Adds a line with one write, which appending makes whole beside another writer (ssh does the same). That it could not be kept only means
 * to be asked again.
 */
async function remember(file: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const before = await readFile(file, 'utf8').catch(() => '');
    await appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}`, { mode: 0o600 });
  } catch {}
}
