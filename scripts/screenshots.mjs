// Takes the screenshots that the README shows: `npm run screenshots [-- FILE]`. FILE is the capture to show; without it one of the shared
// captures is taken (folder in PORTLIGHT_CAPTURES, or ../shared/pcaps).
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { startVirtualDisplay } from './lib/display.mjs';
import { at } from './lib/paths.mjs';
import { exitWith, SetupError } from './lib/process.mjs';
import { shootLive } from './lib/shoot-live.mjs';
import { shootMap, shootMovingMap } from './lib/shoot-map.mjs';
import { shootServers } from './lib/shoot-servers.mjs';
import { shootStatistics } from './lib/shoot-statistics.mjs';
import { shootStream } from './lib/shoot-stream.mjs';
import { ensureBuilt } from './lib/stamp.mjs';

const TARGET = at('docs', 'screenshots');
const DEFAULT_CAPTURE = join('sized', 'lab-office-with-attacks.pcap');
const THEMES = ['dark', 'light'];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];

function captureFile() {
  const named = process.argv[2];
  const folder = process.env.PORTLIGHT_CAPTURES ?? at('..', 'shared', 'pcaps');
  const file = named ? resolve(process.env.INIT_CWD ?? process.cwd(), named) : join(folder, DEFAULT_CAPTURE);
  if (!existsSync(file)) throw new SetupError(`${file} is not there.`, 'Name a capture: npm run screenshots -- FILE');
  return file;
}

/** Waits until nothing loads any more and what came was painted. */
async function settle(page) {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [role="progressbar"]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(500);
}

async function shoot(page, name, theme, { width, height }) {
  await settle(page);
  await page.screenshot({ path: join(TARGET, `${name}-${theme}-${width}x${height}.png`) });
}

/** The first start: no file, no recent ones. Leaves the theme in `userData`. */
async function shootStart(launchApp, { userData, theme, size }) {
  const { page, close } = await launchApp({ userData, size });
  await page.evaluate((name) => localStorage.setItem('portlight-theme', name), theme);
  await page.reload();
  await shoot(page, 'start', theme, size);
  await close();
}

/** Every section of the settings in the large window, the first in all. */
async function shootSettings(page, theme, size) {
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' }).getByRole('button').filter({ hasText: /./ });
  const all = await sections.all();
  for (const button of size === SIZES[0] ? all : all.slice(0, 1)) {
    const name = (await button.innerText()).trim().toLowerCase().replace(' ', '-');
    await button.click();
    if (name === 'detection') await page.getByRole('button', { name: /^Port scan/ }).click();
    await shoot(page, `settings-${name}`, theme, size);
  }
}

/** Every view of the rail on the capture, with a packet of the list selected. */
async function shootViews(launchApp, { userData, theme, size, file }) {
  const { page, close } = await launchApp({ userData, size, files: [file] });
  // The inspector's switch stands on the rail too, and is no view.
  const rail = page.locator('nav button:not([aria-pressed])');
  await rail.first().waitFor();
  await settle(page);
  for (const button of await rail.all()) {
    // Below the title a view may have a number.
    const name = ((await button.innerText()).trim().split('\n')[0] ?? '').toLowerCase();
    await button.click();
    if (name === 'settings') {
      await shootSettings(page, theme, size);
      continue;
    }
    // The office of the capture has no public address: the map's pictures are of others.
    if (name === 'map') continue;
    await settle(page);
    if (name === 'packets') await page.getByRole('grid').click({ position: { x: 200, y: 200 } });
    if (name === 'alerts') await page.getByRole('grid').click({ position: { x: 200, y: 45 } });
    if (name === 'statistics') {
      await shootStatistics(page, (each) => shoot(page, each, theme, size), size === SIZES[0]);
      continue;
    }
    if (name === 'hosts') await page.getByRole('grid').click({ position: { x: 200, y: 35 } });
    await shoot(page, name, theme, size);
  }
  await close();
}

/** The demo, when it has shown most of its scenes. */
async function shootDemo(launchApp, { userData, theme, size }) {
  const { page, close } = await launchApp({ userData, size });
  await page.getByTestId('start-page').getByRole('button', { name: /^Demo/ }).click();
  await page.getByTestId('demo-banner').waitFor();
  await page.getByRole('grid').first().waitFor();
  await page.keyboard.press('4');
  await page.getByRole('row').filter({ hasText: 'SYN flood' }).first().waitFor({ timeout: 180_000 });
  for (const [key, name] of ['overview', 'packets', 'flows', 'alerts', 'hosts'].entries()) {
    await page.keyboard.press(`${key + 1}`);
    if (name !== 'flows') await shoot(page, `demo-${name}`, theme, size);
  }
  await shootMovingMap(page, shoot, theme, size);
  await close();
}

/** A replay that is paused in the middle. */
async function shootReplay(launchApp, { userData, theme, size, file }) {
  const { page, close } = await launchApp({ userData, size, files: [file] });
  await page.getByRole('grid').waitFor();
  await settle(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Replay this capture');
  await page.getByRole('button', { name: 'Replay this capture' }).click();
  await page.getByRole('button', { name: /^Pause \(/ }).click();
  const axis = await page.getByTestId('brush-axis').boundingBox();
  await page.mouse.click(axis.x + 0.62 * axis.width, axis.y + axis.height / 2);
  await page.waitForTimeout(1000);
  await shoot(page, 'replay-packets', theme, size);
  await page.keyboard.press('1');
  await shoot(page, 'replay-overview', theme, size);
  await close();
}

try {
  await ensureDependencies();
  const file = captureFile();
  await ensureBuilt('app');
  const display = process.platform === 'linux' ? await startVirtualDisplay() : null;
  if (display) process.env.DISPLAY = display.display;
  const { launchApp } = await import('../tests/e2e/harness.ts');
  mkdirSync(TARGET, { recursive: true });
  for (const theme of THEMES) {
    for (const size of SIZES) {
      const userData = mkdtempSync(join(tmpdir(), 'portlight-screenshots-'));
      const shot = { userData, theme, size, file };
      await shootStart(launchApp, shot);
      await shootViews(launchApp, shot);
      await shootStream(launchApp, shoot, shot);
      await shootReplay(launchApp, shot);
      if (!(await shootLive(launchApp, shoot, shot)))
        process.stdout.write('Nothing can be captured here: no pictures of a live session.\n');
      if (!(await shootServers(launchApp, shoot, shot)))
        process.stdout.write('There is no sshd here, or no right to run it: no pictures of servers.\n');
      if (!(await shootMap(launchApp, shoot, shot))) process.stdout.write('The capture of the map is missing: no pictures of it.\n');
      if (size === SIZES[0]) await shootDemo(launchApp, shot);
      rmSync(userData, { recursive: true, force: true });
    }
  }
  display?.stop();
} catch (error) {
  exitWith(error);
}
