import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const NAME = 'Demo: generated traffic';
/** The plot has a port scan after six seconds. */
const FIRST_ALERT_MS = 30_000;

describe('the demo', () => {
  let launched: LaunchedApp;
  let parts: WindowParts;
  beforeAll(async () => {
    launched = await launchApp({ size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
  });
  afterAll(() => launched?.close());

  const packets = async (): Promise<number> => {
    const text = (await parts.status.textContent()) ?? '';
    return Number(/([\d,]+) packets?/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
  };

  it('begins at its door on the start page, which says what it is', async () => {
    const { page } = launched;
    const door = page.getByTestId('start-page').getByRole('button', { name: /^Demo/ });
    expect(await door.textContent()).toContain('Nothing is captured');
    await door.click();
    await expect.poll(packets, { timeout: 20_000 }).toBeGreaterThan(500);
  });

  it('is named as what it is, in the window’s title, beside its state, and over the view', async () => {
    const { page } = launched;
    expect(await page.title()).toBe(`${NAME} · Portlight`);
    expect(await page.getByTestId('source').textContent()).toContain(NAME);
    const banner = page.getByTestId('demo-banner');
    expect(await banner.textContent()).toContain('All of this traffic is generated');
    expect(await banner.getByRole('button').count()).toBe(0);
    expect(await violationsOf(page, 'body')).toEqual([]);
  });

  it('has its first alert soon, with the packets that caused it', async () => {
    const { page } = launched;
    await page.keyboard.press('4');
    const alert = page.getByRole('row').filter({ hasText: 'Port scan' }).first();
    await alert.waitFor({ timeout: FIRST_ALERT_MS });
    await alert.click();
    await page.getByRole('button', { name: 'Show these packets' }).click();
    await expect.poll(() => page.getByRole('row').filter({ hasText: '[SYN]' }).count(), { timeout: 10_000 }).toBeGreaterThan(3);
  });

  it('stops, keeps what it has, and is not asked about or remembered', async () => {
    const { page } = launched;
    await page.getByTestId('live-status').getByRole('button', { name: 'Stop' }).click();
    await page.getByTestId('live-status').getByText('Stopped').waitFor();
    const count = await packets();
    await page.waitForTimeout(500);
    expect(await packets()).toBe(count);
    expect(await page.getByTestId('demo-banner').isVisible()).toBe(true);
    await page.getByTestId('live-status').getByRole('button', { name: 'Restart' }).click();
    await expect.poll(packets, { timeout: 20_000 }).toBeLessThan(count);
    expect(await page.evaluate(() => window.portlight.recentSources())).toEqual([]);
  });
});
