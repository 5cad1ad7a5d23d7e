import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, frame, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const SCANNER = '203.0.113.9';
const SERVER = '10.0.0.4';
const CLIENTS = ['10.0.0.7', '10.0.0.8', '192.168.5.5'];
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

/** A scan that is refused everywhere, and what three others send. */
const capture = (): Uint8Array =>
  pcapOf([
    ...PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > ${SERVER}:${port} S`), frame(`${SERVER}:${port} > ${SCANNER}:41022 RA`)]),
    ...CLIENTS.map((client) => frame(`${client}:40000 > ${SERVER}:9000`, new Uint8Array(900))),
  ]);
const PACKETS = 2 * PORTS.length + CLIENTS.length;

describe('the topology view', () => {
  let folder: CaptureFolder;
  let launched: LaunchedApp;
  let parts: WindowParts;
  let saved: string;

  const view = () => launched.page.getByTestId('topology');
  const graph = () => launched.page.getByTestId('topology-graph');
  const card = () => launched.page.getByTestId('topology-card');
  const button = (name: string) => view().getByRole('button', { name, exact: true });
  const nodes = () => graph().getAttribute('data-nodes');
  const answerSaveDialog = (path: string): Promise<void> =>
    launched.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, path);

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    const file = await folder.write('scan.pcap', capture());
    saved = join(file, '..', 'graph');
    launched = await launchApp({ files: [file], size: { width: 1440, height: 900 } });
    parts = new WindowParts(launched.page);
    await parts.shows(PACKETS);
    await launched.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Topology' }).click();
    await view().locator('[data-nodes="5"]').waitFor();
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
  });

  it('finds the attacker by its address and tells of it', async () => {
    expect(await graph().getAttribute('data-edges')).toBe('4');
    const search = view().getByRole('searchbox', { name: 'Find address or name' });
    await search.fill('203.0');
    await search.press('Enter');
    await card().getByRole('heading', { name: SCANNER }).waitFor();
    const text = await card().innerText();
    for (const part of ['Client · High', 'Alerts from it', '1 in the graph', '24 packets']) expect(text).toContain(part);
    await search.fill('nobody');
    await view().getByText('Not in the graph').waitFor();
    await search.fill('');
  });

  it('saves the graph: the attacker has a ring of its alert', async () => {
    await answerSaveDialog(`${saved}.svg`);
    await button('Save SVG').click();
    await expect.poll(() => readFile(`${saved}.svg`, 'utf8').catch(() => '')).toContain('</svg>');
    const svg = await readFile(`${saved}.svg`, 'utf8');
    expect(svg).toContain(`<g data-id="${SCANNER}" data-level="high">`);
    expect(svg).toContain(`<g data-id="${SERVER}" data-level="none">`);
    expect(svg.match(/<line /g)).toHaveLength(4);
    await answerSaveDialog(`${saved}.png`);
    await button('Save PNG').click();
    await expect
      .poll(() =>
        readFile(`${saved}.png`).then(
          (bytes) => bytes.subarray(1, 4).toString(),
          () => '',
        ),
      )
      .toBe('PNG');
    const png = await readFile(`${saved}.png`);
    expect(png.readUInt32BE(16)).toBeGreaterThan(200);
  });

  it('is read by keys alone', async () => {
    const { page } = launched;
    await graph().focus();
    await page.keyboard.press('Escape');
    await card().waitFor({ state: 'detached' });
    // The first is the one with the most bytes.
    await page.keyboard.press('ArrowRight');
    await card().getByRole('heading', { name: SERVER }).waitFor();
    const heading = (): Promise<string> => card().getByRole('heading').innerText();
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      await page.keyboard.press(key);
      if ((await heading()) !== SERVER) break;
    }
    const address = await heading();
    expect([SCANNER, ...CLIENTS]).toContain(address);
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Pin it here' }).click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Let it move again' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Let it move again' }).waitFor({ state: 'detached' });
    await graph().focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('host-page').getByRole('heading', { name: address }).waitFor();
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Topology' }).click();
  });

  it('says the same as a list', async () => {
    await button('List').click();
    const table = view().getByRole('table', { name: 'Hosts of the graph' });
    const hosts = (): Promise<string[]> => table.locator('tbody th').allInnerTexts();
    await expect.poll(hosts).toHaveLength(5);
    await table.getByRole('button', { name: 'Risk' }).click();
    expect((await hosts())[0]).toBe(SCANNER);
    await table.getByRole('button', { name: SERVER }).click();
    await card().getByRole('heading', { name: SERVER }).waitFor();
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
    await button('Graph').click();
  });

  it('groups hosts, opens a group and closes it', async () => {
    await view().getByLabel('Grouping').selectOption({ label: 'Group by subnet' });
    await expect.poll(nodes).toBe('3');
    const search = view().getByRole('searchbox');
    await search.fill('10.0.0.0/24');
    await search.press('Enter');
    await card().getByRole('button', { name: 'Open the group' }).click();
    await expect.poll(nodes).toBe('5');
    await view().getByRole('button', { name: 'Close the group 10.0.0.0/24' }).click();
    await expect.poll(nodes).toBe('3');
    await view().getByLabel('Grouping').selectOption({ label: 'Do not group' });
    await expect.poll(nodes).toBe('5');
  });

  it('plays the session window by window and marks what was not there before', async () => {
    const { page } = launched;
    const slider = page.getByRole('slider', { name: /^Time window/ });
    await slider.press('End');
    // Two clients come last.
    await expect.poll(nodes).toBe('3');
    const legend = view().getByRole('region', { name: 'Legend' });
    await legend.getByRole('list', { name: 'Not there before this time' }).waitFor();
    await view().getByText('new: 2 hosts, 2 connections').waitFor();
    expect(await violationsOf(page, 'main')).toEqual([]);
    await slider.press('Home');
    await expect.poll(nodes).not.toBe('0');
    await view().getByLabel('How fast the whole session is played').selectOption({ label: 'All in 10 s' });
    const begin = Number(await slider.getAttribute('aria-valuenow'));
    await button('Play the session window by window').click();
    await expect.poll(async () => Number(await slider.getAttribute('aria-valuenow'))).toBeGreaterThan(begin);
    await button('Pause').click();
    await slider.press('Escape');
    await expect.poll(nodes).toBe('5');
  });

  it('shows what the filter shows, and filters', async () => {
    const { page } = launched;
    await parts.applyFilter(`ip.addr == ${CLIENTS[0]}`);
    await expect.poll(nodes).toBe('2');
    await view().getByLabel('Traffic').selectOption({ label: 'Of the whole capture' });
    await expect.poll(nodes).toBe('5');
    await view().getByLabel('Traffic').selectOption({ label: 'Of the filtered packets' });
    await parts.applyFilter('arp');
    await page.getByRole('button', { name: 'Clear filter' }).first().waitFor();
    await parts.applyFilter('');
    await expect.poll(nodes).toBe('5');
    const search = view().getByRole('searchbox');
    await search.fill(SCANNER);
    await search.press('Enter');
    await graph().focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Exclude it' }).click();
    await expect.poll(nodes).toBe('4');
    expect(await parts.filter.inputValue()).toBe(`!(ip.addr == ${SCANNER})`);
    await parts.applyFilter('');
  });

  it('fits a small window and has nothing that axe objects to', async () => {
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
    await launched.page.setViewportSize({ width: 1024, height: 700 });
    await graph().waitFor();
    expect(await launched.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024);
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });
});
