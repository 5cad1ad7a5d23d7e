import type { EngineToMain, KeepingMessage, SecretMessage } from '../shared/contract/engine-process';
import type { SecretKeeper } from './secret-keeper';

/** The main process answers at once; one that does not has no secrets. */
const LONGEST_MS = 60_000;

/** Secrets that the main process keeps. */
export class MainSecrets implements SecretKeeper {
  keeping: SecretKeeper['keeping'] = 'session';
  readonly #tell: (message: EngineToMain) => void;
  readonly #wanted = new Map<number, (secret: string | null) => void>();
  #count = 0;

  constructor(tell: (message: EngineToMain) => void) {
    this.#tell = tell;
  }

  get(name: string): Promise<string | null> {
    return new Promise((resolve) => {
      const id = ++this.#count;
      // The keychain may ask the person first.
      const timer = setTimeout(() => this.take({ type: 'secret', id, secret: null }), LONGEST_MS);
      this.#wanted.set(id, (secret) => {
        clearTimeout(timer);
        resolve(secret);
      });
      this.#tell({ type: 'secret-wanted', id, name });
    });
  }

  set(name: string, secret: string): void {
    this.#tell({ type: 'secret-kept', name, secret });
  }

  delete(name: string): void {
    this.#tell({ type: 'secret-kept', name, secret: null });
  }

  take(message: SecretMessage | KeepingMessage): void {
    if (message.type === 'keeping') {
      this.keeping = message.keeping;
      return;
    }
    this.#wanted.get(message.id)?.(message.secret);
    this.#wanted.delete(message.id);
  }
}
