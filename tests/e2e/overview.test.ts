import { beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { knocks, pcapOf } from './capture-files';
import { withCapture } from './with-capture';

describe('the overview', () => {
  const launched = withCapture('knocks.pcap', () => pcapOf(knocks()), 10);
  const rowsOf = (list: string): Promise<string[]> =>
    launched.page.getByRole('list', { name: list, exact: true }).getByRole('listitem').allInnerTexts();
  const tile = (title: string): Promise<string> =>
    launched.page
      .getByTestId('overview')
      .locator('dl > div')
      .filter({ has: launched.page.getByText(title, { exact: true }) })
      .innerText();

  beforeAll(async () => {
    await launched.page.keyboard.press('1');
    await launched.page.getByTestId('overview').waitFor();
  });

  it('counts packets, bytes, time, flows and what was dropped', async () => {
    // Eight TCP segments of 54 bytes and two DNS questions of 75 and 76.
    await expect.poll(() => tile('Packets')).toMatch(/^Packets\n10\n/);
    expect(await tile('Bytes')).toMatch(/583 B/);
    expect(await tile('Duration')).toMatch(/90 ms/);
    expect(await tile('Flows')).toMatch(/5\nTCP 4 · UDP 1/);
    expect(await tile('Dropped')).toMatch(/Unknown/);
  });

  it('draws the traffic by protocol family with units on the axis', async () => {
    const chart = launched.page.getByTestId('overview-traffic');
    await chart.locator('svg').first().waitFor();
    await expect.poll(() => chart.innerText()).toMatch(/bits\/s, mean of 1 ms/);
    expect(await chart.getByRole('listitem').allInnerTexts()).toEqual(['TCP', 'DNS']);
    await expect.poll(() => chart.locator('svg').first().textContent()).toMatch(/kbit\/s/);
  });

  it('ranks protocols, talkers, ports and lengths', async () => {
    expect(await rowsOf('Protocols')).toEqual([
      expect.stringMatching(/TCP.*8.*432 B.*74 %/s),
      expect.stringMatching(/DNS.*2.*151 B.*26 %/s),
    ]);
    expect((await rowsOf('Top talkers'))[0]).toMatch(/10\.0\.0\.4.*367 B.*216 B/s);
    expect((await rowsOf('Top ports'))[0]).toMatch(/53\/udp dns.*151 B/s);
    expect((await rowsOf('Packet lengths'))[0]).toMatch(/0–79.*10.*100 %/s);
  });

  it('filters to a protocol, says so, and shows everything again', async () => {
    await launched.page.getByRole('list', { name: 'Protocols' }).getByRole('button').filter({ hasText: 'DNS' }).click();
    await launched.page.getByRole('menuitem', { name: /Filter to this/ }).click();
    await launched.parts.shows(2);
    expect(await launched.parts.filter.inputValue()).toBe('dns');
    await expect.poll(() => tile('Packets')).toMatch(/2\n20 % of 10/);
    expect(await rowsOf('Protocols')).toHaveLength(1);
    expect(await launched.page.getByTestId('overview-scope').innerText()).toContain('dns');
    await launched.page.getByRole('button', { name: 'Show everything' }).click();
    await launched.parts.shows(10);
    await expect.poll(() => tile('Packets')).toMatch(/^Packets\n10\n/);
  });

  it('leads from a family, a step of the chart and a total to what it is of', async () => {
    const { page } = launched;
    const chart = page.getByTestId('overview-traffic');
    await chart.getByRole('button', { name: 'DNS' }).click();
    await page.getByRole('menuitem', { name: /Filter to this/ }).click();
    await launched.parts.shows(2);
    await launched.parts.applyFilter('');
    await launched.parts.shows(10);
    await chart
      .locator('svg.recharts-surface')
      .first()
      .click({ position: { x: 84, y: 120 } });
    await page.getByRole('menuitem', { name: 'Show only this time' }).click();
    await launched.parts.shows(1);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await launched.parts.shows(10);
    await page.getByTestId('overview').getByRole('button', { name: '5', exact: true }).click();
    await page.getByRole('grid', { name: 'Flows' }).waitFor();
    await page.keyboard.press('1');
    await page.getByTestId('overview').waitFor();
  });

  it('says how many alerts there are, and why nothing can be new', async () => {
    await expect.poll(() => tile('Alerts')).toMatch(/^Alerts\n0\nnone/);
    const fresh = launched.page.getByTestId('overview-newToday');
    await expect.poll(() => fresh.innerText()).toMatch(/Nothing from before \d{4}-\d\d-\d\d is remembered/);
  });

  it('excludes an address with the keys alone', async () => {
    const { page } = launched;
    const row = page.getByRole('list', { name: 'Top talkers' }).getByRole('button');
    await row.first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('203.0.113.9');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Exclude this' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await launched.parts.shows(2);
    await launched.parts.applyFilter('');
    await launched.parts.shows(10);
  });

  it('says why there is nothing to count', async () => {
    await launched.parts.applyFilter('tcp.port == 1');
    await launched.page.getByText('No packet matches').waitFor();
    await launched.page.getByRole('main').getByRole('button', { name: 'Clear filter' }).click();
    await expect.poll(() => tile('Packets')).toMatch(/^Packets\n10\n/);
  });

  it('has nothing that axe objects to, in each theme', async () => {
    for (const theme of ['light', 'contrast', 'dark']) {
      await launched.page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      expect(await violationsOf(launched.page, 'main')).toEqual([]);
    }
  });
});
