// What it costs the engine to keep a whole capture in the history, read as the window reads it (rules, statistics): its thread's busy time with it and without, by turns; how long the store
// takes; how large the database becomes.
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { median, round } from './measure.mjs';

const NO_COUNTRY = () => null;

export default async function history({ file, packets, runs, folder, parts }) {
  const { Capture, RecordedCapture, newStatistics, openStore } = parts;
  const path = join(folder, `history-${process.pid}.sqlite`);

  /** Milliseconds: until the capture was read, of the processor for the engine's thread until everything was kept, until then by the clock. */
  async function load(keep) {
    await rm(path, { force: true });
    const store = keep ? await openStore(path) : null;
    if (store && !store.ok) throw new Error(store.problem.sentence);
    const opened = await Capture.openFile(file, { watch: {} });
    if (!opened.ok) throw new Error(opened.problem.sentence);
    const capture = opened.value;
    const facts = { path: file, packets: 0, bytes: 0, firstEpoch: '', lastEpoch: '', flows: 0 };
    const recording = store ? await store.value.captureOpened(null, facts, Date.now()) : null;
    const recorded = recording ? new RecordedCapture(capture, file, store.value, recording.value, NO_COUNTRY) : null;
    const before = process.threadCpuUsage();
    const start = performance.now();
    const statistics = newStatistics();
    const table = capture.tables.packets;
    for (let batch = await capture.next(1024); batch; batch = await capture.next(1024))
      statistics.addRows(table, table.count - batch.count, table.count);
    const read = performance.now() - start;
    const ended = await recorded?.end(true);
    const kept = performance.now() - start;
    const used = process.threadCpuUsage(before);
    const busy = (used.user + used.system) / 1000;
    await capture.source.close();
    const info = await store?.value.info();
    await store?.value.close();
    if (ended && !ended.ok) throw new Error(ended.problem.sentence);
    return { read, busy, kept, flows: info?.value.flows ?? 0, bytes: store ? (await stat(path)).size : 0 };
  }

  await load(false);
  await load(true);
  const off = [];
  const on = [];
  for (let i = 0; i < runs; i++) {
    off.push(await load(false));
    on.push(await load(true));
  }
  await rm(path, { force: true });
  const of = (all, name) => round(median(all.map((one) => one[name])), 0);
  return {
    packets,
    flows: on[0].flows,
    readMs: { off: of(off, 'read'), on: of(on, 'read') },
    engineBusyMs: { off: of(off, 'busy'), on: of(on, 'busy') },
    engineBusyShare: round(of(on, 'busy') / of(off, 'busy') - 1, 3),
    keptMs: of(on, 'kept'),
    databaseBytes: of(on, 'bytes'),
  };
}
