import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHUNK_ROWS } from '../../src/engine/columns/column-chunk';
import { LiveFeed } from '../../src/engine/live/live-feed';
import { SpoolRing } from '../../src/engine/spool/spool-ring';
import { problemOf } from '../../src/renderer/client/engine-client';
import { runProgram } from '../builders/cli';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';
import { LiveStream } from '../builders/live-stream';
import { hasTshark } from '../builders/tshark';

const START = 1_700_000_000_000_000;
const SECOND = 1e9;
/** Packets a second. */
const RATE = 1000;
const PORTS = 500;
const SOURCE_PORT = 34;
const PAYLOAD = 42;
const KNOCKS = 200;
const TEMPLATE = draw(`10.0.0.1:1000 > 10.0.0.4:7000 udp '${'x'.repeat(64)}'`).frames[0] ?? new Uint8Array();
const SCAN = draw(
  Array.from(
    { length: KNOCKS / 2 },
    (_, i) => `203.0.113.9:40000 > 10.0.0.4:${2000 + i} S\n10.0.0.4:${2000 + i} > 203.0.113.9:40000 RA`,
  ).join('\n'),
).frames;

const portOf = (index: number): number => 1000 + (index % PORTS);

/** A port scan, then datagrams that carry their own number. */
function frameOf(index: number): { data: Uint8Array; time: number } {
  const time = START + (index * 1e6) / RATE;
  const knock = SCAN[index];
  if (knock) return { data: knock, time };
  const data = TEMPLATE.slice();
  const view = new DataView(data.buffer);
  view.setUint16(SOURCE_PORT, portOf(index));
  view.setUint32(PAYLOAD, index);
  return { data, time };
}

class LongSession {
  readonly stream = new LiveStream();
  readonly ring: SpoolRing;
  readonly #bench: EngineBench;
  sent = 0;

  private constructor(bench: EngineBench, ring: SpoolRing) {
    this.#bench = bench;
    this.ring = ring;
  }

  static async start(bench: EngineBench, maxPackets: number, spoolLimit: number): Promise<LongSession> {
    const ring = await SpoolRing.create({ folder: join(bench.folder, 'spool'), limit: spoolLimit, name: 'made0' });
    if (!ring.ok) throw new Error(ring.problem.sentence);
    const session = new LongSession(bench, ring.value);
    // Only where the packets come from is ours.
    vi.spyOn(bench.engine.live, 'start').mockResolvedValue({
      ok: true,
      value: new LiveFeed('interface', session.stream, ring.value, new Date(), maxPackets),
    });
    const request = { kind: 'interface', interface: 'made0', filter: '', snapLength: null, promiscuous: true } as const;
    const started = bench.client.call('live.start', { request });
    await session.send(1);
    await started;
    return session;
  }

  async send(count: number): Promise<void> {
    for (const end = this.sent + count; this.sent < end; ) {
      const piece = Math.min(5000, end - this.sent);
      await this.stream.send(Array.from({ length: piece }, (_, i) => frameOf(this.sent + i)));
      this.sent += piece;
    }
    await this.#bench.until(({ packets, filter }) => packets === this.sent && !filter.scanning);
  }
}

const FIRST_ALERTS = {
  from: 0,
  count: 10,
  query: { severities: [], types: ['port_scan'], statuses: [], source: null, text: '', muted: false },
  sort: 'time',
  descending: false,
} as const;

let bench: EngineBench;
beforeEach(async () => {
  bench = await EngineBench.start();
});
afterEach(async () => {
  await bench.close();
  vi.restoreAllMocks();
});

const rowsAt = async (from: number, count: number) => (await bench.client.call('packets.rows', { from, count })).rows;

/** Matching rows first..end. */
const matching = (port: number, first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, i) => first + i).filter((index) => index >= KNOCKS && portOf(index) === port);

