import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

/** The demo makes some hundred packets a second. */
const SOON = { timeout: 10_000 };

describe('the list of a capture that goes on', () => {
  let launched: LaunchedApp;
  let parts: WindowParts;
  beforeAll(async () => {
    launched = await launchApp({ size: { width: 1024, height: 700 } });
    parts = new WindowParts(launched.page);
    await launched.page.getByTestId('start-page').getByRole('button', { name: /^Demo/ }).click();
    await parts.list.waitFor();
  });
  afterAll(() => launched.close());

  const tail = () => launched.page.getByTestId('packet-tail');
  const fresh = async (): Promise<number> => Number(/([\d,]+) new/.exec(await tail().innerText())?.[1]?.replaceAll(',', '') ?? Number.NaN);
  const lastRow = async (): Promise<number> => Number((await parts.rows()).at(-1)?.split(' ')[0]?.replaceAll(',', '') ?? Number.NaN);
  /** The rows once the list has drawn what it had taken before it stood still. */
  const stillRows = async (): Promise<string[]> => {
    for (let rows = await parts.rows(); ; ) {
      await sleep(300);
      const next = await parts.rows();
      if (next.join() === rows.join()) return rows;
      rows = next;
    }
  };

  it('follows the newest packets', async () => {
    await tail().getByText('Following the newest packets').waitFor();
    const before = await lastRow();
    await expect.poll(lastRow, SOON).toBeGreaterThan(before + 100);
  });

  it('stands still on request, says how many came meanwhile, and takes them in', async () => {
    await parts.list.focus();
    await launched.page.keyboard.press('Space');
    await tail().getByText('Paused').waitFor();
    const rows = await stillRows();
    await expect.poll(fresh, SOON).toBeGreaterThan(100);
    expect(await parts.rows()).toEqual(rows);
    expect(await violationsOf(launched.page, '[data-testid="packet-tail"]')).toEqual([]);
    const stood = await lastRow();
    await tail().getByRole('button', { name: 'Resume' }).click();
    await tail().getByText('Following the newest packets').waitFor();
    await expect.poll(lastRow, SOON).toBeGreaterThan(stood + 100);
  });

  it('stands still with another filter too, and where one scrolled up', async () => {
    const { page } = launched;
    await parts.list.focus();
    await page.keyboard.press('Space');
    await tail().getByText('Paused').waitFor();
    await stillRows();
    const stood = await lastRow();
    await parts.applyFilter('tcp');
    await expect.poll(async () => (await parts.rows()).every((row) => /TCP|TLS|HTTP|SSH|SMTP/.test(row))).toBe(true);
    await expect.poll(fresh, SOON).toBeGreaterThan(100);
    expect(await lastRow()).toBeLessThanOrEqual(stood);
    await parts.list.focus();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Space');
    await tail().getByText('Not following').waitFor();
    const stays = await stillRows();
    await expect.poll(fresh, SOON).toBeGreaterThan(100);
    expect(await parts.rows()).toEqual(stays);
    await tail()
      .getByRole('button', { name: /^Jump to newest/ })
      .click();
    await tail().getByText('Following the newest packets').waitFor();
    await expect.poll(lastRow, SOON).toBeGreaterThan(stood);
  });

  it('stays at its end when the capture is stopped', async () => {
    await parts.applyFilter('');
    await launched.page.getByTestId('live-status').getByRole('button', { name: 'Stop' }).click();
    await tail().waitFor({ state: 'detached' });
    const shown = async (): Promise<number> => Number(/([\d,]+) shown/.exec(await parts.status.innerText())?.[1]?.replaceAll(',', ''));
    await expect.poll(async () => (await shown()) - (await lastRow())).toBe(0);
  });
});
