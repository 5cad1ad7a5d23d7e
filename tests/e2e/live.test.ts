import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { named, whyNot } from '../rig/available';
import { nativePrograms } from '../rig/capturing';
import { succeed } from '../rig/processes';
import { violationsOf } from './axe';
import { CaptureFolder, knocks, pcapOf } from './capture-files';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';
import { Wire } from './wire';

const reason = whyNot('tshark', 'capinfos') ?? (await nativePrograms());
const ONE_AFTER_THE_OTHER = 500;

/** The parts of the window that speak of captures. */
class LiveParts extends WindowParts {
  readonly sources = this.page.getByTestId('start-page');
  readonly live = this.page.getByTestId('live-status');
  readonly dialog = this.page.getByRole('dialog');
  readonly filterField = this.sources.getByLabel('Capture filter');
  readonly start = this.sources.getByRole('button', { name: 'Start capturing' });

  interface(name: string) {
    return this.sources.getByRole('radio', { name: new RegExp(`^${name}\\b`) });
  }

  /** From the start page. */
  async capture(name: string, filter = ''): Promise<void> {
    await this.sources.getByRole('button', { name: /^Interface/ }).click();
    await this.interface(name).check();
    await this.filterField.fill(filter);
    await this.start.click();
    await this.live.waitFor();
  }

  async packets(): Promise<number> {
    const text = (await this.status.textContent()) ?? '';
    return Number(/([\d,]+) packets?/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
  }

  async has(packets: number): Promise<void> {
    await expect.poll(() => this.packets(), { timeout: 15_000 }).toBe(packets);
  }
}

const saveAs = ({ app }: LaunchedApp, filePath: string): Promise<void> =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === '', filePath: path });
  }, filePath);

/** As Wireshark's own tool counts them. */
async function packetsIn(path: string): Promise<number> {
  const text = await succeed('capinfos', ['-c', '-M', '-T', '-r', path]);
  return Number(text.trim().split('\t').at(-1));
}

