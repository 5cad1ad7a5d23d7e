import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const SIZE = { width: 1440, height: 900 };

describe('what a person marks and writes', () => {
  let folder: CaptureFolder;
  let file: string;
  let launched: LaunchedApp;
  let parts: WindowParts;
  const start = async (): Promise<void> => {
    const environment = { PORTLIGHT_DATA: folder.path('data') };
    launched = await launchApp({ files: [file], userData: folder.path('user'), environment, size: SIZE });
    parts = new WindowParts(launched.page);
    await parts.shows(10);
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await launched.page.keyboard.press(key);
  };
  const signs = () =>
    parts.list.locator('[data-sign]:not([hidden])').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-sign')));
  const marked = () => parts.status.getByRole('button', { name: / marked$/ });

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    file = await folder.write('knocks.pcap', pcapOf(knocks()));
    await start();
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('is seen in the rows, filtered by, found again, and there when the file is opened again', async () => {
    const { page, list } = parts;
    await list.focus();
    await press('Home', 'ArrowDown', 'Control+m', 'ArrowDown', 'Shift+ArrowDown', 'Control+m');
    await expect.poll(() => marked().textContent()).toBe('3 marked');
    await expect.poll(signs).toEqual(['marked', 'marked', 'marked']);
    await press('Control+Shift+n');
    await expect.poll(() => parts.selectedRow.first().getAttribute('aria-rowindex')).toBe('3');

    await press('Control+Alt+c');
    const dialog = page.getByRole('dialog', { name: 'Comment of packet 2' });
    await dialog.getByRole('textbox').fill('Who is <b>that</b>?');
    expect(await violationsOf(page, '[role="dialog"]')).toEqual([]);
    await press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(signs).toEqual(['marked commented', 'marked', 'marked']);
    await parts.tree.getByText('Packet comment').waitFor();

    await parts.applyFilter('frame.marked && frame.comment contains "<b>"');
    await parts.shows(1);
    await parts.applyFilter('frame.marked');
    await parts.shows(3);
    await press('Escape', 'Home', 'Control+m');
    await parts.shows(2);
    await press('Control+Shift+f');
    await parts.filter.fill('');
    await parts.filter.press('Enter');
    await parts.shows(10);
  });

  it('bytes are found, packet by packet, and shown', async () => {
    const { page } = parts;
    await press('Control+Shift+f');
    const bar = page.getByTestId('find-bar');
    await bar.getByText('Hex').click();
    await bar.getByRole('textbox').fill('65 78 61 6d 70 6c 65 03 63 6f');
    await press('Enter');
    await expect.poll(() => bar.getByRole('status').textContent()).toBe('Packet 9');
    await expect.poll(() => parts.bytes.locator('[data-found]').count()).toBe(20);
    await bar.getByText('Filter', { exact: true }).click();
    await bar.getByRole('textbox').fill('tcp.dstport == 41022 &&');
    await bar.locator('[class*="wrong"]').waitFor();
    await bar.getByRole('textbox').fill('tcp.flags.ack == 1');
    await press('Enter');
    await expect.poll(() => bar.getByRole('status').textContent()).toMatch(/^Packet 2\. The end was reached/);
    await press('F3');
    await expect.poll(() => bar.getByRole('status').textContent()).toBe('Packet 4');
    await press('Shift+F3', 'Shift+F3');
    await expect.poll(() => bar.getByRole('status').textContent()).toMatch(/^Packet 8\. The beginning/);
    expect(await violationsOf(page, '[data-testid="find-bar"]')).toEqual([]);
    expect(await violationsOf(page, '[role="grid"][aria-label="Packets"]')).toEqual([]);
    await press('Escape');
    await bar.waitFor({ state: 'detached' });
  });

  it('are still there', async () => {
    await launched.close();
    await start();
    await expect.poll(() => marked().textContent()).toBe('2 marked');
    await expect.poll(signs).toEqual(['commented', 'marked', 'marked']);
  });
});
