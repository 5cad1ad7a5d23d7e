// Takes the pictures of docs/screenshots: `npm run screenshots`. The captures lie in PORTLIGHT_CAPTURES, or ../shared/pcaps. `-- --file FILE`
// shows another capture where one is enough, `--only PART[,PART]` takes some of them, `--to FOLDER` puts them elsewhere, as PNG.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { startVirtualDisplay } from './lib/display.mjs';
import { at } from './lib/paths.mjs';
import { settle, showPackets, takePicture } from './lib/picture.mjs';
import { exitWith, SetupError } from './lib/process.mjs';
import { shootCaptures, showView, VIEW_KEYS } from './lib/shoot-captures.mjs';
import { shootExport } from './lib/shoot-export.mjs';
import { shootLive } from './lib/shoot-live.mjs';
import { shootMap, shootMovingMap } from './lib/shoot-map.mjs';
import { shootServers } from './lib/shoot-servers.mjs';
import { shootStatistics } from './lib/shoot-statistics.mjs';
import { shootStream } from './lib/shoot-stream.mjs';
import { shootTopology } from './lib/shoot-topology.mjs';
import { ensureBuilt } from './lib/stamp.mjs';

const DEFAULT_CAPTURE = join('sized', 'lab-office-with-attacks.pcap');
const THEMES = ['dark', 'light'];
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];

const { values: given } = parseArgs({ options: { file: { type: 'string' }, only: { type: 'string' }, to: { type: 'string' } } });
const folder = process.env.PORTLIGHT_CAPTURES ?? at('..', 'shared', 'pcaps');
const fromWhereItWasTyped = (path) => resolve(process.env.INIT_CWD ?? process.cwd(), path);

function captureFile() {
  const file = given.file ? fromWhereItWasTyped(given.file) : join(folder, DEFAULT_CAPTURE);
  if (!existsSync(file)) throw new SetupError(`${file} is not there.`, 'Name a capture: npm run screenshots -- --file FILE');
  return file;
}

async function shoot(page, name, theme, { width, height }) {
  await settle(page);
  const file = `${name}-${theme}-${width}x${height}`;
  await takePicture(page, given.to ? join(fromWhereItWasTyped(given.to), `${file}.png`) : at('docs', 'screenshots', `${file}.webp`));
}

/** The theme stays in `userData`. `then` is done with the page before it is closed. */
async function setTheme(launchApp, { userData, theme, size }, then = () => undefined) {
  const { page, close } = await launchApp({ userData, size });
  await page.evaluate((name) => localStorage.setItem('portlight-theme', name), theme);
  await page.reload();
  await then(page);
  await close();
}

/** The first start: no file, no recent ones. */
const shootStart = (launchApp, shot) => setTheme(launchApp, shot, (page) => shoot(page, 'start', shot.theme, shot.size));

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

/** The demo, when it has shown half of its scenes. */
async function shootDemo(launchApp, { userData, theme, size }) {
  const { page, close } = await launchApp({ userData, size });
  await page.getByTestId('start-page').getByRole('button', { name: /^Demo/ }).click();
  await page.getByTestId('demo-banner').waitFor();
  await showPackets(page);
  await page.keyboard.press('4');
  await page.getByRole('row').filter({ hasText: 'Cryptocurrency miner' }).first().waitFor({ timeout: 180_000 });
  for (const name of Object.keys(VIEW_KEYS)) {
    if (name === 'map') continue;
    await showView(page, name);
    await shoot(page, `demo-${name}`, theme, size);
  }
  await shootMovingMap(page, shoot, theme, size);
  await close();
}

/** A replay that is paused in the middle. */
async function shootReplay(launchApp, { userData, theme, size, file }) {
  const { page, close } = await launchApp({ userData, size, files: [file] });
  await showPackets(page);
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

const PARTS = {
  start: shootStart,
  views: shootViews,
  stream: (launchApp, shot) => shootStream(launchApp, shoot, shot),
  export: (launchApp, shot) => shootExport(launchApp, shoot, shot),
  replay: shootReplay,
  live: async (launchApp, shot) =>
    (await shootLive(launchApp, shoot, shot)) || 'Nothing can be captured here: no pictures of a live session.',
  servers: async (launchApp, shot) =>
    (await shootServers(launchApp, shoot, shot)) || 'There is no sshd here, or no right to run it: no pictures of servers.',
  map: async (launchApp, shot) => (await shootMap(launchApp, shoot, shot)) || 'The capture of the map is missing: no pictures of it.',
  topology: (launchApp, shot) => shootTopology(launchApp, shoot, shot),
  captures: async (launchApp, shot) => {
    const missing = await shootCaptures(launchApp, shoot, shot);
    return missing.length === 0 || `Captures are missing, so there are no pictures of them: ${missing.join(', ')}.`;
  },
  demo: shootDemo,
};

try {
  await ensureDependencies();
  const file = captureFile();
  await ensureBuilt('app');
  const display = process.platform === 'linux' ? await startVirtualDisplay() : null;
  if (display) process.env.DISPLAY = display.display;
  const { launchApp } = await import('../tests/e2e/harness.ts');
  const parts = given.only?.split(',') ?? Object.keys(PARTS);
  for (const theme of THEMES) {
    for (const size of SIZES) {
      const userData = mkdtempSync(join(tmpdir(), 'portlight-screenshots-'));
      // Leaves the theme there.
      if (!parts.includes('start')) await setTheme(launchApp, { userData, theme, size });
      for (const part of parts) {
        const outcome = await PARTS[part](launchApp, { userData, theme, size, file, folder });
        if (typeof outcome === 'string') process.stdout.write(`${outcome}\n`);
      }
      rmSync(userData, { recursive: true, force: true });
    }
  }
  display?.stop();
} catch (error) {
  exitWith(error);
}
