// The views in the real Electron: from the key that shows one, the Enter of a filter or the end of a drag over the time strip to the frame
// that shows the answer.
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { ElectronApplication } from 'playwright-core';
import { launchApp } from '../e2e/harness';
import { WindowParts } from '../e2e/window-parts';
import { median, quantile, round } from './measure.mjs';
import { installProbe, type Seen } from './view-probe';

const SIZE = { width: 1440, height: 900 };
const MEGABYTE = 2 ** 20;
const LOADING_MS = 300_000;
/** What is made ready after loading is ready by then. */
const IDLE_MS = 6000;
/** Of the first time, when it is not known yet what the view will say. */
const QUIET_MS = 1800;
/** A filter that the trees decide takes seconds. */
const LATEST_MS = 60_000;
const TREE_FILTER = 'dns.id < 20000';

/** In the order of their keys; what is there as soon as the view shows data. */
const VIEWS: readonly (readonly [key: string, name: string, data: string])[] = [
  ['1', 'overview', '[data-testid="overview"] [role="row"], [data-testid="overview"] svg'],
  ['2', 'packets', '[role="grid"] [role="row"]:not([hidden]) [role="gridcell"]'],
  ['3', 'flows', '[role="grid"] [role="row"]:not([hidden]) [role="gridcell"]'],
  ['4', 'alerts', '[role="grid"] [role="row"]:not([hidden]) [role="gridcell"]'],
  ['5', 'hosts', '[role="grid"] [role="row"]:not([hidden]) [role="gridcell"]'],
  ['6', 'history', '[data-testid="history-view"] table td'],
  ['7', 'map', '[data-testid="map"] canvas'],
  ['8', 'topology', '[data-testid="topology"] canvas'],
  ['9', 'statistics', '[role="grid"] [role="row"]:not([hidden]) [role="gridcell"]'],
  ['0', 'exposure', '[role="grid"] [role="row"]:not([hidden]) [role="gridcell"]'],
];
const STREAM = '[data-testid="stream"]:not([aria-busy="true"])';
/** Those that do not show what the filter shows. */
const UNFILTERED: readonly string[] = ['history'];

interface Options {
  readonly file: string;
  readonly packets: number;
  readonly runs: number;
}

interface Sample extends Seen {
  /** Of the processor, in all threads of the engine's and the page's process meanwhile. */
  readonly engineCpu: number;
  readonly pageCpu: number;
}

/** Milliseconds of processor time that a process has used; 0 where the system does not say. */
function cpuOf(pid: number): number {
  try {
    const folder = `/proc/${pid}/task`;
    const nanoseconds = readdirSync(folder).map((task) => Number(readFileSync(`${folder}/${task}/schedstat`, 'utf8').split(' ')[0]));
    return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
  } catch {
    return 0;
  }
}

const pidOf = (app: ElectronApplication, type: string): Promise<number> =>
  app.evaluate(
    ({ app: main }, wanted) =>
      main.getAppMetrics().find((each) => each.type === wanted && (wanted === 'Tab' || each.name?.includes('ngine')))?.pid ?? 0,
    type,
  );

function summary(samples: readonly Sample[]) {
  const of = (pick: (sample: Sample) => number) => {
    const values = samples.map(pick);
    return { median: round(median(values), 0), p95: round(quantile(values, 0.95), 0), max: round(Math.max(...values), 0) };
  };
  return {
    first: of(({ first }) => first),
    final: of(({ final }) => final),
    engineCpuMs: round(median(samples.map(({ engineCpu }) => engineCpu)), 0),
    pageCpuMs: round(median(samples.map(({ pageCpu }) => pageCpu)), 0),
  };
}

const worst = (table: Record<string, Record<string, ReturnType<typeof summary>>>, pick: 'first' | 'final') =>
  Math.max(...Object.values(table).flatMap((row) => Object.values(row).map((cell) => cell[pick].p95)));

