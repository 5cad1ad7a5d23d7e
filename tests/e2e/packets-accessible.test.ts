import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, dnsQuestion, frame, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

describe('what axe finds wrong in', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let parts: WindowParts;

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    // Every ground that a row can have but for those that need whole conversations.
    const frames = [...knocks(), frame('10.0.0.4:49000 > 10.0.0.1:53', dnsQuestion('a.example').subarray(0, 20))];
    launched = await launchApp({ files: [await folder.write('knocks.pcap', pcapOf(frames))], size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
    await parts.shows(11);
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('the start page', async () => {
    const empty = await launchApp();
    try {
      await empty.page.getByTestId('start-page').waitFor();
      expect(await violationsOf(empty.page, 'html')).toEqual([]);
    } finally {
      await empty.close();
    }
  });

  it.each(['light theme', 'high-contrast theme', 'dark theme'])('the packets view, %s', async (theme) => {
    const { page } = parts;
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do?').fill(theme);
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('What do you want to do?').waitFor({ state: 'detached' });
    await parts.field('tcp').first().click();
    expect(await violationsOf(page, 'html')).toEqual([]);
    await parts.applyFilter('tcp.port == 80x');
    await page.getByRole('alert').waitFor();
    expect(await violationsOf(page, 'html')).toEqual([]);
    await parts.filter.press('Escape');
    await parts.filter.press('Escape');
  });
});
