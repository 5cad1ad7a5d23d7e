import { execFileSync } from 'node:child_process';
import { appendFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/shared/base/result';
import { FLOW_SORTS, type Tick } from '../../src/shared/contract/engine';
import { draw } from '../builders/draw';
import { EngineBench, repeated } from '../builders/engine';
import { MIXED_TALK } from '../builders/mixed-talk';
import { writePcap } from '../builders/pcap';

const PCAP = MIXED_TALK.pcap();
const PACKETS = MIXED_TALK.packets.length;

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(() => bench.close());

const problemOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no problem',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('a session', () => {
  it('tells what it is and what was read', async () => {
    const tick = await bench.openBytes(PCAP, 'mine.pcap');
    expect(tick.session).toMatchObject({ name: 'mine.pcap', format: 'pcap', compression: 'none', size: PCAP.length });
    expect(tick).toMatchObject({
      packets: PACKETS,
      bytes: sum(MIXED_TALK.frames.map((frame) => frame.length)),
      warnings: [],
      startSecond: 1_700_000_000,
      firstTime: 0,
      flows: { total: 5 },
      filter: { text: '', scanning: false, shown: PACKETS },
      load: { state: 'done', consumed: PCAP.length, total: PCAP.length },
    });
  });

  it('gives rows, also beyond the end, and the whole of one packet', async () => {
    await bench.openBytes(PCAP);
    const { rows, total } = await bench.client.call('packets.rows', { from: 4, count: 1000 });
    expect(total).toBe(PACKETS);
    expect(rows.map(({ index }) => index)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(rows[0]).toMatchObject({
      epoch: '1700000000.503000000',
      time: 503_000_000,
      delta: 500_000_000,
      source: '10.0.0.1',
      destination: '1.1.1.1',
      sourcePort: 5353,
      protocol: 'DNS',
      info: 'Standard query 0x1234 A example.com',
    });
    expect(await bench.client.call('packets.rows', { from: 4000, count: 10 })).toMatchObject({ rows: [], total: PACKETS });
    const details = await bench.client.call('packets.details', { index: 4 });
    expect(details.fields.map(({ name }) => name)).toEqual(['frame', 'eth', 'ip', 'udp', 'dns']);
    expect(details.sources[0]?.bytes).toEqual(MIXED_TALK.frames[4]);
    expect(details).toMatchObject({ malformed: null, problem: null, row: { protocol: 'DNS' } });
  });

  it('stays when another file cannot be opened, and is replaced by one that can', async () => {
    const before = await bench.openBytes(PCAP);
    const bad = await bench.file('bad.txt', new TextEncoder().encode('this is not a capture at all'));
    expect(await problemOf(bench.client.call('session.open', { path: bad }))).toBe('not-a-capture');
    expect(await problemOf(bench.client.call('session.open', { path: `${bad}.missing` }))).toBe('no-such-file');
    expect(await problemOf(bench.client.call('session.open', { path: bench.folder }))).toBe('is-directory');
    expect(await problemOf(bench.client.call('session.open', { path: await bench.file('empty', new Uint8Array(0)) }))).toBe('empty-file');
    expect((await bench.until(() => true)).session).toEqual(before.session);
    expect((await bench.client.call('packets.rows', { from: 0, count: 1 })).rows).toHaveLength(1);
    const next = await bench.openBytes(draw('10.0.0.1:1 > 10.0.0.2:2 S').pcap(), 'next.pcap');
    expect(next).toMatchObject({ session: { name: 'next.pcap' }, packets: 1 });
  });

  it('is gone once it is closed', async () => {
    await bench.openBytes(PCAP);
    await bench.client.call('session.close', {});
    expect(await bench.until((tick) => tick.session === null)).toMatchObject({ packets: 0, load: { state: 'none' } });
    expect(await bench.client.call('packets.rows', { from: 0, count: 10 })).toMatchObject({ rows: [], total: 0 });
    expect(await problemOf(bench.client.call('packets.details', { index: 0 }))).toBe('no-such-packet');
    expect(await problemOf(bench.client.call('statistics', { scope: 'all' }))).toBe('no-session');
  });

  it('keeps what was read when loading is stopped', async () => {
    const path = await bench.file('long.pcap', repeated(PCAP, 40_000));
    await bench.client.call('session.open', { path });
    await bench.until(({ packets }) => packets > 0);
    await bench.client.call('session.cancel', {});
    const { packets } = await bench.until(({ load }) => load.state === 'cancelled');
    expect(packets).toBeGreaterThan(0);
    expect(packets).toBeLessThan(40_000 * PACKETS);
    expect((await bench.client.call('packets.rows', { from: packets - 1, count: 1 })).rows).toHaveLength(1);
  });

  it('tells of a file that is cut', async () => {
    const tick = await bench.openBytes(PCAP.subarray(0, PCAP.length - 10));
    expect(tick.packets).toBe(PACKETS - 1);
    expect(tick.warnings).toMatchObject([{ code: 'cut-off' }]);
  });

  it('follows a file that grows', async () => {
    const half = 24 + MIXED_TALK.packets.slice(0, 5).reduce((size, { data }) => size + 16 + data.length, 0);
    const path = await bench.file('growing.pcap', PCAP.subarray(0, half));
    await bench.client.call('session.open', { path, follow: true });
    const before = await bench.until(({ packets }) => packets === 5);
    expect(before.load).toMatchObject({ state: 'loading', following: true });
    await bench.filter('dns');
    await appendFile(path, PCAP.subarray(half));
    const after = await bench.until(({ packets, filter }) => packets === PACKETS && !filter.scanning);
    expect(after.filter.shown).toBe(2);
  });

  it('that cannot be opened yet does not stand in the way of the next', async () => {
    const waiting = problemOf(bench.client.call('session.open', { path: await bench.file('empty', new Uint8Array(0)), follow: true }));
    expect(await bench.openBytes(PCAP)).toMatchObject({ packets: PACKETS });
    expect(await waiting).toBe('cancelled');
  });

  it.skipIf(process.platform === 'win32')('of a pipe that nobody writes to can be cancelled', async () => {
    const path = join(bench.folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const waiting = problemOf(bench.client.call('session.open', { path }));
    await bench.client.call('session.cancel', {});
    expect(await waiting).toBe('cancelled');
    // The system lets go of the pipe when somebody opened it.
    await (await open(path, 'w')).close();
  });
});

describe('ticks', () => {
  it('come while a file is loaded, and grow', async () => {
    const path = await bench.file('long.pcap', repeated(PCAP, 40_000));
    const seen: Tick[] = [];
    bench.client.subscribe('tick', (tick) => void seen.push(tick));
    await bench.client.call('session.open', { path });
    await bench.until(({ load }) => load.state === 'done');
    const loading = seen.filter(({ load }) => load.state === 'loading').map(({ packets }) => packets);
    expect(loading.length).toBeGreaterThan(1);
    expect(loading).toEqual(loading.toSorted((a, b) => a - b));
  });

  it('wait for the window: at most one is not acknowledged, the next is the newest', async () => {
    const seen: number[] = [];
    let acknowledge = (): void => undefined;
    bench.client.subscribe('tick', (tick) => {
      seen.push(tick.packets);
      return new Promise<void>((resolve) => {
        acknowledge = resolve;
      });
    });
    await bench.openBytes(repeated(PCAP, 10_000));
    expect(seen).toEqual([0]);
    acknowledge();
    await expect.poll(() => seen).toEqual([0, 10_000 * PACKETS]);
  });
});

describe('a filter', () => {
  it('narrows rows, flows, statistics and the time line alike', async () => {
    await bench.openBytes(PCAP);
    const tick = await bench.filter('udp or icmp');
    expect(tick.filter).toMatchObject({ text: 'udp or icmp', shown: 3, scanned: PACKETS });
    const { rows, filterId } = await bench.client.call('packets.rows', { from: 0, count: 100 });
    expect(filterId).toBe(tick.filter.id);
    expect(rows.map(({ index }) => index)).toEqual([4, 5, 11]);
    const statistics = await bench.client.call('statistics', { scope: 'shown' });
    expect(statistics).toMatchObject({ packets: 3, bytes: sum(rows.map(({ length }) => length)) });
    expect(statistics.flows).toEqual({ tcp: 0, udp: 1, icmp: 1, other: 0, total: 2 });
    const { shown, packets } = await bench.client.call('timeline', { buckets: 20 });
    expect(sum(shown ?? [])).toBe(3);
    expect(sum(packets)).toBe(PACKETS);
    const flows = await bench.client.call('flows.rows', { from: 0, count: 10, sort: 'first', descending: false });
    expect(flows.rows.map(({ protocol }) => protocol)).toEqual(['UDP', 'ICMP']);
  });

  it('takes a range of time with it', async () => {
    await bench.openBytes(PCAP);
    const { filter } = await bench.filter('', { from: 500_000_000, to: 600_000_000 });
    expect(filter).toMatchObject({ shown: 2, range: { from: 500_000_000, to: 600_000_000 } });
    expect(await bench.client.call('packets.position', { index: 5 })).toEqual({ position: 1, exact: true, forgotten: 0 });
    expect(await bench.client.call('packets.position', { index: 0 })).toEqual({ position: 0, exact: false, forgotten: 0 });
  });

  it('that is wrong says where and changes nothing', async () => {
    await bench.openBytes(PCAP);
    const { filter } = await bench.filter('tcp');
    const answer = await bench.client.call('filter.set', { text: 'tcp and and udp', range: null });
    expect(answer).toMatchObject({ ok: false, start: 8, end: 11 });
    expect(await bench.client.call('filter.check', { text: 'tcp.nonsense' })).toMatchObject({ ok: false });
    expect((await bench.until(() => true)).filter).toEqual(filter);
  });

  it('that needs the tree finds what the bytes hold, while the file is still read', async () => {
    const path = await bench.file('long.pcap', repeated(PCAP, 300));
    await bench.client.call('session.open', { path });
    await bench.filter('ip.ttl == 64 and dns.qry.name contains "example"');
    const { filter } = await bench.until(({ load, filter: { scanning } }) => load.state === 'done' && !scanning);
    expect(filter.shown).toBe(600);
  });
});

describe('flows and numbers', () => {
  it('are sorted by every column, either way', async () => {
    await bench.openBytes(PCAP);
    const order = async (sort: (typeof FLOW_SORTS)[number], descending: boolean) =>
      (await bench.client.call('flows.rows', { from: 0, count: 100, sort, descending })).rows.map(({ index }) => index);
    expect(await order('first', false)).toEqual([0, 1, 2, 3, 4]);
    expect(await order('packets', true).then(([first]) => first)).toBe(0);
    expect(await order('source', false)).toEqual([0, 1, 2, 4, 3]);
    for (const sort of FLOW_SORTS) {
      expect((await order(sort, false)).toSorted()).toEqual([0, 1, 2, 3, 4]);
      expect((await order(sort, true)).toSorted()).toEqual([0, 1, 2, 3, 4]);
    }
    const roundTrips = async (descending: boolean) =>
      (await bench.client.call('flows.rows', { from: 0, count: 100, sort: 'roundTrip', descending })).rows.map(
        ({ roundTrip }) => roundTrip,
      );
    const known = (await roundTrips(false)).filter((time) => time !== null);
    expect(known.length).toBeGreaterThan(0);
    const unknown = Array.from({ length: 5 - known.length }, () => null);
    expect(await roundTrips(false)).toEqual([...known.toSorted((a, b) => a - b), ...unknown]);
    expect(await roundTrips(true)).toEqual([...known.toSorted((a, b) => b - a), ...unknown]);
    expect(await bench.client.call('flows.get', { index: 2 })).toMatchObject({
      source: '10.0.0.1',
      destination: '192.0.2.1',
      service: 'tls',
      host: 'www.example.org',
      packets: 2,
      packetsBack: 1,
    });
    expect(await bench.client.call('flows.get', { index: 99 })).toBeNull();
  });

  it('agree with the rows', async () => {
    await bench.openBytes(PCAP);
    const { rows } = await bench.client.call('packets.rows', { from: 0, count: 100 });
    const bytes = sum(rows.map(({ length }) => length));
    const statistics = await bench.client.call('statistics', { scope: 'all' });
    expect(statistics).toMatchObject({ packets: rows.length, bytes, capturedBytes: bytes });
    expect(statistics.flows).toEqual({ tcp: 3, udp: 1, icmp: 1, other: 0, total: 5 });
    expect(sum(statistics.protocols.map(({ packets }) => packets))).toBe(rows.length);
    expect(sum(statistics.lengths)).toBe(rows.length);
    expect(sum(statistics.series.bytes)).toBe(bytes);
    const talker = statistics.talkers.find(({ address }) => address === '10.0.0.4');
    const own = rows.filter(({ source, destination }) => source === '10.0.0.4' || destination === '10.0.0.4');
    expect(talker).toMatchObject({ packets: own.length, bytes: sum(own.map(({ length }) => length)) });
    for (const buckets of [1, 7, 2048]) {
      const timeline = await bench.client.call('timeline', { buckets });
      expect([sum(timeline.packets), sum(timeline.bytes), timeline.packets.length]).toEqual([rows.length, bytes, buckets]);
    }
  });
});

describe('a window that cannot be trusted', () => {
  const refused: readonly [name: string, args: unknown][] = [
    ['session.open', { path: '' }],
    ['session.open', { path: 17 }],
    ['session.open', { path: '/tmp/x', follow: 'yes' }],
    ['session.open', null],
    ['packets.rows', { from: -1, count: 10 }],
    ['packets.rows', { from: 0, count: 1001 }],
    ['packets.rows', { from: 0.5, count: 1 }],
    ['packets.rows', { from: Number.NaN, count: 1 }],
    ['packets.rows', { from: 0, count: 1, more: true }],
    ['packets.details', { index: 2 ** 32 }],
    ['packets.details', { index: '0' }],
    ['flows.rows', { from: 0, count: 1, sort: '__proto__', descending: false }],
    ['statistics', { scope: 'none' }],
    ['timeline', { buckets: 0 }],
    ['timeline', { buckets: 1e9 }],
    ['filter.set', { text: 'x'.repeat(10_001), range: null }],
    ['filter.set', { text: '', range: { from: 0 } }],
    ['filter.complete', { text: 'tcp', cursor: -1 }],
  ];

  it.each(refused)('%s is refused where its arguments are not what it takes', async (name, args) => {
    expect(await problemOf(bench.client.call(name as 'session.open', args as never))).toBe('bad-arguments');
  });

  it.each(['no.such.call', '__proto__', 'constructor', 'toString'])('%s is no call', async (name) => {
    expect(await problemOf(bench.client.call(name as 'session.open', {} as never))).toBe('unknown-call');
  });

  it('does not reach rows that are not there', async () => {
    await bench.openBytes(PCAP);
    expect(await problemOf(bench.client.call('packets.details', { index: PACKETS }))).toBe('no-such-packet');
    expect(await bench.client.call('packets.position', { index: 4_000_000_000 })).toEqual({
      position: PACKETS,
      exact: false,
      forgotten: 0,
    });
    const far = await bench.client.call('flows.rows', { from: 2 ** 50, count: 10, sort: 'first', descending: true });
    expect(far.rows).toEqual([]);
    await bench.filter('', { from: Number.MAX_VALUE, to: -Number.MAX_VALUE });
    expect((await bench.client.call('packets.rows', { from: 0, count: 10 })).rows).toEqual([]);
  });

  it('gets a filter refused that is nested beyond sense', async () => {
    expect(await bench.client.call('filter.check', { text: `${'('.repeat(4000)}tcp${')'.repeat(4000)}` })).toMatchObject({ ok: false });
    expect(await bench.client.call('filter.check', { text: '!'.repeat(10_000) })).toMatchObject({ ok: false });
  });
});

it('an empty capture is a session of no packets', async () => {
  expect(await bench.openBytes(writePcap([]))).toMatchObject({ packets: 0, firstTime: null, lastTime: null, warnings: [] });
  expect(await bench.client.call('statistics', { scope: 'all' })).toMatchObject({ packets: 0, firstTime: null });
  expect(sum((await bench.client.call('timeline', { buckets: 10 })).packets)).toBe(0);
});
