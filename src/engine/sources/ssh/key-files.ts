import { readFile, stat } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import { loadSsh2 } from './ssh2';

/** A key file as it lies there. */
export interface KeyFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly encrypted: boolean;
  /** The public half where it can be known without the passphrase. */
  readonly publicKey: Buffer | null;
}

export interface KeyFiles {
  readonly files: readonly KeyFile[];
  /** One short phrase for each that is there but no use. */
  readonly notes: readonly string[];
}

/** Private keys take a few KB; RSA of 16,384 bits some 13. */
const MAX_KEY_BYTES = 64 << 10;

/** Reads key files; absent ones are passed over. */
export async function readKeyFiles(paths: readonly string[]): Promise<KeyFiles> {
  const { utils } = await loadSsh2();
  const files: KeyFile[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const bytes = await readKey(path, notes);
    if (bytes === null) continue;
    const parsed = firstKey(utils.parseKey(bytes));
    if (parsed instanceof Error) {
      if (!/encrypted|passphrase/i.test(parsed.message)) {
        notes.push(`${path} is not a private key of a supported kind`);
        continue;
      }
      files.push({ path, bytes, encrypted: true, publicKey: await publicHalf(`${path}.pub`) });
    } else if (parsed.isPrivateKey()) {
      files.push({ path, bytes, encrypted: false, publicKey: parsed.getPublicSSH() });
    } else notes.push(`${path} is a public key; its private half is needed`);
  }
  return { files, notes };
}

/** The private key, or null where the passphrase is wrong. */
export async function decryptKey(file: KeyFile, passphrase: string): Promise<ParsedKey | null> {
  const { utils } = await loadSsh2();
  const parsed = firstKey(utils.parseKey(file.bytes, passphrase));
  return parsed instanceof Error || !parsed.isPrivateKey() ? null : parsed;
}

/** A file in OpenSSH's format gives a list of one. */
const firstKey = (parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error =>
  Array.isArray(parsed) ? (parsed[0] ?? new Error('no key')) : parsed;

async function readKey(path: string, notes: string[]): Promise<Buffer | null> {
  try {
    if ((await stat(path)).size > MAX_KEY_BYTES) {
      notes.push(`${path} is too large for a key`);
      return null;
    }
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'ENOENT') notes.push(`${path} could not be read`);
    return null;
  }
}

async function publicHalf(path: string): Promise<Buffer | null> {
  const { utils } = await loadSsh2();
  const bytes = await readKey(path, []);
  if (bytes === null) return null;
  const parsed = firstKey(utils.parseKey(bytes));
  return parsed instanceof Error ? null : parsed.getPublicSSH();
}
