import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../src/shared/contract/ipc-channels';
import { HookServer, status } from '../builders/hook-server';
import { violationsOf } from './axe';
import { CaptureFolder, frame, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const SCANNER = '203.0.113.9';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];
const scan = (): Uint8Array =>
  pcapOf(PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > 10.0.0.4:${port} S`), frame(`10.0.0.4:${port} > ${SCANNER}:41022 RA`)]));
const PACKETS = 2 * PORTS.length;

describe('notifications', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let hook: HookServer;
  let settings: Locator;

  const button = (name: string): Locator => settings.getByRole('button', { name, exact: true });
  const onOff = (name: string): Locator => settings.getByRole('switch', { name });

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    hook = await HookServer.start();
    launched = await launchApp({
      files: [await folder.write('first.pcap', scan())],
      userData: folder.path('user-data'),
      size: { width: 1440, height: 900 },
    });
    const { page } = launched;
    await new WindowParts(page).shows(PACKETS);
    await page.keyboard.press('Control+,');
    settings = page.getByTestId('settings');
    await settings.getByRole('navigation').getByRole('button', { name: 'Notifications' }).click();
    await settings.getByRole('heading', { name: 'Webhook', exact: true }).waitFor();
  });

  afterAll(async () => {
    await launched.close();
    await hook.close();
    await folder.remove();
  });

  it('are off at first, and the webhook needs an address', async () => {
    for (const name of ['Desktop notifications', 'Webhook', 'Also for opened files', 'Quiet hours']) {
      expect(await onOff(name).getAttribute('aria-checked')).toBe('false');
    }
    expect(await onOff('Webhook').isDisabled()).toBe(true);
    expect(await button('Send a test').isDisabled()).toBe(true);
  });

  it('say where this system shows none', async () => {
    const isSupported = await launched.app.evaluate(({ Notification }) => Notification.isSupported());
    expect(await settings.getByText('This system offers no notifications').count()).toBe(isSupported ? 0 : 1);
    expect(await button('Show a test').isEnabled()).toBe(isSupported);
  });

  it('take an address and a secret, do not show them again, and say where they are kept', async () => {
    await settings.getByLabel('Webhook address', { exact: true }).fill('ftp://example.org');
    await button('Save: Webhook address').click();
    await launched.page.getByText('A webhook is reached by http or https only.').waitFor();
    await settings.getByLabel('Webhook address', { exact: true }).fill(hook.url);
    await settings.getByLabel('Webhook address', { exact: true }).press('Enter');
    await button('Remove: Webhook address').waitFor();
    await settings.getByLabel('Signing secret', { exact: true }).fill('signing-key');
    await button('Save: Signing secret').click();
    await button('Remove: Signing secret').waitFor();
    const isKept = await launched.app.evaluate(
      ({ safeStorage }) => safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend() !== 'basic_text',
    );
    const sentence = isKept ? 'Kept encrypted by the keychain' : 'Kept until Portlight is closed';
    expect(await settings.getByText(sentence).count()).toBe(2);
    expect(await launched.page.content()).not.toMatch(/signing-key|127\.0\.0\.1/);
  });

  it('are tested by one message, and what came back is said', async () => {
    await button('Send a test').click();
    await settings.getByRole('status').getByText('The webhook answered 204 No Content.').waitFor();
    hook.answer = status(404);
    await button('Send a test').click();
    await settings.getByRole('status').getByText('The webhook answered 404 Not Found').waitFor();
    hook.answer = status(204);
    expect(hook.received.map(({ body }) => JSON.parse(body).kind)).toEqual(['test', 'test']);
  });

  it('have nothing that axe objects to', async () => {
    expect(await violationsOf(launched.page, '[data-testid="settings"]')).toEqual([]);
  });

  it('send the alert of a file that is opened, signed and without payload, when that is wanted', async () => {
    await onOff('Webhook').click();
    await onOff('Also for opened files').click();
    await expect.poll(() => onOff('Also for opened files').getAttribute('aria-checked')).toBe('true');
    hook.received.length = 0;
    const file = await folder.write('second.pcap', scan());
    await launched.app.evaluate(({ app }, path) => app.emit('open-file', { preventDefault: () => undefined }, path), file);
    await expect.poll(() => hook.received.length, { timeout: 20_000 }).toBe(1);
    const [received] = hook.received;
    expect(received?.headers['x-portlight-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(JSON.parse(received?.body ?? '')).toMatchObject({
      kind: 'alert',
      alert: { type: 'port_scan', severity: 'high', sourceIp: SCANNER, targetIp: '10.0.0.4', capture: 'second.pcap' },
    });
  });

  it('stay as they were set at the next start', async () => {
    await launched.close();
    launched = await launchApp({ userData: folder.path('user-data'), size: { width: 1440, height: 900 } });
    const { page } = launched;
    const kept = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          window.portlight.notifications.onState(({ settings: { webhook, files, severity } }) =>
            resolve(`${webhook} ${files} ${severity}`),
          );
        }),
    );
    expect(kept).toBe('true true high');
  });

  it('say that the webhook lost its address, where it could be kept until the end only', async () => {
    const { app, page } = launched;
    const banner = page.getByTestId('webhook-trouble');
    const isKept = await app.evaluate(
      ({ safeStorage }) => safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend() !== 'basic_text',
    );
    expect(await banner.count()).toBe(isKept ? 0 : 1);
    await page.evaluate((url) => window.portlight.notifications.setWebhookUrl(url), hook.url);
    await expect.poll(() => banner.count()).toBe(0);
    hook.answer = status(404);
  });

  it('open their alert when they are clicked', async () => {
    const { app, page } = launched;
    const file = folder.path('second.pcap');
    await app.evaluate(({ app: electron }, path) => electron.emit('open-file', { preventDefault: () => undefined }, path), file);
    await new WindowParts(page).shows(PACKETS);
    const link = { session: 1, alert: 1 };
    await app.evaluate(({ BrowserWindow }, [channel, to]) => BrowserWindow.getAllWindows()[0]?.webContents.send(channel, to), [
      CHANNELS.notifications.openAlert,
      link,
    ] as const);
    await expect.poll(() => page.getByTestId('alert-detail').innerText()).toContain(SCANNER);
  });

  it('say that messages did not arrive', async () => {
    const banner = launched.page.getByTestId('webhook-trouble');
    await expect.poll(() => banner.innerText()).toContain('1 message did not reach the webhook. The webhook answered 404 Not Found');
    await banner.getByRole('button', { name: 'Open the settings' }).click();
    await launched.page.getByTestId('settings').waitFor();
  });
});
