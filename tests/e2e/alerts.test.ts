import { describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, frame, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';
import { withCapture } from './with-capture';

const SCANNER = '203.0.113.9';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];

/** A scan that is refused everywhere, and one packet of somebody else. */
const capture = (): Uint8Array =>
  pcapOf([
    ...PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > 10.0.0.4:${port} S`), frame(`10.0.0.4:${port} > ${SCANNER}:41022 RA`)]),
    frame('10.0.0.7:40000 > 10.0.0.4:9000', new Uint8Array(90)),
  ]);
const PACKETS = 2 * PORTS.length + 1;

describe('the alerts view', () => {
  const launched = withCapture('scan.pcap', capture, PACKETS);

  const rail = () => launched.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: /^Alerts/ });
  const grid = () => launched.page.getByRole('grid', { name: 'Alerts' });
  const detail = () => launched.page.getByTestId('alert-detail');
  const rows = (): Promise<string[]> => grid().locator('[role="row"]:not([hidden]):has([role="gridcell"])').allInnerTexts();
  const button = (name: string) => detail().getByRole('button', { name, exact: true });

  it('is announced on the rail and on the time brush', async () => {
    await expect.poll(() => rail().innerText()).toMatch(/1 open, highest high/);
    await expect.poll(() => launched.page.getByTestId('brush-mark').count()).toBe(1);
  });

  it('lists the alert and tells why it was raised, by keys alone', async () => {
    await launched.page.keyboard.press('4');
    await expect.poll(rows).toEqual([expect.stringMatching(/High[\s\S]*203\.0\.113\.9[\s\S]*10\.0\.0\.4[\s\S]*Open/)]);
    await grid().focus();
    await launched.page.keyboard.press('Home');
    await detail().waitFor();
    const text = await detail().innerText();
    for (const part of ['Measured', 'Threshold', 'Window', 'What would have kept it quiet', 'T1046']) expect(text).toContain(part);
    await expect.poll(() => launched.page.getByTestId('lane-mark').count()).toBe(1);
  });

  it('has nothing that axe objects to', async () => {
    expect(await violationsOf(launched.page, 'main')).toEqual([]);
  });

  it('shows the packets that it rests on, and all of its traffic', async () => {
    await button('Show these packets').click();
    await launched.parts.list.waitFor();
    expect(await launched.parts.filter.inputValue()).toMatch(/^frame\.number in \{.+\}$/);
    await expect.poll(async () => (await launched.parts.rows()).every((row) => row.includes(SCANNER))).toBe(true);
    await rail().click();
    await button('Show its traffic').click();
    await expect.poll(() => launched.parts.filter.inputValue()).toBe(`ip.addr == ${SCANNER} && ip.addr == 10.0.0.4`);
    await launched.parts.list.waitFor();
    await launched.page.keyboard.press('Escape');
    await rail().click();
  });

  it('is acknowledged with a note, resolved and reopened', async () => {
    await detail().getByLabel('Note').fill('our own scanner');
    await button('Acknowledge').click();
    await expect.poll(rows).toEqual([expect.stringContaining('Acknowledged')]);
    await expect.poll(() => detail().innerText()).toMatch(/Acknowledged · [\s\S]*our own scanner/);
    await expect.poll(() => rail().innerText()).not.toMatch(/open/);
    await button('Resolve').click();
    await expect.poll(rows).toEqual([expect.stringContaining('Resolved')]);
    await button('Reopen').click();
    await expect.poll(() => rail().innerText()).toMatch(/1 open/);
  });

  it('is hidden by a mute, and comes back when the mute is removed', async () => {
    const { page } = launched;
    await button('Mute…').click();
    const dialog = page.getByRole('dialog', { name: 'Mute alerts' });
    await dialog.getByLabel('Reason').fill('known');
    await dialog.getByRole('button', { name: 'Mute', exact: true }).click();
    await page.getByText('No alert matches').waitFor();
    await page.getByRole('button', { name: 'Show muted alerts' }).click();
    await expect.poll(async () => (await rows()).length).toBe(1);

    await page.getByRole('button', { name: 'Mutes…' }).click();
    const mutes = page.getByRole('dialog', { name: 'Mutes' });
    await expect.poll(() => mutes.innerText()).toMatch(/Port scan · 203\.0\.113\.9 → 10\.0\.0\.4[\s\S]*known[\s\S]*hid 1 alert/);
    await mutes.getByRole('button', { name: 'Remove' }).click();
    await mutes.getByText('Nothing is muted.').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => rail().innerText()).toMatch(/1 open/);
  });

  it('is grouped by source and found by words', async () => {
    const { page } = launched;
    await page.getByLabel('Group by').selectOption({ label: 'By source' });
    const groups = page.getByRole('navigation', { name: 'Sources' });
    await groups.getByRole('button', { name: new RegExp(SCANNER) }).click();
    await expect.poll(async () => (await rows()).length).toBe(1);
    await page.getByLabel('Search alerts').fill('no such thing');
    await page.getByText('No alert matches').waitFor();
    await page.getByRole('button', { name: 'Show all alerts' }).click();
    await expect.poll(async () => (await rows()).length).toBe(1);
  });
});

describe('what was said of an alert', () => {
  it('is there again when the application was closed and the file is opened anew', async () => {
    const folder = await CaptureFolder.make();
    const file = await folder.write('scan.pcap', capture());
    const start = () => launchApp({ files: [file], userData: folder.path('user-data'), size: { width: 1440, height: 900 } });
    const read = async ({ page }: LaunchedApp) => {
      await new WindowParts(page).shows(PACKETS);
      await page
        .getByRole('navigation', { name: 'Views' })
        .getByRole('button', { name: /^Alerts/ })
        .click();
      const grid = page.getByRole('grid', { name: 'Alerts' });
      await grid.getByText(SCANNER, { exact: true }).click();
      return page.getByTestId('alert-detail');
    };
    try {
      const first = await start();
      const before = await read(first);
      await before.getByLabel('Note').fill('ticket 4711');
      await before.getByRole('button', { name: 'Acknowledge', exact: true }).click();
      // The history, not the text area: what stands there was kept.
      await before.getByRole('list', { name: 'History' }).getByText('ticket 4711').waitFor();
      await first.close();

      const second = await start();
      const after = await read(second);
      await after.getByRole('list', { name: 'History' }).getByText('ticket 4711').waitFor();
      await expect.poll(() => after.innerText()).toMatch(/High\s+Acknowledged/);
      await second.close();
    } finally {
      await folder.remove();
    }
  });
});
