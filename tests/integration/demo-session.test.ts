import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../src/engine/history/history';
import { openStore } from '../../src/engine/store/open-store';
import type { AlertQuery } from '../../src/shared/contract/alerts';
import type { NoticeMessage } from '../../src/shared/contract/engine-process';
import { DEFAULT_NOTIFICATIONS } from '../../src/shared/contract/notifications';
import { runCli } from '../builders/cli';
import { EngineBench } from '../builders/engine';

const NAME = 'Demo: generated traffic';
const ALL: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: true };
/** The plot has a port scan after six seconds. */
const FIRST_ALERT = { timeout: 30_000 };

describe('a demo as the session', () => {
  let data: string;
  let bench: EngineBench;
  let told: NoticeMessage[];

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'portlight-demo-'));
    process.env.PORTLIGHT_DATA = data;
    const store = await openStore(join(data, 'portlight.sqlite'));
    if (!store.ok) throw new Error(store.problem.sentence);
    told = [];
    bench = await EngineBench.start({ history: new History(store.value), notify: (message) => told.push(message) });
    bench.engine.notifier.configure({ ...DEFAULT_NOTIFICATIONS, desktop: true, webhook: true, severity: 'low', files: true });
  });
  afterEach(async () => {
    await bench.close();
    delete process.env.PORTLIGHT_DATA;
    await rm(data, { recursive: true, force: true });
  });

  const start = () => bench.client.call('live.start', { request: { kind: 'demo' } });
  const alerts = () => bench.client.call('alerts.rows', { from: 0, count: 10, query: ALL, sort: 'time', descending: false });

  it('is named as what it is and finds alerts, of which nobody is told and nothing is kept', async () => {
    expect(await start()).toMatchObject({ kind: 'demo', name: NAME });
    expect(bench.engine.tick().live).toMatchObject({ kind: 'demo', dropped: 0, problem: null });
    await expect.poll(async () => (await alerts()).rows.map(({ type }) => type), FIRST_ALERT).toContain('port_scan');
    const [found] = (await alerts()).rows;
    await bench.client.call('alerts.handle', { ids: [found?.id ?? 0], status: 'acknowledged', note: 'seen' });
    await bench.client.call('live.stop', {});
    await bench.until(({ load }) => load.state === 'done');
    expect(told).toEqual([]);
    expect(await bench.client.call('history.captures', { search: '', count: 10 })).toMatchObject({ captures: [] });
    // The same story again, and nobody has said anything of it.
    await start();
    await expect.poll(async () => (await alerts()).rows.map(({ status }) => status), FIRST_ALERT).toContain('open');
    expect((await alerts()).rows.filter(({ status }) => status !== 'open')).toEqual([]);
  });

  it('can be looked into and saved, and leaves no packets behind when it is closed', async () => {
    await start();
    await bench.until(({ packets }) => packets > 500);
    const { rows } = await bench.client.call('packets.rows', { from: 0, count: 400 });
    expect(rows.some(({ info }) => /Client Hello|\[SYN\]/.test(info))).toBe(true);
    const path = join(data, 'saved.pcapng');
    expect(
      (await bench.client.call('export.write', { path, request: { table: 'packets', packets: { of: 'all' }, format: 'pcapng' } })).count,
    ).toBeGreaterThan(500);
    await bench.client.call('session.close', {});
    expect(await readdir(join(data, 'spool')).catch(() => [])).toEqual([]);
  });
});

describe('live --demo', () => {
  it('generates so many packets and says what they are', async () => {
    const { status, stdout, stderr } = await runCli(['live', '--demo', '--packets', '1500', '--json']);
    expect(stderr).toContain(NAME);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ packets: 1500, dropped: 0, gaps: [] });
    expect(status).toBe(0);
  });

  it.each([
    ['--interface', 'lo'],
    ['--ssh', 'root@192.0.2.1'],
    ['--capture-filter', 'port 22'],
  ])('captures nothing: %s is refused', async (option, value) => {
    const { status, stderr } = await runCli(['live', '--demo', option, value]);
    expect(status).toBe(2);
    expect(stderr).toContain('captures nothing');
  });
});
