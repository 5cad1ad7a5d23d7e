import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './axe';
import { CaptureFolder, frame, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const SCANNER = '203.0.113.9';
const PORTS = [21, 22, 23, 25, 80, 110, 143, 443, 3306, 3389, 5432, 8080];
const PACKETS = 2 * PORTS.length;

/** A scan that is refused everywhere. */
const scan = (): Uint8Array =>
  pcapOf(PORTS.flatMap((port) => [frame(`${SCANNER}:41022 > 10.0.0.4:${port} S`), frame(`10.0.0.4:${port} > ${SCANNER}:41022 RA`)]));
const quiet = (): Uint8Array => pcapOf([frame('10.0.0.7:40000 > 10.0.0.4:9000', new Uint8Array(90))]);

describe('the history', () => {
  let folder: CaptureFolder;
  let userData: string;
  let launched: LaunchedApp;

  const page = () => launched.page;
  const view = () => page().getByTestId('history-view');
  const rows = (): Promise<string[]> => page().getByTestId('history-captures').locator('tbody tr').allInnerTexts();
  const search = () => page().getByRole('searchbox', { name: 'Search a file name or an address' });

  beforeAll(async () => {
    folder = await CaptureFolder.make();
    userData = await mkdtemp(join(tmpdir(), 'portlight-e2e-'));
    const files = [await folder.write('scan.pcap', scan()), await folder.write('quiet.pcap', quiet())];
    for (const file of files) {
      launched = await launchApp({ files: [file], userData, size: { width: 1440, height: 900 } });
      await new WindowParts(page()).shows(file.endsWith('scan.pcap') ? PACKETS : 1);
      await page().keyboard.press('6');
      // What is known of a capture is kept a moment after its last packet was read.
      await page()
        .getByRole('row', { name: file.endsWith('scan.pcap') ? /scan\.pcap.*1 open, high.* 24 / : /quiet\.pcap.*none.* 1 / })
        .waitFor();
      await launched.close();
    }
    launched = await launchApp({ userData, size: { width: 1440, height: 900 } });
  });

  afterAll(async () => {
    await launched.close();
    await folder.remove();
    await rm(userData, { recursive: true, force: true });
  });

  it('stands beside the recent files of the start page: packets, span, open alerts', async () => {
    const recent = page().getByTestId('start-page').getByRole('listitem').filter({ hasText: '.pcap' });
    await expect
      .poll(() => recent.allInnerTexts())
      .toEqual([
        expect.stringMatching(/quiet\.pcap[\s\S]*1 packet/),
        expect.stringMatching(/scan\.pcap[\s\S]*1 open, high[\s\S]*24 packets/),
      ]);
    expect(await violationsOf(page(), 'main')).toEqual([]);
  });

  it('lists all captures with their traffic, and finds them by name', async () => {
    await page().getByRole('button', { name: 'All captures and hosts' }).click();
    await expect.poll(rows).toEqual([expect.stringContaining('quiet.pcap'), expect.stringContaining('scan.pcap')]);
    await expect.poll(() => page().getByTestId('history-chart').innerText()).toMatch(/1 minute with traffic/);
    expect(await violationsOf(page(), 'main')).toEqual([]);
    await search().fill('SCAN');
    await expect.poll(rows).toEqual([expect.stringContaining('scan.pcap')]);
    await search().fill('nothing like it');
    await expect.poll(() => view().innerText()).toContain('No capture matches');
    await page().getByRole('button', { name: 'Clear search' }).click();
    await expect.poll(async () => (await rows()).length).toBe(2);
  });

  it('says in which captures a host was, and what was found of it', async () => {
    await search().fill('10.0.0.4');
    const host = page().getByTestId('history-host');
    await expect.poll(() => host.innerText()).toMatch(/Captures\s*2\s*Packets\s*25/);
    expect(await host.innerText()).toMatch(/Port scan[\s\S]*Open/);
    expect(await violationsOf(page(), 'main')).toEqual([]);
    await search().fill('192.0.2.200');
    await expect.poll(() => view().innerText()).toContain('192.0.2.200 was never seen');
    await search().fill('');
  });

  it('forgets a capture when it is told to twice, and opens one', async () => {
    await page().getByRole('button', { name: 'Actions for quiet.pcap' }).click();
    await page().getByRole('menuitem', { name: 'Forget this capture…' }).click();
    await page().getByRole('button', { name: 'Forget', exact: true }).click();
    await expect.poll(rows).toEqual([expect.stringContaining('scan.pcap')]);
    await page()
      .getByRole('button', { name: /^scan\.pcap/ })
      .click();
    await expect.poll(() => new WindowParts(page()).status.innerText()).toContain(`${PACKETS} packets`);
    await expect.poll(() => page().getByTestId('overview-traffic').count()).toBe(1);
  });
});
