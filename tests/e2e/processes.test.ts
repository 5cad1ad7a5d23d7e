import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { named, whyNot } from '../rig/available';
import { nativePrograms } from '../rig/capturing';
import { Running } from '../rig/processes';
import { freePort } from '../rig/sshd';
import { violationsOf } from './axe';
import { type LaunchedApp, launchApp } from './harness';
import { WindowParts } from './window-parts';

const reason = whyNot('ss') ?? (await nativePrograms());

describe.skipIf(reason !== null)(named('programs of this machine in the window', reason), () => {
  const running: Running[] = [];
  let launched: LaunchedApp;
  let parts: WindowParts;

  const start = async (name: string, does: string, port: number): Promise<void> => {
    const program = new Running(process.execPath, [resolve('tests', 'rig', 'programs', 'named.mjs'), name, does, String(port)]);
    running.push(program);
    await program.says('ready');
  };

  beforeAll(async () => {
    if (reason !== null) return;
    const port = await freePort();
    await start('plserver', 'listen', port);
    launched = await launchApp({ size: { width: 1440, height: 900 } });
    const { page } = launched;
    parts = new WindowParts(page);
    const sources = page.getByTestId('start-page');
    await page.keyboard.press('Control+e');
    await sources.getByRole('radio', { name: /^lo\b/ }).check();
    await sources.getByLabel('Capture filter').fill(`port ${port}`);
    await sources.getByRole('button', { name: 'Start capturing' }).click();
    await page.getByTestId('live-status').waitFor();
    await start('plclient', 'hold', port);
  });
  afterAll(async () => {
    await Promise.all(running.map((program) => program.stop()));
    await launched?.close();
  });

  it('are named in the list of flows and in the inspector, and stay named when they are gone', async () => {
    const { page } = launched;
    await expect.poll(() => parts.status.textContent()).toMatch(/[1-9]\d* packets/);
    await page.keyboard.press('3');
    const flows = page.getByRole('grid', { name: 'Flows' });
    const cell = flows.getByRole('gridcell', { name: 'plclient → plserver' });
    await cell.waitFor({ timeout: 15_000 });
    await cell.click();
    await expect
      .poll(() => parts.inspector.textContent())
      .toMatch(/Process\s*plclient → plserver \(pid \d+, \d+\)\s*User\s*\w+?\s*Socket\s*ESTAB/);
    expect(await violationsOf(page, 'main')).toEqual([]);
    await running.pop()?.stop();
    await expect.poll(() => parts.inspector.textContent(), { timeout: 15_000 }).not.toMatch(/Socket\s*ESTAB/);
    await cell.waitFor();
  });

  it('bandwidth of the interfaces is in the overview', async () => {
    const { page } = launched;
    await page.keyboard.press('1');
    const panel = page.getByTestId('overview-interfaces');
    await panel.getByRole('img', { name: /^Traffic of lo in the last .*, peak [\d.]+ .?bit\/s/ }).waitFor({ timeout: 15_000 });
    await expect.poll(() => panel.textContent()).toMatch(/Packets\/s.*lo([\d.]+ .?bit\/s){3}/);
    expect(await violationsOf(page, 'main')).toEqual([]);
  });

  it('packets are filtered by the program when no more come', async () => {
    const { page } = launched;
    await page.keyboard.press('Control+e');
    await expect.poll(() => page.getByTestId('live-status').textContent()).toMatch(/^Stopped/);
    await parts.applyFilter('flow.process contains "plserver"');
    await expect.poll(() => parts.status.textContent()).toMatch(/[1-9]\d* shown/);
    await parts.applyFilter('flow.process == "plnobody"');
    await parts.shows(0);
  });
});
