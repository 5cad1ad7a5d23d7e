import { describe, expect, it } from 'vitest';
import { SshDesk } from '../../../../src/engine/live/ssh-desk';
import { noSecrets, type SecretKeeper } from '../../../../src/engine/secret-keeper';

class Keychain implements SecretKeeper {
  readonly keeping = 'keychain';
  readonly kept = new Map<string, string>();
  async get(name: string): Promise<string | null> {
    return this.kept.get(name) ?? null;
  }
  set(name: string, secret: string): void {
    this.kept.set(name, secret);
  }
  delete(name: string): void {
    this.kept.delete(name);
  }
}

const LOGIN = { user: 'root', host: 'example.org' };
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function desk(secrets: SecretKeeper = noSecrets): { desk: SshDesk; changes: () => number } {
  let changes = 0;
  return { desk: new SshDesk(secrets, () => changes++), changes: () => changes };
}

describe('questions of servers', () => {
  it('come one after the other, and an answer goes to its own', async () => {
    const { desk: made, changes } = desk();
    const prompts = made.prompts(new AbortController().signal);
    const key = prompts.confirmHostKey({ host: 'example.org', keyType: 'ssh-ed25519', fingerprint: 'SHA256:x' });
    const password = prompts.password({ ...LOGIN, attempt: 0 });
    await settled();
    const first = made.asked;
    expect(first).toMatchObject({ question: { kind: 'host-key', fingerprint: 'SHA256:x' }, keeping: 'session' });
    made.answer(first?.id ?? 0, { texts: [], remember: false });
    expect(await key).toBe(true);
    expect(made.asked).toMatchObject({ question: { kind: 'password', user: 'root', host: 'example.org' } });
    // One that is over.
    made.answer(first?.id ?? 0, { texts: ['wrong'], remember: false });
    made.answer(made.asked?.id ?? 0, { texts: ['secret'], remember: false });
    expect(await password).toBe('secret');
    expect(made.asked).toBeNull();
    expect(changes()).toBe(4);
  });

  it('are over when their connection is given up', async () => {
    const { desk: made } = desk();
    const giveUp = new AbortController();
    const prompts = made.prompts(giveUp.signal);
    const key = prompts.confirmHostKey({ host: 'a', keyType: 'ssh-rsa', fingerprint: 'SHA256:x' });
    const password = prompts.sudoPassword({ ...LOGIN, attempt: 0 });
    await settled();
    giveUp.abort();
    expect(await key).toBe(false);
    expect(await password).toBeNull();
    expect(made.asked).toBeNull();
    expect(await prompts.password({ ...LOGIN, attempt: 1 })).toBeNull();
  });

  it('are bounded', async () => {
    const { desk: made } = desk();
    const prompts = made.prompts(new AbortController().signal);
    for (let i = 0; i < 16; i++) void prompts.confirmHostKey({ host: `${i}`, keyType: 'ssh-rsa', fingerprint: '' });
    expect(await prompts.confirmHostKey({ host: 'one more', keyType: 'ssh-rsa', fingerprint: '' })).toBe(false);
  });
});

describe('secrets', () => {
  async function answered(made: SshDesk, asking: Promise<unknown>, text: string | null, remember = false): Promise<unknown> {
    await settled();
    made.answer(made.asked?.id ?? 0, text === null ? null : { texts: [text], remember });
    return asking;
  }

  it('that were given are used again after a lost connection, until they are refused', async () => {
    const { desk: made } = desk();
    const prompts = made.prompts(new AbortController().signal);
    expect(await answered(made, prompts.password({ ...LOGIN, attempt: 0 }), 'one')).toBe('one');
    expect(await prompts.password({ ...LOGIN, attempt: 0 })).toBe('one');
    expect(await answered(made, prompts.password({ ...LOGIN, attempt: 1 }), 'two')).toBe('two');
    expect(await prompts.password({ ...LOGIN, attempt: 0 })).toBe('two');
    expect(await answered(made, prompts.password({ user: 'root', host: 'other.org', attempt: 0 }), null)).toBeNull();
  });

  it('are kept where the person says so, by a name that tells nothing, and forgotten when they are refused', async () => {
    const keychain = new Keychain();
    const { desk: made } = desk(keychain);
    const prompts = made.prompts(new AbortController().signal);
    await answered(made, prompts.password({ ...LOGIN, attempt: 0 }), 'secret', true);
    await answered(made, prompts.passphrase({ keyFile: '/home/me/.ssh/id_rsa', attempt: 0 }), 'phrase', false);
    expect([...keychain.kept.values()]).toEqual(['secret']);
    expect([...keychain.kept.keys()].join()).not.toMatch(/root|example/);
    const { desk: next } = desk(keychain);
    const again = next.prompts(new AbortController().signal);
    expect(await again.password({ ...LOGIN, attempt: 0 })).toBe('secret');
    await answered(next, again.password({ ...LOGIN, attempt: 1 }), 'newer');
    expect(keychain.kept.size).toBe(0);
  });

  it('asked for by keyboard-interactive are the same password; other questions are asked each time', async () => {
    const { desk: made } = desk();
    const prompts = made.prompts(new AbortController().signal);
    const ask = (text: string, echo = false) =>
      prompts.answers({ ...LOGIN, attempt: 0, name: '', instructions: '', prompts: [{ text, echo }] });
    expect(await answered(made, prompts.password({ ...LOGIN, attempt: 0 }), 'secret')).toBe('secret');
    expect(await ask('Password: ')).toEqual(['secret']);
    expect(await answered(made, ask('Verification code: '), '123456')).toEqual(['123456']);
    expect(await answered(made, ask('Verification code: '), '654321')).toEqual(['654321']);
  });
});
