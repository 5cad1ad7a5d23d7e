import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/base/result';
import type { ListKind, ListRow, ListsState } from '../../../shared/contract/settings';
import { countEntries, FILE_OF_KIND, kindOfFile } from './list-kinds';
import { LIST_ENDING, type ListInfo, type Lists, loadLists, MAX_FILE, MAX_FILES } from './lists';

/** Behind the name of a list that was removed: it is no list any more, but can come back. */
const REMOVED = '.removed';
const MAX_NAME = 100;
const NOT_THERE = fail('list-unknown', 'This list is not one of your own, or is gone.');

/** The lists that ship and, beside or in place of them, the user's own, read when first asked for and again after a change. */
export class UserLists {
  readonly #shipped: string;
  readonly #folder: string;
  #lists: Lists | null = null;
  #revision = 0;

  /** `folder`: of the user's own; it need not exist. */
  constructor(shipped: string, folder: string) {
    this.#shipped = shipped;
    this.#folder = folder;
  }

  get current(): Lists {
    this.#lists ??= loadLists(this.#shipped, this.#folder);
    return this.#lists;
  }

  /** Changes with every change of a list. */
  get revision(): number {
    return this.#revision;
  }

  state(): ListsState {
    return { folder: this.#folder, lists: this.current.loaded.map((list) => this.#row(list)) };
  }

  /** Copies a file that holds entries of this kind to the user's own; what it replaces can be had back by `restore`. */
  import(path: string, kind: ListKind): Result<ListRow> {
    const name = basename(path);
    const text = readList(path);
    if (!text.ok) return text;
    const { entries, refused } = countEntries(kind, text.value);
    if (entries === 0) {
      const lines = refused > 0 ? `, but ${refused.toLocaleString('en-US')} lines that are something else` : '';
      return fail('list-empty', `${name} has no entry of this kind${lines}.`, 'A list is a text file with one entry a line.');
    }
    const file = kind === 'blocklist' ? blocklistFile(name) : FILE_OF_KIND[kind];
    const own = ownFiles(this.#folder);
    if (own.length >= MAX_FILES && !own.includes(file))
      return fail('list-many', `There are ${MAX_FILES} own lists already; remove one first.`);
    try {
      mkdirSync(this.#folder, { recursive: true });
      const target = join(this.#folder, file);
      const fresh = `${target}.new`;
      copyFileSync(path, fresh);
      if (own.includes(file)) renameSync(target, target + REMOVED);
      renameSync(fresh, target);
    } catch (error) {
      return fail(
        'list-unwritable',
        `The list could not be copied to ${this.#folder}: ${reason(error)}.`,
        'Check that you may write there.',
      );
    }
    this.#changed();
    const list = this.current.loaded.find((each) => each.file === file);
    return list ? ok(this.#row(list)) : NOT_THERE;
  }

  remove(file: string): Result<null> {
    if (!ownFiles(this.#folder).includes(file)) return NOT_THERE;
    return this.#move(file, file + REMOVED);
  }

  restore(file: string): Result<null> {
    if (basename(file) !== file || !LIST_ENDING.test(file)) return NOT_THERE;
    return this.#move(file + REMOVED, file);
  }

  #move(from: string, to: string): Result<null> {
    try {
      if (from.endsWith(REMOVED)) rmSync(join(this.#folder, to), { force: true });
      renameSync(join(this.#folder, from), join(this.#folder, to));
    } catch {
      return NOT_THERE;
    }
    this.#changed();
    return ok(null);
  }

  #changed(): void {
    this.#lists = null;
    this.#revision++;
  }

  #row({ file, header, entries, refused, own, problem }: ListInfo): ListRow {
    const { source, date, licence } = header;
    const name = header.name === '' ? file : header.name;
    const replaces = own && ownFiles(this.#shipped).includes(file);
    return { file, kind: kindOfFile(file), name, source, date, licence, entries, refused, own, replaces, problem };
  }
}

function readList(path: string): Result<string> {
  const name = basename(path);
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return fail('list-unreadable', `${name} is not a file.`);
    if (stats.size > MAX_FILE)
      return fail('list-large', `${name} is larger than ${MAX_FILE >> 20} MB.`, 'Split it, or import a part of it.');
    const text = readFileSync(path, 'utf8');
    return text.includes('\0') ? fail('list-binary', `${name} is not a text file.`, 'Unpack it first if it is compressed.') : ok(text);
  } catch (error) {
    return fail('list-unreadable', `${name} cannot be read: ${reason(error)}.`);
  }
}

/** A name that is a list's on every system, hides nothing and is no other kind's. */
function blocklistFile(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  const ending = LIST_ENDING.exec(plain)?.[0] ?? '';
  const file = `${plain.slice(0, plain.length - ending.length).slice(0, MAX_NAME) || 'list'}${ending || '.txt'}`;
  return kindOfFile(file) === 'blocklist' ? file : `own-${file}`;
}

function ownFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => LIST_ENDING.test(file));
  } catch {
    return [];
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
