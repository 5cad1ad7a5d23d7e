import { describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { frame, pcapOf } from './capture-files';
import { withCapture } from './with-capture';

const SCANNER = '203.0.113.9';
const SERVER = '10.0.0.4';
const CLOSED = [21, 23, 25, 110];

/** A scan of closed ports, one open port, and one datagram of somebody else. */
const capture = (): Uint8Array =>
  pcapOf([
    ...CLOSED.flatMap((port) => [frame(`${SCANNER}:41022 > ${SERVER}:${port} S`), frame(`${SERVER}:${port} > ${SCANNER}:41022 RA`)]),
    frame(`${SCANNER}:41022 > ${SERVER}:22 S`),
    frame(`${SERVER}:22 > ${SCANNER}:41022 SA`),
    frame(`${SCANNER}:41022 > ${SERVER}:22 A`),
    frame(`10.0.0.7:40000 > ${SERVER}:9000`, new Uint8Array(90)),
  ]);
const PACKETS = 2 * CLOSED.length + 4;

describe('the statistics and exposure views', () => {
  const launched = withCapture('scan.pcap', capture, PACKETS);

  const grid = (name: string) => launched.page.getByRole('grid', { name });
  const rowsOf = (name: string): Promise<string[]> =>
    grid(name).locator('[role="row"]:not([hidden]):has([role="gridcell"])').allInnerTexts();
  const tab = (name: string) => launched.page.getByRole('tab', { name });

  it('shows which protocols there are within which', async () => {
    await launched.page.keyboard.press('9');
    await expect
      .poll(async () => (await rowsOf('Protocols')).map((row) => row.trim().split(/\s+/)[0]))
      .toEqual(['Frame', 'Ethernet', 'IPv4', 'TCP', 'UDP']);
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });

  it('goes from tab to tab by arrow keys, and counts conversations of each kind', async () => {
    const { page } = launched;
    await tab('Protocols').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Conversations', selected: true }).waitFor();
    await expect.poll(() => rowsOf('Conversations')).toHaveLength(2);
    await page.getByRole('combobox', { name: 'What talks' }).selectOption('tcp');
    await expect.poll(() => rowsOf('Conversations')).toHaveLength(CLOSED.length + 1);
    expect(await violationsOf(page, 'main')).toEqual([]);
  });

  it('sorts by a header and filters to a row', async () => {
    const { page } = launched;
    await tab('TCP health').click();
    await grid('TCP health').getByRole('columnheader', { name: 'Port B' }).click();
    await expect.poll(async () => (await rowsOf('TCP health'))[0]).toContain('21');
    await grid('TCP health').locator('[role="row"]:not([hidden]):has([role="gridcell"])').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Filter to it/ }).click();
    await expect.poll(() => rowsOf('TCP health')).not.toHaveLength(CLOSED.length + 1);
    await page.getByText('of the filtered packets').waitFor();
  });

  it('shows lengths, endpoints and long connections without anything that axe objects to', async () => {
    const { page } = launched;
    for (const name of ['Endpoints', 'Packet lengths', 'Long connections', 'TCP health']) {
      await tab(name).click();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
      expect(await violationsOf(page, 'main'), name).toEqual([]);
    }
  });

  it('says which ports of the server are open to whom', async () => {
    const { page } = launched;
    await page.keyboard.press('Control+f');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await launched.parts.shows(PACKETS);
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: /^Exposure/ })
      .click();
    await expect.poll(() => page.getByTestId('exposure-sentence').innerText()).toMatch(/^1 port of 10\.0\.0\.4 answered 1 address/);
    await expect.poll(() => rowsOf('Ports of the watched host')).toHaveLength(1);
    await page.getByRole('combobox', { name: 'Ports' }).selectOption('all');
    await expect.poll(() => rowsOf('Ports of the watched host')).toHaveLength(CLOSED.length + 2);
    expect(await violationsOf(page, 'main')).toEqual([]);
  });
});