describe('a session longer than what is kept', () => {
  it('keeps lists, filters, times, numbers, alerts and flows right while the oldest packets go', async () => {
    const limit = 100_000;
    const session = await LongSession.start(bench, limit, 64e6);
    await session.send(50_000);
    const before = await bench.filter('udp.srcport == 1007');
    expect(before.filter).toMatchObject({ shown: matching(1007, 0, session.sent).length, forgotten: 0 });
    const sample = (await rowsAt(90, 1))[0];
    expect((await bench.client.call('alerts.rows', FIRST_ALERTS)).rows).toHaveLength(1);

    for (let piece = 0; piece < 5; piece++) {
      await session.send(45_000);
      const { filter, firstPacket } = bench.engine.tick();
      expect(session.sent - firstPacket).toBeLessThanOrEqual(limit + CHUNK_ROWS);
      const expected = matching(1007, firstPacket, session.sent);
      expect(filter).toMatchObject({ shown: expected.length, forgotten: matching(1007, 0, firstPacket).length });
      expect((await rowsAt(0, 3)).map(({ index }) => index)).toEqual(expected.slice(0, 3));
      // Position and what was forgotten before it give the place, which stays.
      if (sample && sample.index >= firstPacket) {
        const at = await bench.client.call('packets.position', { index: sample.index });
        expect(at.position + at.forgotten).toBe(90);
      }
    }

    const all = await bench.filter('');
    const first = 3 * CHUNK_ROWS;
    const kept = session.sent - first;
    expect(all).toMatchObject({ packets: session.sent, firstPacket: first, filter: { shown: kept, forgotten: first } });
    for (const [position, row] of [
      [0, first],
      [kept - 1, session.sent - 1],
    ] as const) {
      const [shown] = await rowsAt(position, 1);
      expect(shown).toMatchObject({ index: row, sourcePort: portOf(row), time: (row * SECOND) / RATE });
      const details = await bench.client.call('packets.details', { index: row });
      const bytes = details.sources[0]?.bytes ?? new Uint8Array();
      expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(PAYLOAD)).toBe(row);
    }
    expect(problemOf(await bench.client.call('packets.details', { index: 7 }).catch((error: unknown) => error)).code).toBe(
      'packet-forgotten',
    );

    const { packets, from } = await bench.client.call('timeline', { buckets: 50 });
    expect(packets.reduce((sum, count) => sum + count, 0)).toBe(kept);
    expect(from).toBe((first * SECOND) / RATE);
    const recent = await bench.client.call('timeline', { buckets: 10, last: 10 * SECOND });
    expect(recent.packets.reduce((sum, count) => sum + count, 0)).toBe(10 * RATE + 1);
    expect(recent.from + recent.width * 10).toBe(((session.sent - 1) * SECOND) / RATE);
    const statistics = await bench.client.call('statistics', { scope: 'all' });
    expect(statistics.packets).toBe(session.sent);

    // What was found in packets that are gone is still told.
    const { rows: alerts } = await bench.client.call('alerts.rows', FIRST_ALERTS);
    expect(alerts.map(({ type }) => type)).toEqual(['port_scan']);
    const flows = await bench.client.call('flows.rows', { from: 0, count: 1000, sort: 'first', descending: false });
    expect(flows.total).toBe(PORTS + KNOCKS / 2);
    const hosts = await bench.client.call('hosts.rows', {
      from: 0,
      count: 10,
      query: { scope: 'all', text: '' },
      sort: 'risk',
      descending: true,
    });
    expect(hosts.rows.map(({ address }) => address)).toContain('203.0.113.9');

    // Columns of what is kept, and of the chunks that somebody may still be at work on.
    expect(all.engine.indexBytes).toBeLessThan(3 * CHUNK_ROWS * 57 + 8e6);
    await session.stream.stop();
    await bench.until(({ load }) => load.state === 'done');
  }, 60_000);

  it('gives up packets whose frames are not on disk any more', async () => {
    const limit = 8 * 1024 * 1024;
    const session = await LongSession.start(bench, 10_000_000, limit);
    let sending = true;
    const sent = session.send(4 * CHUNK_ROWS).finally(() => {
      sending = false;
    });
    // Answers that are made while the oldest go say where their rows stand.
    for (let asked = 0; sending; asked++) {
      const { shown } = bench.engine.tick().filter;
      const window = await bench.client.call('packets.rows', { from: asked % 2 === 0 ? 0 : Math.max(0, shown - 200), count: 200 });
      const first = window.from + window.forgotten;
      expect(window.rows.map(({ index }) => index)).toEqual(window.rows.map((_, i) => first + i));
      // What was asked for may lie behind the end: rows went before the question arrived.
      if (window.rows.length > 0) expect(window.forgotten + window.total).toBeGreaterThanOrEqual(first + window.rows.length);
    }
    await sent;
    const { firstPacket, live } = bench.engine.tick();
    expect(firstPacket).toBeGreaterThanOrEqual(2 * CHUNK_ROWS);
    expect(live?.spool).toMatchObject({ limit, forgotten: firstPacket });
    expect(live?.spool?.bytes).toBeLessThanOrEqual(limit);
    const [newest] = await rowsAt(session.sent - firstPacket - 1, 1);
    expect(newest).toMatchObject({ index: session.sent - 1 });

    if (hasTshark()) {
      const path = join(bench.folder, 'saved.pcapng');
      const saved = await bench.client.call('export.write', {
        path,
        request: { table: 'packets', packets: { of: 'all' }, format: 'pcapng' },
      });
      const { stdout } = await runProgram('tshark', ['-n', '-r', path, '-T', 'fields', '-e', 'udp.srcport', '-e', 'frame.time_epoch']);
      const lines = stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(saved.count);
      expect(lines.at(-1)).toBe(`${portOf(session.sent - 1)}\t${(START / 1e6 + (session.sent - 1) / RATE).toFixed(3)}000000`);
      expect(saved.count + saved.missing).toBe(session.sent - firstPacket);
    }
    await session.stream.stop();
    await bench.until(({ load }) => load.state === 'done');
  }, 60_000);

  it('tells when packets were lost and when nothing was captured', async () => {
    const session = await LongSession.start(bench, 100_000, 64e6);
    await session.send(2000);
    session.stream.dropped = 17;
    session.stream.gaps.push({ from: START / 1000 + 500, to: START / 1000 + 900, reason: 'The connection was lost.' });
    await session.send(2000);
    await session.stream.stop();
    const { live } = await bench.until(({ load }) => load.state === 'done');
    expect(live).toMatchObject({ dropped: 17, gapCount: 1, gaps: [{ from: 0.5 * SECOND, to: 0.9 * SECOND }] });
    expect(live?.losses).toEqual([{ from: expect.any(Number), to: (4000 * SECOND) / RATE, packets: 17 }]);
  });
});
