import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import SSHConfig, { LineType } from 'ssh-config';
import type { Problem } from '../../../shared/base/result';
import { globMatches, matchesPatterns } from './glob';

/** The values that hold for one host: the first of each keyword wins, `IdentityFile` collects (ssh_config(5)). Keys in small letters. */
export interface HostSettings {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly notes: readonly Problem[];
}

/** Larger ones are not configurations. */
const MAX_FILE_BYTES = 1 << 20;
/** OpenSSH's own bound for files that include files. */
const MAX_DEPTH = 16;
const MAX_FILES = 256;

/** Reads `path` and what it includes, and gives what it says about `host`. An absent file says nothing. */
export async function readHostSettings(path: string, host: string): Promise<HostSettings> {
  const reader = new SettingsReader(host, dirname(path));
  await reader.file(path, true, 0);
  return reader;
}

class SettingsReader implements HostSettings {
  readonly values = new Map<string, string[]>();
  readonly notes: Problem[] = [];
  readonly #host: string;
  readonly #folder: string;
  #files = 0;

  constructor(host: string, folder: string) {
    this.#host = host;
    this.#folder = folder;
  }

  async file(path: string, active: boolean, depth: number): Promise<void> {
    if (depth > MAX_DEPTH || ++this.#files > MAX_FILES) {
      this.#note('ssh-config-includes', `${path} was not read: too many files include each other.`);
      return;
    }
    let text: string;
    try {
      if ((await stat(path)).size > MAX_FILE_BYTES) throw new Error('it is larger than 1 MB');
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      this.#note('ssh-config-unreadable', `${path} could not be read (${error instanceof Error ? error.message : String(error)}).`);
      return;
    }
    let parsed: SSHConfig;
    try {
      parsed = SSHConfig.parse(text);
    } catch (error) {
      this.#note('ssh-config-damaged', `${path} could not be understood (${error instanceof Error ? error.message : String(error)}).`);
      return;
    }
    await this.#lines(parsed, active, path, depth);
  }

  async #lines(lines: SSHConfig, active: boolean, path: string, depth: number): Promise<void> {
    for (const line of lines) {
      if (line.type !== LineType.DIRECTIVE) continue;
      const keyword = line.param.toLowerCase();
      const words = typeof line.value === 'string' ? [line.value] : line.value.map((word) => word.val);
      if (keyword === 'host') {
        if ('config' in line && active && matchesPatterns(words.flatMap(split), this.#host))
          await this.#lines(line.config, true, path, depth);
      } else if (keyword === 'match') {
        const always = words.length === 1 && words[0]?.toLowerCase() === 'all';
        if (always && 'config' in line) await this.#lines(line.config, active, path, depth);
        else if (active) this.#note('ssh-config-match', `A Match section of ${path} was ignored.`);
      } else if (keyword === 'include') {
        if (active) for (const name of words.flatMap(split)) await this.#include(name, depth);
      } else if (active) {
        this.#keep(keyword, words);
      }
    }
  }

  #keep(keyword: string, words: readonly string[]): void {
    const known = this.values.get(keyword);
    if (known === undefined) this.values.set(keyword, [...words]);
    else if (keyword === 'identityfile' && known.length < 100) known.push(...words);
  }

  async #include(name: string, depth: number): Promise<void> {
    const home = name.startsWith('~/') ? join(homedir(), name.slice(2)) : name;
    const path = isAbsolute(home) ? home : resolve(this.#folder, home);
    if (!/[*?]/.test(basename(path))) return await this.file(path, true, depth + 1);
    const names = await readdir(dirname(path)).catch(() => []);
    for (const found of names.sort()) {
      if (globMatches(basename(path), found) && !found.startsWith('.')) await this.file(join(dirname(path), found), true, depth + 1);
    }
  }

  #note(code: string, sentence: string): void {
    if (this.notes.length < 20 && !this.notes.some((note) => note.sentence === sentence)) this.notes.push({ code, sentence });
  }
}

const split = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
