/** What encrypts with a key that only this user of this system has. */
export interface Vault {
  /** False: it would not protect anything, so nothing may be written. */
  readonly isAvailable: boolean;
  /** Throws where the keychain refuses. */
  encrypt(text: string): Buffer;
  /** Throws where it was made with another key. */
  decrypt(bytes: Buffer): string;
}
