import { appendFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineCalls, TimeRange } from '../../src/shared/contract/engine';
import { EngineBench, repeated } from '../builders/engine';
import { MIXED_TALK } from '../builders/mixed-talk';

/** Of a pcap file. */
const HEADER_BYTES = 24;
const SECOND = 1_000_000_000;

/** One question of each view. */
const QUESTIONS: { readonly [K in keyof EngineCalls]?: EngineCalls[K]['args'] } = {
  'packets.rows': { from: 0, count: 100 },
  'flows.rows': { from: 0, count: 100, sort: 'bytes', descending: true },
  'hosts.rows': { from: 0, count: 100, query: { text: '', scope: 'shown' }, sort: 'bytes', descending: true },
  'map.places': { scope: 'shown' },
  'topology.graph': { scope: 'shown', grouping: 'none', open: [], limit: 300 },
  'statistics.packets': {},
  'statistics.conversations': { kind: 'ipv4', from: 0, count: 100, sort: 'bytes', descending: true },
  'statistics.endpoints': { kind: 'tcp', from: 0, count: 100, sort: 'bytes', descending: true },
  'exposure.rows': { host: '10.0.0.4', scope: 'all', from: 0, count: 100, sort: 'port', descending: false },
  statistics: { scope: 'shown' },
  timeline: { buckets: 8 },
};

type Shown = readonly [text: string, range: TimeRange | null];

/** Back and forth: none of them may be answered with what was kept of another. */
const CHANGES: readonly Shown[] = [
  ['', null],
  ['tcp', null],
  ['dns', null],
  ['', null],
  ['tcp', { from: SECOND, to: 2 * SECOND }],
  ['', { from: SECOND, to: 2 * SECOND }],
  ['', { from: 0, to: SECOND }],
  ['tcp', null],
  ['ip.addr == 10.0.0.9', null],
  ['', null],
];

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

/** What every view says, without the numbers that only tell one question from another. */
async function answers({ client }: EngineBench): Promise<Record<string, unknown>> {
  const all = await Promise.all(
    Object.entries(QUESTIONS).map(async ([name, args]) => {
      const answer: object | null = await client.call(name as 'statistics', args as EngineCalls['statistics']['args']);
      return [name, answer && { ...answer, filterId: 0 }] as const;
    }),
  );
  return Object.fromEntries(all);
}

/** The same of an engine that has nothing kept. */
async function fresh(bytes: Uint8Array, [text, range]: Shown): Promise<Record<string, unknown>> {
  const other = await EngineBench.start();
  try {
    await other.openBytes(bytes);
    await other.client.call('filter.set', { text, range });
    return await answers(other);
  } finally {
    await other.close();
  }
}

describe('what was counted and kept', () => {
  it('is never that of another filter or time range', async () => {
    await bench.openBytes(MIXED_TALK.pcap());
    for (const [text, range] of CHANGES) {
      await bench.client.call('filter.set', { text, range });
      expect(await answers(bench), `${text} ${range?.from}`).toEqual(await fresh(MIXED_TALK.pcap(), [text, range]));
    }
  });

  it('is asked for while another filter is set, and is that of the new one then', async () => {
    await bench.openBytes(MIXED_TALK.pcap());
    for (const [text, range] of CHANGES) {
      const early = answers(bench).catch(() => null);
      await bench.client.call('filter.set', { text, range });
      await early;
    }
    expect(await answers(bench)).toEqual(await fresh(MIXED_TALK.pcap(), ['', null]));
  });

  it('is of all that the filter finds, though it is asked for in the moment in which the filter is set', async () => {
    const times = 20_000;
    await bench.openBytes(repeated(MIXED_TALK.pcap(), times));
    const set = bench.client.call('filter.set', { text: 'tcp', range: null });
    const [{ packets }, { total }] = await Promise.all([
      bench.client.call('statistics', { scope: 'shown' }),
      bench.client.call('flows.rows', { from: 0, count: 1, sort: 'first', descending: false }),
      set,
    ]);
    const tcp = MIXED_TALK.packets.filter(({ data }) => data[23] === 6).length;
    expect(packets).toBe(tcp * times);
    expect(total).toBeGreaterThan(0);
  });

  it('is never that of fewer packets', async () => {
    const whole = MIXED_TALK.pcap();
    const half = HEADER_BYTES + MIXED_TALK.frames.slice(0, 6).reduce((sum, { length }) => sum + 16 + length, 0);
    const path = await bench.file('grows.pcap', whole.subarray(0, half));
    await bench.client.call('session.open', { path, follow: true });
    await bench.until(({ packets }) => packets === 6);
    await bench.client.call('filter.set', { text: 'ip.addr == 10.0.0.1', range: null });
    expect(await answers(bench)).toMatchObject({ statistics: { packets: 6 }, 'flows.rows': { total: 2 } });
    await appendFile(path, whole.subarray(half));
    await bench.until(({ packets, filter }) => packets === MIXED_TALK.packets.length && !filter.scanning);
    await bench.client.call('session.cancel', {});
    await bench.until(({ load }) => load.state !== 'loading');
    expect(await answers(bench)).toEqual(await fresh(whole, ['ip.addr == 10.0.0.1', null]));
  });
});
