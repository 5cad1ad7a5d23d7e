import { safeStorage } from 'electron';
import type { Vault } from './vault';

/** The system's keychain, once the application is ready. */
export const electronVault: Vault = {
  get isAvailable() {
    if (!safeStorage.isEncryptionAvailable()) return false;
    // `basic_text` is a key that is written in Chromium's sources; `unknown` is nothing that one could trust.
    return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
  },
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(bytes),
};
