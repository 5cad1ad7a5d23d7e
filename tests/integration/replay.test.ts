import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertRecords } from '../../src/cli/alert-records';
import { Capture } from '../../src/engine/capture';
import { openCaptureStream } from '../../src/engine/sources/open';
import { ReplaySource } from '../../src/engine/sources/replay/replay-source';
import type { Tick } from '../../src/shared/contract/engine';
import { REPLAY_SPEEDS, type ReplaySpeed } from '../../src/shared/model/replay';
import { runCli } from '../builders/cli';
import { draw } from '../builders/draw';
import { EngineBench } from '../builders/engine';
import { CAPTURES } from '../builders/read-capture';
import { SleepClock } from '../builders/replaying';

const SECOND = 1e9;
const range = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** A scan, then logins that fail, within 20 s. */
const ATTACK = draw(
  [
    range(60, (i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + i * 13} S\n10.0.0.4:${1000 + i * 13} > 203.0.113.9:40000 RA`),
    range(20, (i) => `+1 203.0.113.9:${50_000 + i} > 10.0.0.4:22 S\n10.0.0.4:22 > 203.0.113.9:${50_000 + i} RA`),
  ].join('\n'),
).pcap();

const SHORT = [
  'portscan-nmap-syn-1000.pcapng',
  'lab-arpspoof-gateway.pcap',
  'lab-dnstunnel-iodine.pcap',
  'lab-bruteforce-ssh-hydra.pcap',
  'lab-beacon-http-10s.pcap',
  'lab-traffic-spike-udp.pcap',
];

async function sourceOf(bytes: Uint8Array) {
  const opened = await openCaptureStream(Readable.from([Buffer.from(bytes)]), { randomAccess: false });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  return opened.value;
}

async function alertsOf(capture: Capture): Promise<unknown> {
  while ((await capture.next()) !== null);
  const records = alertRecords(capture);
  await capture.source.close();
  return records;
}

const replayed = async (bytes: Uint8Array, speed: ReplaySpeed): Promise<unknown> =>
  alertsOf(new Capture(new ReplaySource(await sourceOf(bytes), speed, new SleepClock()), {}));

describe('a replay gives the alerts of the file at every speed', () => {
  async function expectTheSame(bytes: Uint8Array): Promise<void> {
    const atOnce = await alertsOf(new Capture(await sourceOf(bytes), {}));
    expect(atOnce).not.toEqual([]);
    for (const speed of [...REPLAY_SPEEDS, null]) expect(await replayed(bytes, speed), `at ${speed ?? 'full speed'}`).toEqual(atOnce);
  }

  it('a scan and logins that fail', () => expectTheSame(ATTACK));

  for (const name of SHORT) {
    const path = join(CAPTURES, 'attacks', name);
    it.skipIf(!existsSync(path))(`${name} (skipped without captures)`, () => expectTheSame(readFileSync(path)), 60_000);
  }
});

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portlight-replay-'));
  const file = join(folder, 'attack.pcap');
  writeFileSync(file, ATTACK);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['max', '100', '25'])('replays at %s with the summary of analyze', async (speed) => {
    const analysed = await runCli(['analyze', file, '--json']);
    const { status, stdout, stderr } = await runCli(['replay', file, '--speed', speed, '--json']);
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    const summary: { alerts: { type: string }[] } = JSON.parse(lines.at(-1) ?? '');
    expect(summary).toEqual(JSON.parse(analysed.stdout));
    // As they came; one that became part of another later is not in the summary any more.
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).type)).toEqual(expect.arrayContaining(summary.alerts.map(({ type }) => type)));
  });

  it('reads standard input, and prints for people', async () => {
    const { status, stdout } = await runCli(['replay', '-', '--speed', 'max'], ATTACK);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n160 packets, /);
    expect(stdout).toMatch(/HIGH\s+Port scan/);
  });

  it('names the speeds that there are, and why a file cannot be played', async () => {
    const wrong = await runCli(['replay', file, '--speed', '3']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('0.25, 0.5, 1, 2, 5, 10, 25, 50, 100 or max');
    const missing = await runCli(['replay', join(folder, 'none.pcap')]);
    expect([missing.status, missing.stdout]).toEqual([1, '']);
    expect(missing.stderr).toContain('none.pcap');
  });
});

describe('a replay in the engine', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start();
  });
  afterEach(() => bench.close());

  /** A packet every second: packet N at N - 1 s. */
  const steady = (packets: number): Uint8Array => draw(range(packets, (i) => `+1 10.0.0.1:${1000 + i} > 10.0.0.4:22 S`)).pcap();

  async function start(packets: number, read: boolean): Promise<Tick> {
    const path = await bench.file('steady.pcap', steady(packets));
    if (read) {
      await bench.client.call('session.open', { path });
      await bench.until(({ load }) => load.state === 'done');
    }
    const { id } = await bench.client.call('live.start', { request: { kind: 'replay', path, speed: 1 } });
    await bench.client.call('replay.set', { paused: true });
    return bench.until((tick) => tick.session?.id === id && tick.packets > 0 && tick.replay?.paused === true);
  }

  it('seeks forward and back to the packet of that time, and stands there', async () => {
    await start(100, false);
    await bench.client.call('replay.seek', { time: 41.5 * SECOND });
    expect((await bench.until(({ packets }) => packets === 42)).replay).toMatchObject({ position: 41.5 * SECOND, paused: true });
    await bench.client.call('replay.seek', { time: 9 * SECOND });
    const back = await bench.until(({ packets }) => packets === 10);
    expect(back).toMatchObject({ session: { kind: 'replay' }, replay: { position: 9 * SECOND, paused: true, speed: 1, ended: false } });
    const { rows } = await bench.client.call('packets.rows', { from: 0, count: 100 });
    expect(rows.map(({ sourcePort }) => sourcePort)).toEqual(Array.from({ length: 10 }, (_, i) => 1000 + i));
    await bench.client.call('replay.seek', { time: -5 * SECOND });
    await bench.until(({ packets, session }) => packets === 1 && session?.id !== back.session?.id);
  });

  it('steps while it is paused, and no more', async () => {
    await start(100, false);
    await bench.client.call('replay.step', { packets: 1 });
    await bench.until(({ packets }) => packets === 2);
    await bench.client.call('replay.step', { packets: 20 });
    await bench.until(({ packets }) => packets === 22);
    await bench.client.call('replay.step', { packets: 1 });
    await bench.until(({ packets }) => packets === 23);
  });

  it('keeps filter and range over a seek back, and its speed over a pause', async () => {
    await start(100, false);
    await bench.client.call('replay.set', { speed: 25 });
    await bench.client.call('replay.seek', { time: 80 * SECOND });
    await bench.until(({ packets }) => packets === 81);
    await bench.filter('tcp.srcport >= 1005', { from: 0, to: 60 * SECOND });
    await bench.client.call('replay.seek', { time: 30 * SECOND });
    const tick = await bench.until(({ packets, filter }) => packets === 31 && filter.shown === 26);
    expect(tick.filter).toMatchObject({ text: 'tcp.srcport >= 1005', range: { from: 0, to: 60 * SECOND } });
    expect(tick.replay).toMatchObject({ speed: 25, paused: true });
  });

  it('is still a replay, at the same place, when it is analysed again', async () => {
    await start(100, false);
    await bench.client.call('replay.seek', { time: 41.5 * SECOND });
    const before = await bench.until(({ packets }) => packets === 42);
    await bench.client.call('detection.again', {});
    const again = await bench.until(({ packets, session }) => packets === 42 && session?.id !== before.session?.id);
    expect(again).toMatchObject({ session: { kind: 'replay' }, replay: { position: 41.5 * SECOND, paused: true, speed: 1 } });
  });

  it('shows what is to come where the file was read before', async () => {
    const tick = await start(100, true);
    expect(tick.replay?.end).toBe(99 * SECOND);
    const { from, width, packets, outline } = await bench.client.call('timeline', { buckets: 10 });
    expect([from, width * 10]).toEqual([0, 99 * SECOND]);
    expect(packets).toEqual([1, ...new Array(9).fill(0)]);
    expect(outline?.reduce((sum, count) => sum + count, 0)).toBe(100);
    // A seek back reads the file anew; what is known of it stays.
    await bench.client.call('replay.seek', { time: 50 * SECOND });
    await bench.until((now) => now.packets === 51);
    await bench.client.call('replay.seek', { time: 10 * SECOND });
    expect((await bench.until((now) => now.packets === 11)).replay?.end).toBe(99 * SECOND);
  });

  it('ends with the last packet, knows its time, and can be played again', async () => {
    const first = await start(30, false);
    expect(first.replay?.end).toBeNull();
    await bench.client.call('replay.set', { speed: null, paused: false });
    const ended = await bench.until(({ replay }) => replay?.ended === true);
    expect(ended).toMatchObject({ packets: 30, load: { state: 'done' }, replay: { end: 29 * SECOND } });
    await bench.client.call('replay.set', { paused: true });
    await bench.client.call('replay.seek', { time: 0 });
    expect((await bench.until(({ packets }) => packets === 1)).replay).toMatchObject({ end: 29 * SECOND, paused: true });
  });

  it('says that there is none', async () => {
    await bench.openBytes(steady(3));
    await expect(bench.client.call('replay.step', { packets: 1 })).rejects.toMatchObject({ problem: { code: 'no-replay' } });
  });
});
