import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { isSecretName } from './secret-names';

/** Secrets that are kept: a webhook and a few hundred hosts are more than a person has. */
const MAX_SECRETS = 1000;
/** Base64 of one encrypted secret. */
const MAX_ENCRYPTED = 64 * 1024;
const MAX_FILE_BYTES = MAX_SECRETS * MAX_ENCRYPTED;
const VERSION = 1;
/** Read and written by its owner only, although what is in it is encrypted. */
const MODE = 0o600;

/** Encrypted secrets by name. What is no such thing in the file, and a file that is damaged, is left out: anybody may have edited it. */
export function readSecretFile(path: string): Map<string, Buffer> {
  const secrets = new Map<string, Buffer>();
  for (const [name, encoded] of entriesOf(path).slice(0, MAX_SECRETS)) {
    if (!isSecretName(name) || typeof encoded !== 'string' || encoded.length > MAX_ENCRYPTED) continue;
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.length > 0 && bytes.toString('base64') === encoded) secrets.set(name, bytes);
  }
  return secrets;
}

function entriesOf(path: string): [string, unknown][] {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return [];
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isRecord(content) || content.version !== VERSION || !isRecord(content.secrets)) return [];
    return Object.entries(content.secrets);
  } catch {
    return [];
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces the file in one step. Throws what the system says. */
export function writeSecretFile(path: string, secrets: ReadonlyMap<string, Buffer>): void {
  const encoded = Object.fromEntries([...secrets].map(([name, bytes]) => [name, bytes.toString('base64')]));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    // What a crash left there may have another mode or be somebody's link.
    rmSync(temporary, { force: true });
    const file = openSync(temporary, 'wx', MODE);
    try {
      writeSync(file, JSON.stringify({ version: VERSION, secrets: encoded }));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

export const hasRoom = (secrets: ReadonlyMap<string, Buffer>, name: string): boolean => secrets.has(name) || secrets.size < MAX_SECRETS;
