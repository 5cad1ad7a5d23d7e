import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../src/shared/contract/ipc-channels';
import { violationsOf } from './axe';
import { CaptureFolder, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

/** What the keys page writes in short, one by one. */
const WRITTEN_OUT: Readonly<Record<string, readonly string[]>> = {
  'F3, Shift F3': ['F3', 'Shift F3'],
  'Ctrl Shift N, B': ['Ctrl Shift N', 'Ctrl Shift B'],
  'Alt ← →': ['Alt ←', 'Alt →'],
  '1 2 3 …': ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
};

describe('the first start and the keys', () => {
  let folder: CaptureFolder;
  let userData: string;
  let launched: LaunchedApp;
  let parts: WindowParts;
  const dialog = (name: string) => launched.page.getByRole('dialog', { name });
  const palette = async (command: string): Promise<void> => {
    await launched.page.keyboard.press('Control+k');
    await launched.page.getByRole('textbox', { name: 'Command palette' }).fill(command);
    await launched.page.getByRole('button', { name: command }).waitFor();
    await launched.page.keyboard.press('Enter');
  };

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    userData = await mkdtemp(join(tmpdir(), 'portlight-feel-'));
    launched = await launchApp({ userData, size: { width: 1200, height: 760 } });
    parts = new WindowParts(launched.page);
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
    await rm(userData, { recursive: true, force: true });
  });

  it('explains the window once, in nobody’s way', async () => {
    const { page } = launched;
    const tour = page.getByRole('region', { name: 'The window in one picture' });
    await tour.waitFor();
    expect(await tour.getByRole('listitem').allInnerTexts()).toHaveLength(5);
    expect(await violationsOf(page, 'main')).toEqual([]);
    await tour.getByRole('button', { name: 'Got it' }).press('Enter');
    await tour.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByTestId('start-page').waitFor();
    expect(await tour.count()).toBe(0);
    await palette('Show the window in one picture');
    await dialog('The window in one picture').getByRole('listitem').first().waitFor();
    await page.keyboard.press('Escape');
    await dialog('The window in one picture').waitFor({ state: 'detached' });
  });

  it('lists the keys of every command of the palette, and each of them works', async () => {
    const { page, app } = launched;
    const file = await folder.write('knocks.pcap', pcapOf(knocks()));
    await (await app.browserWindow(page)).evaluate((window, [channel, path]) => window.webContents.send(channel, [path]), [
      CHANNELS.openFiles,
      file,
    ] as const);
    await parts.shows(10);

    await page.keyboard.press('?');
    const listed = await dialog('Keys').locator('.kbd').allInnerTexts();
    const keys = new Set(listed.flatMap((text) => WRITTEN_OUT[text] ?? [text]));
    await page.keyboard.press('Escape');
    await dialog('Keys').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    const offered = await page.getByRole('dialog').locator('.kbd').allInnerTexts();
    expect(offered.length).toBeGreaterThan(15);
    expect(offered.filter((text) => !keys.has(text))).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const current = page.locator('nav button[aria-current]');
    for (const [key, name] of [
      ['1', 'Overview'],
      ['3', 'Flows'],
      ['4', 'Alerts'],
      ['5', 'Hosts'],
      ['6', 'History'],
      ['7', 'Map'],
      ['8', 'Topology'],
      ['9', 'Statistics'],
      ['0', 'Exposure'],
      ['2', 'Packets'],
    ] as const) {
      await page.keyboard.press(key);
      await current.filter({ hasText: name }).waitFor();
    }
    await page.keyboard.press('Alt+ArrowLeft');
    await current.filter({ hasText: 'Exposure' }).waitFor();
    await page.keyboard.press('Alt+ArrowRight');
    await current.filter({ hasText: 'Packets' }).waitFor();
    await page.keyboard.press('Control+i');
    await parts.inspector.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+i');
    await parts.inspector.waitFor();
    await page.keyboard.press('Control+g');
    await dialog('Go to packet').waitFor();
    await page.keyboard.press('Escape');
    await dialog('Go to packet').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+f');
    await expect.poll(() => parts.filter.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await page.getByLabel('Search settings').waitFor();
    await page.getByLabel('Search settings').fill('quota');
    await page.getByRole('main').getByText(/space/i).first().waitFor();
  });

  it('moves nothing where the system asks for that', async () => {
    const { page } = launched;
    const longest = () =>
      page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('*')].flatMap((element) => {
            const { transitionDuration, animationDuration } = getComputedStyle(element);
            return `${transitionDuration},${animationDuration}`.split(',').map(Number.parseFloat);
          }),
        ),
      );
    await page.getByLabel('Search settings').fill('');
    expect(await longest()).toBeGreaterThan(0.01);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(longest).toBeLessThan(0.001);
  });
});
