import { z } from 'zod';
import type { KeepingMessage, SecretMessage } from '../../shared/contract/engine-process';
import { isSecretName } from './secret-names';
import { MAX_SECRET, type Secrets } from './secrets';

/** The engine reads bytes that others made: it reaches the secrets of its connections and no others. */
const name = z.string().startsWith('ssh.').refine(isSecretName);
const request = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('secret-wanted'), id: z.number().int(), name }),
  z.strictObject({ type: z.literal('secret-kept'), name, secret: z.string().min(1).max(MAX_SECRET).nullable() }),
]);

/** Gives the engine the secrets of its connections, and keeps what it was told. */
export class EngineSecrets {
  readonly #secrets: Secrets;
  readonly #tell: (message: SecretMessage) => void;

  constructor(secrets: Secrets, tell: (message: SecretMessage) => void) {
    this.#secrets = secrets;
    this.#tell = tell;
  }

  get greeting(): KeepingMessage {
    return { type: 'keeping', keeping: this.#secrets.keeping };
  }

  /** Anything that the engine says; what is no such message is left alone. */
  take(message: unknown): void {
    const parsed = request.safeParse(message);
    if (!parsed.success) return;
    const { data } = parsed;
    if (data.type === 'secret-wanted') this.#tell({ type: 'secret', id: data.id, secret: this.#secrets.get(data.name) });
    else if (data.secret === null) this.#secrets.delete(data.name);
    else this.#secrets.set(data.name, data.secret);
  }
}
