import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './paths.mjs';
import { showPackets } from './picture.mjs';

/** Peers all over the world, seen from a private address. */
const PEERS = join('attacks', 'miner-ethereum-peers.pcap');
/** Where the captures' private hosts are said to be. */
const HOME = { latitude: 50.11, longitude: 8.68 };

/** The map of a file, with home asked for and known, and with a country under the pointer. False where the capture is missing. */
export async function shootMap(launchApp, shoot, { userData, theme, size }) {
  const file = join(process.env.PORTLIGHT_CAPTURES ?? at('..', 'shared', 'pcaps'), PEERS);
  if (!existsSync(file)) return false;
  const { page, close } = await launchApp({ userData, size, files: [file] });
  await showPackets(page);
  await page.evaluate(() => localStorage.removeItem('portlight-map-home'));
  await page.reload();
  await showPackets(page);
  await page.keyboard.press('7');
  const world = page.getByRole('application', { name: /^World map/ });
  await world.waitFor();
  await shoot(page, 'map-home', theme, size);
  await page.evaluate((home) => localStorage.setItem('portlight-map-home', JSON.stringify(home)), HOME);
  await page.reload();
  await world.waitFor();
  await page.waitForTimeout(500);
  // Brazil.
  const box = await world.boundingBox();
  await page.mouse.move(box.x + 0.35 * box.width, box.y + 0.67 * box.height);
  await shoot(page, 'map-file', theme, size);
  await page.mouse.move(0, 0);
  await page.getByRole('button', { name: 'Heat', exact: true }).click();
  await shoot(page, 'map-heat', theme, size);
  const slider = page.getByRole('slider', { name: /^Time window/ });
  await slider.press('End');
  await slider.press('PageDown');
  await shoot(page, 'map-window', theme, size);
  await page.getByRole('button', { name: 'Countries', exact: true }).click();
  // Where the next pictures begin.
  await page.keyboard.press('2');
  await showPackets(page);
  await close();
  return true;
}

/** The map of a demo that goes on, by bytes and by alerts. */
export async function shootMovingMap(page, shoot, theme, size) {
  await page.keyboard.press('7');
  await page.getByRole('application', { name: /^World map/ }).waitFor();
  await page.waitForTimeout(3000);
  await shoot(page, 'map', theme, size);
  await page.getByRole('group', { name: 'Countries by' }).getByRole('button', { name: 'Alerts' }).click();
  await shoot(page, 'map-alerts', theme, size);
  await page.getByRole('group', { name: 'Countries by' }).getByRole('button', { name: 'Bytes' }).click();
}