export default async function measureViews({ file, packets, runs }: Options) {
  const { app, page, close } = await launchApp({ files: [file], size: SIZE });
  try {
    page.setDefaultTimeout(LOADING_MS);
    await new WindowParts(page).shows(packets);
    await page.waitForFunction(() => !document.querySelector('[role="progressbar"]'));
    await page.evaluate(installProbe);
    const engine = await pidOf(app, 'Utility');
    const tab = await pidOf(app, 'Tab');
    /** What a view said in the end, by what was done: the later times are over as soon as it says so. */
    const known = new Map<string, string>();

    const measure = async (name: string, data: string, event: 'keydown' | 'pointerup', act: () => Promise<void>): Promise<Sample> => {
      await page.evaluate((options) => window.viewProbe.watch(options), {
        data,
        event,
        end: known.get(name) ?? null,
        quiet: QUIET_MS,
        latest: LATEST_MS,
      });
      const before = [cpuOf(engine), cpuOf(tab)];
      await act();
      const seen = await page.evaluate(() => window.viewProbe.seen());
      known.set(name, seen.end);
      return { ...seen, engineCpu: cpuOf(engine) - (before[0] ?? 0), pageCpu: cpuOf(tab) - (before[1] ?? 0) };
    };
    const settle = (): Promise<void> => page.evaluate((quiet) => window.viewProbe.settle(quiet), QUIET_MS / 3);
    const show = async (key: string): Promise<void> => {
      await page.locator('body').press('Escape');
      await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
      await page.keyboard.press(key);
    };

    // The first visits, right after loading: nothing is waited for.
    const firstVisits: Record<string, unknown> = {};
    const from = async (key: string): Promise<void> => {
      await show(key === '2' ? '3' : '2');
      await settle();
    };
    for (const [key, name, data] of VIEWS) {
      await from(key);
      const sample = await measure(`show ${name}`, data, 'keydown', () => page.keyboard.press(key));
      firstVisits[name] = { ...summary([sample]) };
    }
    await page.waitForTimeout(IDLE_MS);
    const laterVisits: Record<string, ReturnType<typeof summary>> = {};
    const samples = new Map<string, Sample[]>(VIEWS.map(([, name]) => [name, []]));
    for (let run = 0; run < runs; run++) {
      for (const [key, name, data] of VIEWS) {
        await from(key);
        samples.get(name)?.push(await measure(`show ${name}`, data, 'keydown', () => page.keyboard.press(key)));
      }
    }
    for (const [name, all] of samples) laterVisits[name] = summary(all);

    const parts = new WindowParts(page);
    const streams: Sample[] = [];
    for (let run = 0; run <= runs; run++) {
      await show('2');
      await parts.cell(1, 1).click();
      await settle();
      streams.push(await measure('stream', STREAM, 'keydown', () => page.keyboard.press('Control+Alt+Shift+T')));
      await page.keyboard.press('Escape');
      await page.getByTestId('stream').waitFor({ state: 'detached' });
    }
    firstVisits.stream = summary(streams.slice(0, 1));
    laterVisits.stream = summary(streams.slice(1));
    const filters = [
      'tcp.port == 443',
      'ip.addr == 10.0.0.5',
      'dns',
      'tcp.flags.syn == 1 and tcp.flags.ack == 0',
      'ip.src == 10.0.0.0/8',
      'not tcp.port == 443',
      TREE_FILTER,
      '',
    ];
    const filterChanges: Record<string, Record<string, ReturnType<typeof summary>>> = {};
    const rangeChanges: Record<string, ReturnType<typeof summary>> = {};
    for (const [key, name, data] of VIEWS) {
      if (UNFILTERED.includes(name)) continue;
      await show(key);
      await settle();
      const byFilter = new Map<string, Sample[]>(filters.map((text) => [text, []]));
      for (let run = 0; run < runs; run++) {
        for (const text of filters) {
          await parts.filter.fill(text);
          await settle();
          byFilter.get(text)?.push(await measure(`filter ${name} ${text}`, data, 'keydown', () => parts.filter.press('Enter')));
        }
      }
      filterChanges[name] = Object.fromEntries([...byFilter].map(([text, all]) => [text || '(none)', summary(all)]));
      const strip = await page.getByTestId('time-brush').boundingBox();
      const drags: Sample[] = [];
      for (let run = 0; strip && run < 2 * runs; run++) {
        // Over and over the same two ranges.
        const [begin, end] = run % 2 === 0 ? [0.3, 0.6] : [0.65, 0.75];
        const y = strip.y + strip.height / 2;
        await page.mouse.dblclick(strip.x + strip.width * 0.9, y);
        await settle();
        await page.mouse.move(strip.x + strip.width * (begin ?? 0), y);
        await page.mouse.down();
        await page.mouse.move(strip.x + strip.width * (end ?? 1), y, { steps: 4 });
        drags.push(await measure(`range ${name} ${begin}`, data, 'pointerup', () => page.mouse.up()));
      }
      rangeChanges[name] = summary(drags);
      if (strip) await page.mouse.dblclick(strip.x + strip.width * 0.9, strip.y + strip.height / 2);
      await settle();
    }
    await show('2');
    await settle();
    const memory = await app.evaluate(({ app: main }) =>
      main
        .getAppMetrics()
        .map(({ type, name, memory: { workingSetSize } }) => ({ process: name ?? type, megabytes: workingSetSize / 1024 })),
    );
    const columns = (table: Record<string, Record<string, ReturnType<typeof summary>>>) => ({
      worstP95: { first: worst(table, 'first'), final: worst(table, 'final') },
    });
    return {
      electron: await app.evaluate(() => process.versions.electron),
      load: loadavg().map((value) => round(value)),
      firstVisits,
      laterVisits,
      filterChanges,
      rangeChanges,
      worst: {
        laterVisits: columns({ laterVisits }).worstP95,
        filterChanges: columns(filterChanges).worstP95,
        rangeChanges: columns({ rangeChanges }).worstP95,
      },
      memory: memory.map((each) => ({ ...each, megabytes: round((each.megabytes * 1024 * 1024) / MEGABYTE, 0) })),
    };
  } finally {
    await close();
  }
}
