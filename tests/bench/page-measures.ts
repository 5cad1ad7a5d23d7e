// What benchmarks measure in the window's page.
import type { CDPSession, ElectronApplication, Page } from 'playwright-core';
import { median, quantile, round } from './measure.mjs';

const MEGABYTE = 2 ** 20;

/** The next dialog that asks for a file gives this one. */
export const choose = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);

/** In the page: times between frames for so long, in milliseconds. */
export const frames = (page: Page, milliseconds: number): Promise<number[]> =>
  page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const deltas: number[] = [];
        const start = performance.now();
        let last = start;
        const next = (now: number) => {
          deltas.push(now - last);
          last = now;
          if (now - start < duration) requestAnimationFrame(next);
          else resolve(deltas.slice(1));
        };
        requestAnimationFrame(next);
      }),
    milliseconds,
  );

export function frameSummary(deltas: readonly number[]) {
  const medianMs = median(deltas);
  return {
    frames: deltas.length,
    medianMs: round(medianMs, 1),
    p95Ms: round(quantile(deltas, 0.95), 1),
    longestMs: round(Math.max(...deltas), 1),
    medianFramesPerSecond: round(1000 / medianMs, 1),
    framesPerSecond: round((1000 * deltas.length) / deltas.reduce((sum, delta) => sum + delta, 0), 1),
  };
}

/** Bytes of the page's heap after a collection. */
export async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

/** Megabytes resident of each kind of process; of several of a kind the greatest. */
export async function resident(app: ElectronApplication): Promise<Record<string, number>> {
  const metrics = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, name, memory }) => ({ type: name ?? type, kilobytes: memory.workingSetSize })),
  );
  const sums: Record<string, number> = {};
  for (const { type, kilobytes } of metrics) sums[type] = Math.max(sums[type] ?? 0, round((kilobytes * 1024) / MEGABYTE, 0));
  return sums;
}

export const megabytes = (bytes: number): number => round(bytes / MEGABYTE, 1);

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Runs `task` and gives the processor time of the page's longest task meanwhile, in milliseconds: how busy the machine is otherwise is not in it. */
export async function longestTask<T>(session: CDPSession, task: () => Promise<T>): Promise<{ readonly result: T; readonly cpuMs: number }> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) events.push(event);
  });
  const traceConfig = { recordMode: 'recordAsMuchAsPossible' as const, includedCategories: ['toplevel'] };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  const result = await task();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  const main = new Set(events.filter(({ args }) => args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const times = events.filter(({ ph, name, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && main.has(`${pid} ${tid}`));
  return { result, cpuMs: round(times.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000, 0) };
}
