import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaptureFolder, frame, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

describe('with the keyboard alone', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let parts: WindowParts;
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await launched.page.keyboard.press(key);
  };
  const selected = async (): Promise<string | null> => parts.selectedRow.first().getAttribute('aria-rowindex');

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    launched = await launchApp({ files: [await folder.write('knocks.pcap', pcapOf(knocks()))], size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
    await parts.shows(10);
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('a person filters, goes through the list, its menus, the fields and the bytes', async () => {
    const { page } = parts;
    await press('Control+f');
    await page.keyboard.type('tcp');
    await press('Enter');
    await parts.shows(8);
    await press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');

    await press('Home', 'ArrowDown', 'ArrowDown');
    await expect.poll(selected).toBe('4');
    // The third cell is the source address.
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'Shift+F10');
    await page.getByRole('menuitem', { name: /Filter to this ip\.src == 203\.0\.113\.9/ }).waitFor();
    await press('ArrowDown', 'Enter');
    await parts.shows(4);

    const focusTree = async (): Promise<void> => {
      for (let tabs = 0; tabs < 30; tabs++) {
        await press('Tab');
        if ((await page.evaluate(() => document.activeElement?.getAttribute('role'))) === 'tree') return;
      }
      throw new Error('the fields cannot be reached with Tab');
    };
    await focusTree();
    await press('End', 'Home', 'ArrowRight');
    await expect.poll(() => parts.tree.locator('[aria-selected="true"]').getAttribute('aria-expanded')).toBe('true');
    await press('ArrowLeft', 'ArrowDown');
    await expect.poll(() => parts.tree.locator('[aria-selected="true"]').getAttribute('data-name')).toBe('eth');
    expect(await parts.markedBytes()).toBe('02 00 00 00 00 04 02 00 00 00 00 01 08 00');

    await press('Tab', 'Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Bytes of/);
    await press('Home', 'ArrowRight', 'ArrowDown');
    await expect.poll(() => parts.markedBytes()).toBe('00 28');
  });

  it('opens the palette, the keys and a packet by its number', async () => {
    const { page } = parts;
    await press('Control+k');
    const search = page.getByRole('combobox', { name: 'Command palette' }).or(page.getByPlaceholder('What do you want to do?')).first();
    await search.waitFor();
    await page.keyboard.type('clear filter');
    await press('Enter');
    // Until it is gone, keys are typed into it.
    await search.waitFor({ state: 'detached' });
    await parts.shows(10);
    await press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await press('Control+g');
    await page.getByLabel('Packet number').waitFor();
    await page.keyboard.type('9');
    await press('Enter');
    await expect.poll(selected).toBe('10');
    await expect.poll(() => parts.inspector.textContent()).toContain('Packet 9');
  });

  it('chooses a time range and drops it again', async () => {
    const end = parts.page.getByRole('slider', { name: 'End of the time range' });
    await end.focus();
    for (let step = 0; step < 10; step++) await press('Shift+ArrowLeft');
    await parts.shows(5);
    await press('Escape');
    await parts.shows(10);
  });
});

describe('a list that is higher than the page can be', () => {
  it('moves row by row at any place and reaches its last row', async () => {
    const ROWS = 1_700_000; // 21 px each: beyond the greatest height of an element
    const folder = await CaptureFolder.make();
    const one = frame('10.0.0.1:1000 > 10.0.0.2:2000');
    const file = await folder.write('long.pcap', repeated(one, ROWS));
    const launched = await launchApp({ files: [file], size: { width: 1440, height: 900 } });
    const parts = new WindowParts(launched.page);
    try {
      await expect.poll(() => parts.status.textContent(), { timeout: 60_000 }).toContain(`${ROWS.toLocaleString('en-US')} shown`);
      await parts.list.focus();
      await launched.page.keyboard.press('End');
      await expect.poll(async () => (await parts.rows()).at(-1)).toMatch(/^1,700,000 /);
      await launched.page.keyboard.press('ArrowUp');
      await expect.poll(() => parts.selectedRow.first().textContent()).toMatch(/^1,699,999/);
      const before = Number((await parts.rows())[0]?.split(' ')[0]?.replaceAll(',', ''));
      const box = await parts.list.boundingBox();
      await launched.page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
      await launched.page.mouse.wheel(0, -21 * 3);
      await expect.poll(async () => Number((await parts.rows())[0]?.split(' ')[0]?.replaceAll(',', ''))).toBe(before - 3);
      await launched.page.keyboard.press('Home');
      await expect.poll(async () => (await parts.rows())[0]).toMatch(/^1 0\.000000/);
    } finally {
      await launched.close();
      await folder.remove();
    }
  });
});

/** A pcap of one frame many times, a microsecond apart, made without an object for each. */
function repeated(frameBytes: Uint8Array, count: number): Uint8Array {
  const first = pcapOf([frameBytes]);
  const record = first.subarray(24);
  const file = new Uint8Array(24 + record.length * count);
  const view = new DataView(file.buffer);
  file.set(first.subarray(0, 24));
  for (let index = 0; index < count; index++) {
    const at = 24 + index * record.length;
    file.set(record, at);
    view.setUint32(at, 1_700_000_000 + Math.floor(index / 1e6), true);
    view.setUint32(at + 4, index % 1e6, true);
  }
  return file;
}
