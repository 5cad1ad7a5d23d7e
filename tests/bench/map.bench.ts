// The map in the real Electron while a replay brings 5,000 new flows a second: frames, memory, and how many of the events are drawn.
import { loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import { launchApp } from '../e2e/harness';
import { WindowParts } from '../e2e/window-parts';
import { makeFlowFlood } from './make-flows.mjs';
import { round } from './measure.mjs';
import { choose, frameSummary, frames, heap, megabytes, resident } from './page-measures';

const SIZE = { width: 1440, height: 900 };
const PER_SECOND = 5000;
const SECONDS = 60;
const MEMORY_AT = [20, 40, 60];
const REST_MS = 3000;
/** How often the note below the map is read that counts the last ten seconds. */
const NOTE_SECONDS = 10;
const HOME = { latitude: 50.11, longitude: 8.68 };

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** 'N of M new flows …' as numbers. */
async function note(page: Page): Promise<{ drawn: number; events: number }> {
  const text = (await page.getByTestId('arc-note').textContent()) ?? '';
  const [drawn = 0, events = 0] = [...text.matchAll(/[\d,]+/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
  return { drawn, events };
}

/** The least of three: a count of the world that is just being taken over is there twice, some 15 MB for 20,000 places. */
async function leastHeap(session: CDPSession): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < 3; sample++) {
    least = Math.min(least, await heap(session));
    await sleep(700);
  }
  return least;
}

export default async function measureMap({ folder }: { readonly folder: string }) {
  const file = `${folder}/flows-${PER_SECOND}.pcap`;
  makeFlowFlood({ perSecond: PER_SECOND, seconds: SECONDS + 10 }, file);
  const launched = await launchApp({ size: SIZE });
  const { app, page } = launched;
  try {
    await page.getByTestId('start-page').waitFor();
    await page.evaluate((home) => localStorage.setItem('portlight-map-home', JSON.stringify(home)), HOME);
    await page.reload();
    await page.getByTestId('start-page').waitFor();
    const session = await app.context().newCDPSession(page);
    await choose(app, file);
    await page.keyboard.press('Control+o');
    await new WindowParts(page).shows(PER_SECOND * (SECONDS + 10));
    await page.keyboard.press('7');
    await page.getByTestId('arc-note').waitFor();
    await sleep(REST_MS);
    const atRest = frameSummary(await frames(page, REST_MS));

    await page.keyboard.press('Control+k');
    await page.keyboard.type('Replay this capture');
    await page.keyboard.press('Enter');
    await page.getByTestId('arc-note').filter({ hasText: 'of the last 10 s' }).waitFor();
    const started = performance.now();
    const running = frames(page, SECONDS * 1000);
    const memory: Record<string, object> = {};
    let [drawn, events] = [0, 0];
    for (let second = NOTE_SECONDS; second <= SECONDS; second += NOTE_SECONDS) {
      await sleep(started + second * 1000 - performance.now());
      const told = await note(page);
      drawn += told.drawn;
      events += told.events;
      if (MEMORY_AT.includes(second))
        memory[`${second} s`] = { pageHeapMegabytes: megabytes(await leastHeap(session)), resident: await resident(app) };
    }
    const moving = frameSummary(await running);
    return {
      electron: await app.evaluate(() => process.versions.electron),
      load: loadavg().map((value) => round(value)),
      framesAtRest: atRest,
      framesWhileFlowsCome: moving,
      events: { perSecond: round(events / SECONDS, 0), drawn, come: events, share: round(drawn / Math.max(1, events)) },
      memory,
    };
  } finally {
    await launched.close();
  }
}
