// The parts of reading a capture: bytes into frames, frames into columns with flows and streams, and a session behind the window's wire.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { longestBlock, median, round, times } from './measure.mjs';

const BATCH = 8192;
const WAIT_MS = 50;

export default async function stages({ file, packets, runs, parts }) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const { openCaptureFile, Capture, newStatistics } = parts;
  const opened = (result) => {
    if (!result.ok) throw new Error(result.problem.sentence);
    return result.value;
  };
  const rate = (taken) => ({ medianMs: round(median(taken)), packetsPerSecond: Math.round(packets / (median(taken) / 1000)) });

  const reading = await times(runs, async () => {
    const source = opened(await openCaptureFile(file));
    while ((await source.nextBatch(BATCH, WAIT_MS)) !== null);
    await source.close();
  });

  const load = async () => {
    const capture = opened(await Capture.openFile(file, {}));
    while ((await capture.next()) !== null);
    await capture.source.close();
    return capture;
  };
  collect();
  const before = process.memoryUsage().arrayBuffers;
  const { tables } = await load();
  collect();
  const held = process.memoryUsage().arrayBuffers - before;
  const decoding = await times(runs, load);

  const counting = await times(runs, () => newStatistics().addRows(tables.packets, 0, tables.packets.count));
  return {
    reading: rate(reading),
    readingAndDecoding: rate(decoding),
    statistics: rate(counting),
    memory: {
      indexBytesPerPacket: round(tables.indexBytes / packets, 1),
      indexParts: Object.fromEntries(
        ['packets', 'addresses', 'texts', 'events', 'hostNames', 'reassemblies'].map((name) => [
          name,
          round(tables[name].bytes / packets, 2),
        ]),
      ),
      flows: tables.flows.count,
      bytesOfFlowsPerFlow: round((held - tables.indexBytes) / tables.flows.count, 1),
      heldMegabytes: round(held / 2 ** 20, 1),
    },
    session: await session(file, parts),
  };
}

/** The window's engine over a wire within this process: how long it is until each answer, and for how long it answers nobody. */
async function session(path, { Engine, RpcClient, memoryPair }) {
  const engine = new Engine();
  const [engineEnd, windowEnd] = memoryPair();
  engine.connect(engineEnd);
  const client = new RpcClient(windowEnd);
  let last = null;
  let waiting = [];
  client.subscribe('tick', (tick) => {
    last = tick;
    waiting = waiting.filter(({ condition, resolve }) => !condition(tick) || resolve(tick));
  });
  const until = (condition) =>
    last && condition(last) ? Promise.resolve(last) : new Promise((resolve) => waiting.push({ condition, resolve }));
  const measured = {};
  const measure = async (name, task) => {
    const started = performance.now();
    const { longest } = await longestBlock(task);
    measured[name] = { ms: round(performance.now() - started, 1), longestBlockMs: round(longest, 1) };
  };
  await measure('load', async () => {
    const started = performance.now();
    await client.call('session.open', { path });
    while ((await client.call('packets.rows', { from: 0, count: 50 })).rows.length === 0);
    measured.firstRowsMs = round(performance.now() - started, 1);
    await until(({ load }) => load.state === 'done');
  });
  await measure('flowsSortedByBytes', () => client.call('flows.rows', { from: 0, count: 100, sort: 'bytes', descending: true }));
  await measure('flowsSortedByHost', () => client.call('flows.rows', { from: 0, count: 100, sort: 'host', descending: false }));
  await measure('statistics', () => client.call('statistics', { scope: 'all' }));
  await measure('timeline', () => client.call('timeline', { buckets: 1000 }));
  await measure('filterUntilShown', async () => {
    const { filterId } = await client.call('filter.set', { text: 'tcp.port == 443', range: null });
    await until(({ filter }) => filter.id === filterId && !filter.scanning);
  });
  await measure('statisticsOfShown', () => client.call('statistics', { scope: 'shown' }));
  await measure('timelineOfShown', () => client.call('timeline', { buckets: 1000 }));
  await measure('rowsFromTheMiddle', () => client.call('packets.rows', { from: 200_000, count: 150 }));
  await engine.dispose();
  return measured;
}
