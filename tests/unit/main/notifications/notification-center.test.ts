import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotificationCenter } from '../../../../src/main/notifications/notification-center';
import { Secrets } from '../../../../src/main/secrets/secrets';
import type { NotificationSettingsMessage } from '../../../../src/shared/contract/engine-process';
import { DEFAULT_NOTIFICATIONS, type Notice } from '../../../../src/shared/contract/notifications';
import { alertNotice } from '../../../builders/notices';
import { keyVault } from '../../../builders/vault';

describe('the notifications of the main process', () => {
  const vault = keyVault();
  let folder: string;
  let shown: Notice[];
  let ended: string[];
  let told: NotificationSettingsMessage[];

  const start = (): NotificationCenter =>
    new NotificationCenter({
      file: join(folder, 'notifications.json'),
      secrets: new Secrets(join(folder, 'secrets.json'), vault),
      desktop: {
        isSupported: true,
        show: (notice) => void shown.push(notice),
        showEnd: (capture) => void ended.push(capture),
        test: () => undefined,
      },
      tellEngine: (message) => void told.push(message),
      changed: () => undefined,
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portlight-notifications-'));
    shown = [];
    ended = [];
    told = [];
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('are off until somebody asks for them', () => {
    const center = start();
    expect(center.greeting.settings).toEqual(DEFAULT_NOTIFICATIONS);
    expect([DEFAULT_NOTIFICATIONS.desktop, DEFAULT_NOTIFICATIONS.webhook, DEFAULT_NOTIFICATIONS.files]).toEqual([false, false, false]);
    center.take({ type: 'notice', desktop: true, webhook: true, notice: alertNotice() });
    expect(shown).toEqual([]);
    expect(center.state.webhook.waiting).toBe(0);
  });

  it('keep their settings for the next start and tell the engine', () => {
    const settings = { ...DEFAULT_NOTIFICATIONS, desktop: true, severity: 'low', quiet: { from: 1320, to: 420 } } as const;
    expect(start().saveSettings(settings)).toEqual({ ok: true, value: null });
    expect(told).toEqual([{ type: 'notification-settings', settings }]);
    const again = start();
    expect(again.greeting.settings).toEqual(settings);
    again.take({ type: 'notice', desktop: true, webhook: false, notice: alertNotice() });
    expect(shown).toEqual([alertNotice()]);
  });

  it('tell that a capture ended, where they are on', () => {
    const center = start();
    center.take({ type: 'capture-ended', capture: 'eth0' });
    expect(ended).toEqual([]);
    center.saveSettings({ ...DEFAULT_NOTIFICATIONS, desktop: true });
    center.take({ type: 'capture-ended', capture: 'eth0' });
    center.take({ type: 'capture-ended', capture: 'x'.repeat(10_000) });
    center.take({ type: 'capture-ended', capture: 'eth0', body: 'more than the name' });
    expect(ended).toEqual(['eth0']);
    expect(shown).toEqual([]);
  });

  it.each([
    ['minutes beyond the day', { quiet: { from: 0, to: 1440 } }],
    ['one a minute, which leaves no room for a sum', { perMinute: 1 }],
    ['thousands a minute', { perMinute: 1000 }],
    ['a severity that there is not', { severity: 'worst' }],
    ['more than settings', { url: 'https://example.org' }],
  ])('refuse settings with %s', (_what, wrong) => {
    const center = start();
    expect(center.saveSettings({ ...DEFAULT_NOTIFICATIONS, ...wrong }).ok).toBe(false);
    expect(center.state.settings).toEqual(DEFAULT_NOTIFICATIONS);
    writeFileSync(join(folder, 'notifications.json'), JSON.stringify({ ...DEFAULT_NOTIFICATIONS, desktop: true, ...wrong }));
    expect(start().greeting.settings).toEqual(DEFAULT_NOTIFICATIONS);
  });

  it('never write the address or the signing secret, and never give them back', () => {
    const center = start();
    center.saveSettings({ ...DEFAULT_NOTIFICATIONS, webhook: true });
    expect(center.setWebhookUrl(' https://hooks.example/T0/token ').ok).toBe(true);
    expect(center.setWebhookSecret('signing-key').ok).toBe(true);
    expect(center.state).toMatchObject({ secrets: 'keychain', webhook: { hasUrl: true, hasSecret: true } });
    const written = ['notifications.json', 'secrets.json'].map((name) => readFileSync(join(folder, name), 'utf8')).join();
    for (const secret of ['hooks.example', 'token', 'signing-key']) {
      expect(written).not.toContain(secret);
      expect(JSON.stringify(center.state)).not.toContain(secret);
    }
    expect(start().state.webhook).toMatchObject({ hasUrl: true, hasSecret: true });
    expect(center.setWebhookUrl('').ok && center.setWebhookSecret('').ok).toBe(true);
    expect(start().state).toMatchObject({ settings: { webhook: false }, webhook: { hasUrl: false, hasSecret: false } });
  });

  it.each([
    'ftp://example.org/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'example.org/hook',
    'https://user:pass@example.org/',
    'http://',
  ])('do not take %s as the address', (url) => {
    const center = start();
    const answer = center.setWebhookUrl(url);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'bad-webhook-url' } });
    expect(JSON.stringify(answer)).not.toContain('pass@');
    expect(center.state.webhook.hasUrl).toBe(false);
  });

  it('show nothing that is not a notice, whatever the engine says', () => {
    const center = start();
    center.saveSettings({ ...DEFAULT_NOTIFICATIONS, desktop: true });
    const wrong = [
      { ...alertNotice(), sourceIp: 'evil.example.com' },
      { ...alertNotice(), targetIp: '<img src=x>' },
      { ...alertNotice(), technique: 'GET /etc/passwd' },
      { ...alertNotice(), evidence: { user: 'root' } },
      { ...alertNotice(), count: Number.NaN },
    ];
    for (const notice of wrong) center.take({ type: 'notice', desktop: true, webhook: true, notice });
    fc.assert(fc.property(fc.anything(), (message) => center.take(message)));
    fc.assert(fc.property(fc.anything(), (notice) => center.take({ type: 'notice', desktop: true, webhook: true, notice })));
    expect(shown).toEqual([]);
  });
});
