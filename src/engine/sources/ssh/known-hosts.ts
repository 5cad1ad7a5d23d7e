import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { matchesPatterns } from './glob';

/** A line of a `known_hosts` file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHost {
  readonly marker: 'cert-authority' | 'revoked' | null;
  /** The patterns, or one hashed name. */
  readonly names: readonly string[];
  readonly keyType: string;
  readonly key: Buffer;
  readonly file: string;
  readonly line: number;
}

/** What the files say about a key that a server showed. */
export type HostKeyVerdict =
  | { readonly kind: 'match' }
  | { readonly kind: 'unknown'; readonly authority: KnownHost | null }
  | { readonly kind: 'changed'; readonly known: KnownHost }
  | { readonly kind: 'revoked'; readonly known: KnownHost };

/** Bounds for files that anybody may have written: 100,000 hosts, lines of 16 KiB (the longest RSA key has 2.8). */
const MAX_LINES = 100_000;
const MAX_LINE = 16_384;

/** Lines that are not understood are passed over, as ssh does. */
export function parseKnownHosts(text: string, file: string): KnownHost[] {
  const entries: KnownHost[] = [];
  const lines = text.split('\n', MAX_LINES);
  for (const [index, raw] of lines.entries()) {
    if (raw.length > MAX_LINE) continue;
    const words = raw.trim().split(/[ \t]+/);
    if (words[0] === '' || words[0]?.startsWith('#')) continue;
    const marked = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined;
    if (marked !== undefined && marked !== 'cert-authority' && marked !== 'revoked') continue;
    const [names, keyType, encoded] = words;
    if (names === undefined || keyType === undefined || encoded === undefined) continue;
    const key = Buffer.from(encoded, 'base64');
    if (keyTypeOf(key) !== keyType) continue;
    entries.push({ marker: marked ?? null, names: names.split(','), keyType, key, file, line: index + 1 });
  }
  return entries;
}

/** `name`: see `knownHostName`. A host whose key of another type is known counts as changed: the server did not show what it could. */
export function judgeHostKey(entries: readonly KnownHost[], name: string, key: Buffer): HostKeyVerdict {
  const revoked = entries.find((entry) => entry.marker === 'revoked' && entry.key.equals(key) && namesHost(entry, name));
  if (revoked !== undefined) return { kind: 'revoked', known: revoked };
  const mine = entries.filter((entry) => entry.marker === null && namesHost(entry, name));
  if (mine.some((entry) => entry.key.equals(key))) return { kind: 'match' };
  const type = keyTypeOf(key);
  const other = mine.find((entry) => entry.keyType === type) ?? mine[0];
  if (other !== undefined) return { kind: 'changed', known: other };
  return { kind: 'unknown', authority: entries.find((entry) => entry.marker === 'cert-authority' && namesHost(entry, name)) ?? null };
}

/** The types of key that are known for a host, so that a server with several shows one of these. */
export const knownKeyTypes = (entries: readonly KnownHost[], name: string): string[] => [
  ...new Set(entries.filter((entry) => entry.marker === null && namesHost(entry, name)).map((entry) => entry.keyType)),
];

function namesHost(entry: KnownHost, name: string): boolean {
  const [first = ''] = entry.names;
  return first.startsWith('|') ? entry.names.some((hashed) => hashMatches(hashed, name)) : matchesPatterns(entry.names, name);
}

/** '|1|salt|hash', both in base64; the hash is HMAC-SHA1 of the name with the salt as key. */
function hashMatches(hashed: string, name: string): boolean {
  const [, version, salt, hash] = hashed.split('|');
  if (version !== '1' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64');
  const given = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** As ssh-keygen -l prints it: SHA256 of the key in base64 without padding. */
export const fingerprint = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** The name at the beginning of a public key (RFC 4253 6.6), or '' where there is none. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 8) return '';
  const length = key.readUInt32BE(0);
  if (length > 64 || length > key.length - 4) return '';
  return key.toString('latin1', 4, 4 + length);
}
