/** Where secrets are kept between two starts: the system's keychain, which only the main process reaches. Nothing rejects. */
export interface SecretKeeper {
  readonly keeping: 'keychain' | 'session';
  /** null: there is none. */
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): void;
  delete(name: string): void;
}

/** Keeps nothing: for tests and wherever there is no keychain. */
export const noSecrets: SecretKeeper = { keeping: 'session', get: async () => null, set: () => undefined, delete: () => undefined };
