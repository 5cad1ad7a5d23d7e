import { assert } from '../../shared/base/assert';
import { fail, ok, type Result } from '../../shared/base/result';
import { hasRoom, readSecretFile, writeSecretFile } from './secret-file';
import { isSecretName } from './secret-names';
import type { Vault } from './vault';

/** Characters of one secret. */
export const MAX_SECRET = 8192;

/**
 * Passwords, tokens and addresses that give access, by name. They are written only encrypted by the vault; where it is not available they
 * are kept in memory until the application ends, and what the file holds stays as it is. Names are the program's: a wrong one throws.
 */
export class Secrets {
  readonly #path: string;
  readonly #vault: Vault;
  /** As last read or written; null until it is asked for, since the keychain may ask the person. */
  #stored: Map<string, Buffer> | null = null;
  readonly #open = new Map<string, string>();

  constructor(path: string, vault: Vault) {
    this.#path = path;
    this.#vault = vault;
  }

  get keeping(): 'keychain' | 'session' {
    return this.#vault.isAvailable ? 'keychain' : 'session';
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  /** Null: there is none, or it was encrypted with a key that is gone. */
  get(name: string): string | null {
    const known = this.#open.get(checked(name));
    if (known !== undefined) return known;
    const bytes = this.#vault.isAvailable ? this.#file().get(name) : undefined;
    if (!bytes) return null;
    try {
      const secret = this.#vault.decrypt(bytes);
      this.#open.set(name, secret);
      return secret;
    } catch {
      return null;
    }
  }

  /** After a failure nothing has changed. */
  set(name: string, secret: string): Result<null> {
    assert(secret.length > 0 && secret.length <= MAX_SECRET, 'a secret has 1 to 8,192 characters');
    checked(name);
    if (this.#vault.isAvailable) {
      if (!hasRoom(this.#file(), name)) return fail('too-many-secrets', 'There are too many secrets already.', 'Remove some first.');
      const written = this.#write((secrets) => secrets.set(name, this.#vault.encrypt(secret)));
      if (!written.ok) return written;
    }
    this.#open.set(name, secret);
    return ok(null);
  }

  /** Also from the file, whether or not it could be read. */
  delete(name: string): Result<null> {
    checked(name);
    const written = this.#file().has(name) ? this.#write((secrets) => secrets.delete(name)) : ok(null);
    if (written.ok) this.#open.delete(name);
    return written;
  }

  #file(): Map<string, Buffer> {
    this.#stored ??= readSecretFile(this.#path);
    return this.#stored;
  }

  #write(change: (secrets: Map<string, Buffer>) => void): Result<null> {
    const secrets = new Map(this.#file());
    try {
      change(secrets);
      writeSecretFile(this.#path, secrets);
    } catch {
      // The error's own words may hold a path or more; none of them helps.
      return fail(
        'secret-not-kept',
        'The keychain or the disk refused to keep it.',
        'Unlock the keychain, see whether the disk is full, and try again.',
      );
    }
    this.#stored = secrets;
    return ok(null);
  }
}

function checked(name: string): string {
  assert(isSecretName(name), 'the name of a secret is words between dots');
  return name;
}
