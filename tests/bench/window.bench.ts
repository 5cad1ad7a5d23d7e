// The window in the real Electron: from the choice of a file to its rows, frames while the wheel turns, a filter, memory of the page.
import type { Page } from 'playwright-core';
import { type LaunchedApp, launchApp } from '../e2e/harness';
import { WindowParts } from '../e2e/window-parts';
import { makeCapture } from './make-capture.mjs';
import { round } from './measure.mjs';
import { choose, frameSummary, frames, heap, megabytes } from './page-measures';

const SIZE = { width: 1440, height: 900 };
const SMALL = 10_000;
const WHEEL_MS = 5000;
const WHEEL_STEP = 400;
const WHEEL_EVERY_MS = 16;
const QUIET_MS = 2000;

interface Options {
  readonly file: string;
  readonly packets: number;
  readonly folder: string;
}

/** In the page: milliseconds from now until the list has other rows, and until all packets are there and nothing is loading. */
const watchLoading = (page: Page, packets: number): Promise<{ firstRows: number; loaded: number; longestLag: number }> =>
  page.evaluate(
    (expected) =>
      new Promise((resolve) => {
        const start = performance.now();
        const firstRow = () => document.querySelector('[role="grid"] [role="row"][aria-rowindex="2"]:not([hidden])')?.textContent ?? '';
        const before = firstRow();
        let firstRows = 0;
        let longestLag = 0;
        const look = () => {
          const grid = document.querySelector('[role="grid"][aria-label="Packets"]');
          const present = firstRow();
          if (firstRows === 0 && present !== '' && present !== before) firstRows = performance.now() - start;
          const lag = /(\d+) ms/.exec(document.querySelector('[data-testid="status"]')?.textContent ?? '');
          longestLag = Math.max(longestLag, Number(lag?.[1] ?? 0));
          const rows = Number(grid?.getAttribute('aria-rowcount') ?? 0);
          if (firstRows > 0 && rows === expected + 1 && !document.querySelector('[role="progressbar"]'))
            resolve({ firstRows, loaded: performance.now() - start, longestLag });
          else requestAnimationFrame(look);
        };
        look();
      }),
    packets,
  );

async function load({ app, page }: LaunchedApp, path: string, packets: number) {
  await choose(app, path);
  const watching = watchLoading(page, packets);
  await page.keyboard.press('Control+o');
  const { firstRows, loaded, longestLag } = await watching;
  return { firstRowsMs: round(firstRows, 0), loadedMs: round(loaded, 0), longestEngineLagMs: longestLag };
}

/** In the page: rows that pass the top of the list for so long, and the frames that show a row without its text. */
const rowsSeen = (page: Page, milliseconds: number): Promise<{ rowsPassed: number; framesWithUnreadRows: number }> =>
  page.evaluate(
    (duration) =>
      new Promise((resolve) => {
        const start = performance.now();
        let top = 0;
        let rowsPassed = 0;
        let framesWithUnreadRows = 0;
        const look = (now: number) => {
          const rows = [...document.querySelectorAll('[role="grid"] [role="row"][aria-rowindex]:not([hidden])')].slice(1);
          const first = Math.min(...rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
          if (top > 0) rowsPassed += Math.abs(first - top);
          top = first;
          if (rows.some((row) => row.textContent === '')) framesWithUnreadRows++;
          if (now - start < duration) requestAnimationFrame(look);
          else resolve({ rowsPassed, framesWithUnreadRows });
        };
        requestAnimationFrame(look);
      }),
    milliseconds,
  );

/** The wheel as the browser delivers it, sent by the page itself so that the tool's own pace is not what is measured. */
async function wheel(page: Page) {
  const running = frames(page, WHEEL_MS);
  const turning = page.evaluate(
    ({ duration, every, step }) =>
      new Promise<void>((resolve) => {
        const scroller = document.querySelector('[role="grid"][aria-label="Packets"] > [role="rowgroup"]:last-of-type');
        const start = performance.now();
        const timer = setInterval(() => {
          // Ten seconds of wheel would not reach the end: every second second goes back.
          const down = Math.floor((performance.now() - start) / 1000) % 2 === 0 ? 1 : -1;
          const event = new WheelEvent('wheel', { deltaY: step * down, bubbles: true, cancelable: true });
          if (scroller?.dispatchEvent(event)) scroller.scrollTop += step * down;
          if (performance.now() - start < duration) return;
          clearInterval(timer);
          resolve();
        }, every);
      }),
    { duration: WHEEL_MS, every: WHEEL_EVERY_MS, step: WHEEL_STEP },
  );
  const [deltas, seen] = await Promise.all([running, rowsSeen(page, WHEEL_MS), turning]);
  return { ...frameSummary(deltas), ...seen };
}

async function filter(page: Page, packets: number, text: string): Promise<number> {
  const parts = new WindowParts(page);
  await parts.filter.fill(text);
  const shown = page.evaluate(
    (all) =>
      new Promise<number>((resolve) => {
        let start = 0;
        const firstRow = () => document.querySelector('[role="grid"] [role="row"][aria-rowindex="2"]:not([hidden])')?.textContent ?? '';
        const before = firstRow();
        document.addEventListener(
          'keydown',
          () => {
            start = performance.now();
          },
          { capture: true, once: true },
        );
        const look = () => {
          const grid = document.querySelector('[role="grid"][aria-label="Packets"]');
          const rows = Number(grid?.getAttribute('aria-rowcount') ?? 0);
          const present = firstRow();
          if (start > 0 && rows > 1 && rows !== all + 1 && present !== '' && present !== before) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      }),
    packets,
  );
  await parts.filter.press('Enter');
  return shown;
}

export default async function measureWindow({ file, packets, folder }: Options) {
  const small = `${folder}/mixed-${SMALL}.pcap`;
  makeCapture(SMALL, small, 8);
  const launched = await launchApp({ size: SIZE });
  try {
    const { app, page } = launched;
    await page.getByTestId('start-page').waitFor();
    const session = await app.context().newCDPSession(page);
    const smallLoad = await load(launched, small, SMALL);
    const quiet = frameSummary(await frames(page, QUIET_MS));
    const smallHeap = await heap(session);
    const largeLoad = await load(launched, file, packets);
    const heapAfterLoading = await heap(session);
    await new WindowParts(page).list.hover();
    const scrolling = await wheel(page);
    const largeHeap = await heap(session);
    const filters: Record<string, number> = {};
    // None of them takes the first packet: its row has to change.
    for (const text of ['tcp.port == 22', 'dns', 'ip.src == 10.0.0.5 && tcp.flags.syn == 1']) {
      filters[text] = round(await filter(page, packets, text), 0);
      await page.keyboard.press('Escape');
      await new WindowParts(page).applyFilter('');
      await new WindowParts(page).shows(packets);
    }
    return {
      electron: await app.evaluate(() => process.versions.electron),
      load: { [SMALL]: smallLoad, [packets]: largeLoad },
      framesAtRest: quiet,
      framesWhileTheWheelTurns: scrolling,
      filterFirstPageMs: filters,
      pageHeapMegabytes: {
        [SMALL]: megabytes(smallHeap),
        [packets]: megabytes(heapAfterLoading),
        afterScrolling: megabytes(largeHeap),
      },
    };
  } finally {
    await launched.close();
  }
}
