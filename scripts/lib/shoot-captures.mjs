import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { showPackets } from './picture.mjs';

/** Of everyday traffic and of three attacks. */
export const SHOWN_CAPTURES = [
  join('sized', 'merged-real-apps.pcapng'),
  join('attacks', 'portscan-nmap-syn-1000.pcapng'),
  join('attacks', 'bruteforce-ftp.pcap'),
  join('attacks', 'miner-ethereum-peers.pcap'),
];

/** The views by their keys. */
export const VIEW_KEYS = {
  overview: '1',
  packets: '2',
  flows: '3',
  alerts: '4',
  hosts: '5',
  history: '6',
  map: '7',
  topology: '8',
  statistics: '9',
  exposure: '0',
};

/** Where a list has its second row, below its head. */
const FIRST_ROWS = { packets: 200, flows: 60, alerts: 45, hosts: 35 };

/** A view of what is open, with a row selected where it is a list. */
export async function showView(page, name) {
  await page.keyboard.press(VIEW_KEYS[name]);
  await page.waitForTimeout(300);
  const grid = page.getByRole('grid');
  if (name in FIRST_ROWS && (await grid.count()) > 0) await grid.first().click({ position: { x: 200, y: FIRST_ROWS[name] } });
  // Where nothing tells of itself under the pointer.
  await page.mouse.move(1, 1);
}

/** Every view of each capture that is there; gives those that are missing. */
export async function shootCaptures(launchApp, shoot, { userData, theme, size, folder }) {
  const missing = [];
  for (const name of SHOWN_CAPTURES) {
    const file = join(folder, name);
    if (!existsSync(file)) {
      missing.push(name);
      continue;
    }
    const { page, close } = await launchApp({ userData, size, files: [file] });
    await showPackets(page);
    for (const view of Object.keys(VIEW_KEYS)) {
      await showView(page, view);
      await shoot(page, join(basename(name).replace(/\..*$/, ''), view), theme, size);
    }
    await close();
  }
  return missing;
}
