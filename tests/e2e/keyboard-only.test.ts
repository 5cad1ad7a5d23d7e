import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsv } from '../builders/csv';
import { hasTshark } from '../builders/tshark';
import { named } from '../rig/available';
import { violationsOf } from './axe';
import { CaptureFolder, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const noTshark = hasTshark() ? null : 'tshark is not installed';

describe('from the start page to an exported selection, with the keyboard alone', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let parts: WindowParts;
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await launched.page.keyboard.press(key);
  };
  const type = (text: string): Promise<void> => launched.page.keyboard.type(text);
  /** What the keys go to, as a screen reader says it. */
  const focused = (): Promise<string> =>
    launched.page.evaluate(() => {
      const at = document.activeElement;
      const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
      return `${at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? ''}`;
    });
  /** Presses the key until the focus is there. */
  const pressUntil = async (key: string, name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      if (name.test(await focused())) return;
      await press(key);
    }
    throw new Error(`${name} cannot be reached with ${key}`);
  };
  /** What the system's dialogs answer: only they are not the window's own. */
  const answer = (kind: 'open' | 'save', path: string): Promise<void> =>
    launched.app.evaluate(
      ({ dialog }, [which, chosen]) => {
        if (which === 'open') dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
        else dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
      },
      [kind, path] as const,
    );

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    launched = await launchApp({ size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('a file is opened, filtered, and some of its packets are chosen', async () => {
    const dialog = parts.page.getByRole('dialog', { name: 'Export' });
    await answer('open', await folder.write('knocks.pcap', pcapOf(knocks())));
    await parts.page.getByRole('banner').waitFor();
    await press('Control+o');
    await parts.shows(10);
    await press('Control+f');
    await type('tcp');
    await press('Enter');
    await parts.shows(8);
    await press('Escape', 'Home', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await expect.poll(() => parts.selectedRow.count()).toBe(3);
    // Two rows on, one more is added.
    await press('Control+ArrowDown', 'Control+ArrowDown', 'Control+ArrowDown', 'Control+Space');
    await expect.poll(() => parts.selectedRow.count()).toBe(4);
    await parts.status.filter({ hasText: '4 selected' }).waitFor();
    await press('Control+Shift+e');
    await dialog.waitFor();
    expect(await violationsOf(parts.page, '.mantine-Modal-body')).toEqual([]);
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it.skipIf(noTshark !== null)(
    named('they are exported as CSV with a further field, and as a capture that tshark reads', noTshark),
    async () => {
      const dialog = parts.page.getByRole('dialog', { name: 'Export' });
      const numbers = (await parts.selectedRow.locator('[aria-colindex="1"]').allTextContents()).map(Number).sort((a, b) => a - b);
      const csv = folder.path('chosen.csv');
      await answer('save', csv);
      await press('Control+Shift+e');
      await dialog.waitFor();
      await pressUntil('Tab', /^The selected packets4$/);
      await pressUntil('Tab', /^pcapng$/);
      await press('ArrowRight');
      expect(await focused()).toBe('CSV');
      expect(await violationsOf(parts.page, '.mantine-Modal-body')).toEqual([]);
      await pressUntil('Tab', /^More fields$/);
      await type('ip.ttll');
      await press('Enter');
      await dialog.getByRole('alert').filter({ hasText: 'No field is called ip.ttll' }).waitFor();
      await press('Backspace', 'Enter');
      await parts.page.getByText(/^Saved to chosen\.csv: 4 packets/).waitFor();
      expect(await violationsOf(parts.page, '.mantine-Notification-root')).toEqual([]);
      const [head = [], ...records] = parseCsv(readFileSync(csv, 'utf8'));
      expect(head).toEqual(['number', 'time', 'source', 'destination', 'protocol', 'length', 'info', 'ip.ttl']);
      expect(records.map(([number, , , , , , , ttl]) => `${number} ${ttl}`)).toEqual(numbers.map((number) => `${number} 64`));

      const pcapng = folder.path('chosen.pcapng');
      await answer('save', pcapng);
      await press('Control+Shift+e');
      await dialog.waitFor();
      await pressUntil('Tab', /^CSV$/);
      await press('ArrowLeft');
      await press('Enter');
      await parts.page.getByText(/^Saved to chosen\.pcapng: 4 packets/).waitFor();
      const times = (path: string, ...filter: string[]): string =>
        execFileSync(
          'tshark',
          ['-n', '-r', path, ...filter, '-T', 'fields', '-e', 'frame.time_epoch', '-e', 'ip.src', '-e', 'tcp.dstport'],
          {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          },
        );
      expect(times(pcapng)).toBe(times(folder.path('knocks.pcap'), '-Y', `frame.number in {${numbers.join(',')}}`));
    },
  );
});