describe.skipIf(reason !== null)(named('capturing in the window', reason), () => {
  let wire: Wire;
  let folder: CaptureFolder;

  beforeAll(async () => {
    if (reason !== null) return;
    wire = await Wire.make();
    folder = await CaptureFolder.make();
  });
  afterAll(async () => {
    wire?.remove();
    await folder?.remove();
  });

  describe('an interface', () => {
    let launched: LaunchedApp;
    let parts: LiveParts;

    beforeAll(async () => {
      if (reason !== null) return;
      launched = await launchApp({ size: { width: 1440, height: 900 } });
      parts = new LiveParts(launched.page);
    });
    afterAll(() => launched?.close());

    it('is in the list with its addresses and what captures it, and the list is clean to axe-core', async () => {
      await parts.sources.getByRole('button', { name: /^Interface/ }).click();
      await parts.interface(wire.name).waitFor();
      await expect.poll(() => parts.sources.getByRole('group', { name: 'Interfaces' }).textContent()).toMatch(/lo.*127\.0\.0\.1/);
      await parts.sources.getByText('Captured by Portlight’s own helper').waitFor();
      expect(await violationsOf(launched.page, 'body')).toEqual([]);
    });

    it('shows what it carries before anything is captured', async () => {
      const row = parts.sources.locator('label').filter({ hasText: new RegExp(`^${wire.name}connected`) });
      const sending = wire.send(4000, 1000);
      await expect.poll(() => row.textContent(), { timeout: 10_000 }).toMatch(/[\d,]+ pkt\/s, [\d.]+ kbit\/s/);
      await sending;
    });

    it('that is down says so, with the command that switches it on', async () => {
      await succeed('ip', ['link', 'set', wire.name, 'down']);
      await launched.page.evaluate(() => window.dispatchEvent(new Event('focus')));
      await parts.interface(wire.name).check();
      const problem = parts.sources.getByRole('alert').filter({ hasText: 'cannot be captured' });
      await expect.poll(() => problem.textContent()).toContain('is down');
      expect(await parts.start.isDisabled()).toBe(true);
      await problem.getByRole('button', { name: 'Copy command' }).click();
      await expect.poll(() => launched.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(`sudo ip link set ${wire.name} up`);
      await succeed('ip', ['link', 'set', wire.name, 'up']);
      await problem.getByRole('button', { name: 'Look again' }).click();
      await expect.poll(() => parts.start.isEnabled()).toBe(true);
    });

    it('is not captured with a wrong filter, and libpcap’s reason is there while typing', async () => {
      await parts.filterField.fill('udp prot 9');
      const mistake = parts.sources.getByRole('alert').filter({ hasText: 'capture filter is wrong' });
      await expect.poll(() => mistake.textContent()).toMatch(/syntax error/);
      await parts.filterField.press('Enter');
      await expect.poll(() => parts.start.textContent()).toBe('Start capturing');
      expect(wire.captures()).toEqual([]);
      await parts.filterField.fill('udp port 9');
      await mistake.waitFor({ state: 'detached' });
    });

    it('is captured after Enter: waits, then shows packets, rate and what was lost', async () => {
      await parts.interface(wire.name).check();
      await parts.interface(wire.name).press('Enter');
      await parts.page.getByTestId('waiting').waitFor();
      expect(await launched.page.title()).toBe(`${wire.name}, capturing · Portlight`);
      const sending = wire.send(3000, ONE_AFTER_THE_OTHER);
      await expect.poll(() => parts.live.textContent(), { timeout: 10_000 }).toMatch(/^Live[\d.,]+ pkt\/s · [\d.]+ kbit\/s0 dropped/);
      await expect.poll(() => parts.page.getByTestId('spool').textContent()).toMatch(/spool [\d.]+ kB of 4 GB/);
      await sending;
      await parts.has(3000);
      expect(await violationsOf(launched.page, 'header')).toEqual([]);
      // No packets, no rate.
      await expect.poll(() => parts.page.getByTestId('live-rate').textContent(), { timeout: 10_000 }).toMatch(/^0 pkt\/s/);
    });

    it('is stopped by its key, and what was captured stays', async () => {
      await launched.page.keyboard.press('Control+e');
      await expect.poll(() => parts.live.textContent()).toMatch(/^Stopped0 dropped.*Restart/);
      await expect.poll(() => wire.captures()).toEqual([]);
      expect(await launched.page.title()).toBe(`${wire.name} · Portlight`);
      await parts.has(3000);
    });

    it('is saved as a file that others read, all of it or what the filter shows', async () => {
      const all = folder.path('all.pcapng');
      await saveAs(launched, all);
      await launched.page.keyboard.press('Control+Shift+s');
      await launched.page.getByText(/Saved to all\.pcapng: 3,000 packets/).waitFor();
      expect(await packetsIn(all)).toBe(3000);

      const some = folder.path('some.pcapng');
      await saveAs(launched, some);
      await parts.applyFilter('frame.number <= 10');
      await parts.shows(10);
      await launched.page.keyboard.press('Control+Shift+s');
      await parts.dialog.getByRole('radio', { name: /Only the packets that the filter shows/ }).waitFor();
      expect(await violationsOf(launched.page, '.mantine-Modal-body')).toEqual([]);
      await parts.dialog.getByRole('button', { name: 'Choose a file…' }).click();
      await launched.page.getByText(/Saved to some\.pcapng: 10 packets/).waitFor();
      expect(await packetsIn(some)).toBe(10);
      await parts.applyFilter('');
    });

    it('that cannot be written says why, and leaves nothing behind', async () => {
      await saveAs(launched, folder.path('missing/all.pcapng'));
      await launched.page.keyboard.press('Control+Shift+s');
      await launched.page.getByRole('alert').filter({ hasText: 'Not saved' }).first().waitFor();
      expect(existsSync(folder.path('missing'))).toBe(false);
    });

    it('is captured anew by Restart, without a question once it was saved', async () => {
      await parts.live.getByRole('button', { name: 'Restart' }).click();
      await parts.page.getByTestId('waiting').waitFor();
      await wire.send(5, ONE_AFTER_THE_OTHER);
      await parts.has(5);
    });

    it('whose program is killed says so and what to do, and keeps its packets', async () => {
      expect(wire.captures()).toHaveLength(1);
      for (const id of wire.captures()) process.kill(id, 'SIGKILL');
      const banner = parts.page.getByTestId('capture-ended');
      await expect.poll(() => banner.textContent()).toMatch(/ended by itself.*ended unexpectedly.*Capture again/);
      await launched.page.getByRole('alert').filter({ hasText: 'ended by itself' }).last().waitFor();
      await expect.poll(() => parts.live.textContent()).toMatch(/^Ended/);
      await parts.has(5);
      await banner.getByRole('button', { name: 'Copy' }).click();
      await expect.poll(() => launched.app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/SIGKILL|signal 9/);
      expect(await violationsOf(launched.page, 'body')).toEqual([]);
    });

    it('with packets that are nowhere else is not left without a question', async () => {
      const file = await folder.write('knocks.pcap', pcapOf(knocks()));
      await launched.app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
      }, file);
      await launched.page.keyboard.press('Control+o');
      await parts.dialog.getByText('5 packets are kept only until this session is closed.').waitFor();
      expect(await violationsOf(launched.page, '.mantine-Modal-body')).toEqual([]);
      await parts.dialog.getByRole('button', { name: 'Keep it open' }).click();
      await parts.dialog.waitFor({ state: 'detached' });
      await parts.has(5);

      await saveAs(launched, folder.path('before.pcapng'));
      await launched.page.keyboard.press('Control+o');
      await parts.dialog.getByRole('button', { name: 'Save first…' }).click();
      await parts.has(10);
      expect(await packetsIn(folder.path('before.pcapng'))).toBe(5);
    });

    it('is among the recent sources, with its filter', async () => {
      await launched.page.getByRole('banner').getByRole('button', { name: 'Capture…', exact: true }).click();
      const recent = parts.sources.getByRole('listitem').filter({ hasText: wire.name });
      await expect.poll(() => recent.textContent()).toContain('filter: udp port 9');
      await launched.page.keyboard.press('Escape');
      await parts.sources.waitFor({ state: 'detached' });
    });
  });

  it('a second source joins; a window that is closed asks first, and leaves neither packets nor a program behind', async () => {
    const userData = folder.path('closing');
    const launched = await launchApp({ userData, size: { width: 1024, height: 700 } });
    const parts = new LiveParts(launched.page);
    await parts.capture(wire.name);
    await wire.send(20, ONE_AFTER_THE_OTHER);
    await parts.has(20);

    await parts.live.getByRole('button', { name: 'Add another source' }).click();
    await parts.sources.getByText('Add a source to this capture').waitFor();
    await parts.interface('lo').check();
    await parts.filterField.fill('udp port 9');
    expect(await violationsOf(launched.page, 'body')).toEqual([]);
    await parts.start.click();
    await parts.sources.waitFor({ state: 'detached' });
    await expect.poll(() => parts.page.getByTestId('live-sources').textContent()).toBe('2 sources');
    await expect
      .poll(() => parts.page.getByTestId('live-sources').getAttribute('title'))
      .toMatch(/: 20 received, 0 dropped\nlo: 0 received, 0 dropped/);
    expect(await launched.page.title()).toBe(`${wire.name} + lo, capturing · Portlight`);
    await parts.applyFilter(`frame.interface_name == "${wire.name}"`);
    await parts.shows(20);
    const window = await launched.app.browserWindow(launched.page);
    await window.evaluate((shown) => shown.close());
    await parts.dialog.getByRole('button', { name: 'Keep capturing' }).click();
    await parts.dialog.waitFor({ state: 'detached' });
    await expect.poll(() => parts.live.textContent()).toMatch(/^Live/);

    const closed = launched.app.waitForEvent('close');
    await window.evaluate((shown) => shown.close());
    await parts.dialog.getByRole('button', { name: 'Stop and discard' }).click();
    await closed;
    await expect.poll(() => wire.captures()).toEqual([]);
    expect(readdirSync(join(userData, 'history', 'spool'))).toEqual([]);
  });

  it('an application that is ended from outside asks nobody, and its capture is offered at the next start', async () => {
    const userData = folder.path('ended');
    const launched = await launchApp({ userData });
    const parts = new LiveParts(launched.page);
    await parts.capture(wire.name);
    await wire.send(20, ONE_AFTER_THE_OTHER);
    await parts.has(20);
    const closed = launched.app.waitForEvent('close');
    launched.app.process().kill('SIGTERM');
    await closed;
    await expect.poll(() => wire.captures(), { timeout: 15_000 }).toEqual([]);
    expect(readdirSync(join(userData, 'history', 'spool'))).toHaveLength(1);
  });

  it('a capture whose engine is killed can be recovered at once', async () => {
    const launched = await launchApp();
    try {
      const parts = new LiveParts(launched.page);
      await parts.capture(wire.name);
      await wire.send(30, ONE_AFTER_THE_OTHER);
      await parts.has(30);
      await launched.app.evaluate(({ app: main }) => {
        const engine = main.getAppMetrics().find((process) => process.name === 'Portlight engine');
        if (engine) process.kill(engine.pid, 'SIGKILL');
      });
      const banner = launched.page.getByTestId('engine-ended');
      await expect.poll(() => banner.textContent(), { timeout: 15_000 }).toContain(`the capture of ${wire.name}`);
      const path = folder.path('engine.pcapng');
      await saveAs(launched, path);
      await launched.page.getByTestId('left-spools').getByRole('button', { name: 'Recover…' }).click();
      await parts.has(30);
      expect(await packetsIn(path)).toBe(30);
    } finally {
      await launched.close();
    }
  });

  it('a capture that was cut off by a kill is offered at the next start, and its file can be read', async () => {
    const userData = folder.path('killed');
    const first = await launchApp({ userData });
    const parts = new LiveParts(first.page);
    await parts.capture(wire.name);
    await wire.send(400, ONE_AFTER_THE_OTHER);
    await parts.has(400);
    first.app.process().kill('SIGKILL');
    await expect.poll(() => wire.captures(), { timeout: 15_000 }).toEqual([]);

    const second = await launchApp({ userData });
    try {
      const left = second.page.getByTestId('left-spools');
      await expect
        .poll(() => left.textContent(), { timeout: 15_000 })
        .toMatch(new RegExp(`A capture of ${wire.name} from today \\d\\d:\\d\\d`));
      expect(await violationsOf(second.page, 'body')).toEqual([]);
      const path = folder.path('recovered.pcapng');
      await saveAs(second, path);
      await left.getByRole('button', { name: 'Recover…' }).click();
      await new LiveParts(second.page).has(400);
      const read = spawnSync('tshark', ['-n', '-r', path, '-T', 'fields', '-e', 'udp.dstport'], { encoding: 'utf8' });
      expect(read.status).toBe(0);
      expect(read.stdout.trim().split('\n')).toHaveLength(400);
      expect(readdirSync(join(userData, 'history', 'spool'))).toEqual([]);
    } finally {
      await second.close();
    }
  });
});

/** Nobody has this process id: Linux' greatest is 4,194,304. */
const GONE = 99_999_999;

it('a capture that a crash left behind is discarded only when somebody said so twice', async () => {
  const folder = await CaptureFolder.make();
  const spool = folder.path('user-data/history/spool/0123456789abcdef');
  await mkdir(spool, { recursive: true });
  await writeFile(join(spool, 'capture.json'), JSON.stringify({ name: 'eth7', started: Date.UTC(2026, 0, 5, 12), process: GONE }));
  await writeFile(join(spool, '000000.pcapng'), new Uint8Array(1_200_000));
  const launched = await launchApp({ userData: folder.path('user-data') });
  try {
    const { page } = launched;
    const left = page.getByTestId('left-spools');
    await expect.poll(() => left.textContent()).toMatch(/A capture of eth7 from 2026-01-05 \d\d:\d\d \(1\.20 MB\) was not closed/);
    await left.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(existsSync(spool)).toBe(true);
    await left.getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await left.waitFor({ state: 'detached' });
    expect(existsSync(spool)).toBe(false);
  } finally {
    await launched.close();
    await folder.remove();
  }
});
