import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { EngineSecrets } from '../../../../src/main/secrets/engine-secrets';
import { Secrets } from '../../../../src/main/secrets/secrets';
import { keyVault } from '../../../builders/vault';

const folder = mkdtempSync(join(tmpdir(), 'portlight-engine-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

let secrets: Secrets;
let told: unknown[];
let engine: EngineSecrets;
let made = 0;
beforeEach(() => {
  secrets = new Secrets(join(folder, `${++made}.json`), keyVault());
  told = [];
  engine = new EngineSecrets(secrets, (message) => told.push(message));
});

it('keeps, gives and forgets the secrets of connections', () => {
  expect(engine.greeting).toEqual({ type: 'keeping', keeping: 'keychain' });
  engine.take({ type: 'secret-kept', name: 'ssh.login-1.password', secret: 'open' });
  engine.take({ type: 'secret-wanted', id: 7, name: 'ssh.login-1.password' });
  engine.take({ type: 'secret-kept', name: 'ssh.login-1.password', secret: null });
  engine.take({ type: 'secret-wanted', id: 8, name: 'ssh.login-1.password' });
  expect(told).toEqual([
    { type: 'secret', id: 7, secret: 'open' },
    { type: 'secret', id: 8, secret: null },
  ]);
});

it('gives the engine no other secret, and lets it change none', () => {
  secrets.set('webhook.url', 'https://example.org/hook');
  engine.take({ type: 'secret-wanted', id: 1, name: 'webhook.url' });
  engine.take({ type: 'secret-kept', name: 'webhook.url', secret: 'https://evil.example' });
  engine.take({ type: 'secret-kept', name: 'webhook.url', secret: null });
  engine.take({ type: 'secret-wanted', id: 2, name: 'ssh/../webhook.url' });
  expect(told).toEqual([]);
  expect(secrets.get('webhook.url')).toBe('https://example.org/hook');
});

it('takes anything for a message without a throw', () => {
  fc.assert(fc.property(fc.anything(), (message) => engine.take(message)));
  expect(told).toEqual([]);
});
