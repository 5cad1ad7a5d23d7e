import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSecretName } from '../../../../src/main/secrets/secret-names';
import { MAX_SECRET, Secrets } from '../../../../src/main/secrets/secrets';
import { keyVault, noVault } from '../../../builders/vault';

const URL = 'https://hooks.example/T0/very-secret-token';

describe('secrets', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portlight-secrets-'));
    file = join(folder, 'secrets.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('are there at the next start, encrypted, for their owner only', () => {
    const vault = keyVault();
    const secrets = new Secrets(file, vault);
    expect(secrets.keeping).toBe('keychain');
    expect(secrets.set('webhook.url', URL)).toEqual({ ok: true, value: null });
    expect(secrets.set('ssh.root@[2001:db8::1]:22.password', 'hunter2').ok).toBe(true);

    const again = new Secrets(file, vault);
    expect([again.get('webhook.url'), again.get('ssh.root@[2001:db8::1]:22.password'), again.get('webhook.secret')]).toEqual([
      URL,
      'hunter2',
      null,
    ]);
    expect(readFileSync(file, 'latin1')).not.toMatch(/very-secret|hunter2/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('are gone when they were deleted, and only those', () => {
    const vault = keyVault();
    const secrets = new Secrets(file, vault);
    secrets.set('webhook.url', URL);
    secrets.set('webhook.secret', 'key');
    secrets.delete('webhook.url');
    expect([secrets.has('webhook.url'), secrets.has('webhook.secret')]).toEqual([false, true]);
    const again = new Secrets(file, vault);
    expect([again.has('webhook.url'), again.has('webhook.secret')]).toEqual([false, true]);
  });

  it('without a keychain live until the end and are never written', () => {
    const secrets = new Secrets(file, noVault);
    expect(secrets.keeping).toBe('session');
    expect(secrets.set('webhook.url', URL).ok).toBe(true);
    expect(secrets.get('webhook.url')).toBe(URL);
    expect(readdirSync(folder)).toEqual([]);
    expect(new Secrets(file, noVault).has('webhook.url')).toBe(false);
  });

  it('of a keychain that is not there today are left alone, unless they are deleted', () => {
    const vault = keyVault();
    new Secrets(file, vault).set('webhook.url', URL);
    const today = new Secrets(file, noVault);
    expect(today.has('webhook.url')).toBe(false);
    today.set('webhook.secret', 'key');
    expect(new Secrets(file, vault).get('webhook.url')).toBe(URL);
    expect(today.delete('webhook.url').ok).toBe(true);
    expect(new Secrets(file, vault).has('webhook.url')).toBe(false);
  });

  it('of another key are as if they were not there', () => {
    new Secrets(file, keyVault()).set('webhook.url', URL);
    const other = new Secrets(file, keyVault());
    expect(other.has('webhook.url')).toBe(false);
    expect(other.set('webhook.url', 'https://other.example/').ok).toBe(true);
    expect(other.get('webhook.url')).toBe('https://other.example/');
  });

  it('say so when they cannot be kept, and change nothing', () => {
    const missing = new Secrets(join(folder, 'missing', 'secrets.json'), keyVault());
    expect(missing.set('webhook.url', URL)).toMatchObject({ ok: false, problem: { code: 'secret-not-kept' } });
    expect(missing.has('webhook.url')).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('do not follow a link that somebody laid where they are written', () => {
    const target = join(folder, 'target');
    writeFileSync(target, 'precious');
    symlinkSync(target, `${file}.${process.pid}.tmp`);
    const secrets = new Secrets(file, keyVault());
    expect(secrets.set('webhook.url', URL).ok).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('precious');
  });

  it.skipIf(process.platform === 'win32')('take the file back to its owner when it is written again', () => {
    const secrets = new Secrets(file, keyVault());
    secrets.set('webhook.url', URL);
    chmodSync(file, 0o644);
    secrets.set('webhook.secret', 'key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['another version', '{"version":2,"secrets":{"webhook.url":"AAAA"}}'],
    ['no secrets', '{"version":1,"secrets":null}'],
    ['numbers', '{"version":1,"secrets":{"webhook.url":1}}'],
    ['no base64', '{"version":1,"secrets":{"webhook.url":"***"}}'],
    ['the prototype', '{"version":1,"secrets":{"__proto__":"AAAA","constructor":"AAAA"}}'],
  ])('of a file that holds %s are none, and new ones can be kept', (_what, content) => {
    writeFileSync(file, content);
    const vault = keyVault();
    const secrets = new Secrets(file, vault);
    expect(secrets.has('webhook.url')).toBe(false);
    expect(secrets.set('webhook.url', URL).ok).toBe(true);
    expect(new Secrets(file, vault).get('webhook.url')).toBe(URL);
  });

  it('of any bytes at all: no throw', () => {
    const names = ['webhook.url', 'webhook.secret'];
    const content = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), fc.anything()).map((secrets) => {
        try {
          return JSON.stringify({ version: 1, secrets });
        } catch {
          return '{}';
        }
      }),
    );
    fc.assert(
      fc.property(content, (text) => {
        writeFileSync(file, text);
        const secrets = new Secrets(file, keyVault());
        expect(names.map((name) => secrets.get(name))).toEqual([null, null]);
      }),
    );
  });

  it('have names that are words between dots, and a bounded length', () => {
    for (const name of ['webhook.url', 'ssh.server-1.password', 'ssh.192.0.2.1.password']) expect(isSecretName(name)).toBe(true);
    for (const name of [
      '',
      'webhook',
      '.url',
      'webhook.',
      'a..b',
      '__proto__.x',
      'web hook.url',
      'webhook.url\n',
      `ssh.${'a'.repeat(500)}`,
    ])
      expect(isSecretName(name)).toBe(false);
    const secrets = new Secrets(file, keyVault());
    expect(() => secrets.get('../x')).toThrow();
    expect(() => secrets.set('webhook.url', 'x'.repeat(MAX_SECRET + 1))).toThrow();
    expect(existsSync(file)).toBe(false);
  });
});
