import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Of 100: text stays sharp, and hundreds of pictures stay a few megabytes. */
const QUALITY = 60;

/** Waits until nothing loads any more and what came was painted. */
export async function settle(page) {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [role="progressbar"]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(500);
}

/** Writes what the page shows to `file`: as PNG where it is named so, else as WebP. */
export async function takePicture(page, file) {
  mkdirSync(dirname(file), { recursive: true });
  if (file.endsWith('.png')) {
    await page.screenshot({ path: file });
    return;
  }
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  writeFileSync(file, Buffer.from(data, 'base64'));
}

/** The Packets view of what is being opened, whatever view was looked at last. */
export async function showPackets(page) {
  const grid = page.getByRole('grid', { name: 'Packets' });
  while (!(await grid.isVisible())) {
    await page.keyboard.press('2');
    await page.waitForTimeout(200);
  }
}
