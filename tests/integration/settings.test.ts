import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRow } from '../../src/shared/model/alerts';
import { DEFAULT_DETECTION } from '../../src/shared/model/detection-settings';
import { DEFAULT_RETENTION } from '../../src/shared/model/retention';
import { DEFAULT_SPOOL_LIMIT } from '../../src/shared/model/spool-size';
import { draw } from '../builders/draw';
import { writeMmdb } from '../builders/mmdb';
import { CAPTURES, hasCaptures } from '../builders/read-capture';
import { SettingsBench } from '../builders/settings-bench';
import { facts, flowRows, storedFlow } from '../builders/store';

/** Seven ports of one target, none of which answers: more than `everything` takes, fewer than `balanced`. */
const SEVEN_PORTS = [0, 1, 2, 3, 4, 5, 6]
  .map((i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + 70 * i} S\n10.0.0.4:${1000 + 70 * i} > 203.0.113.9:40000 SA`)
  .join('\n');
const FORTY_PORTS = Array.from({ length: 40 }, (_, i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n');
/** A server without a private address goes to a host. */
const OUTBOUND = `198.51.100.7:40000 > 192.0.2.66:443 S
192.0.2.66:443 > 198.51.100.7:40000 SA
198.51.100.7:40000 > 192.0.2.66:443 A`;

const types = (alerts: readonly AlertRow[]) => alerts.map(({ type }) => type);

describe('settings', () => {
  let bench: SettingsBench;
  beforeEach(async () => {
    bench = await SettingsBench.make();
  });
  afterEach(() => bench.remove());

  it('of a preset decide how much it takes to raise an alert', async () => {
    const capture = await bench.file('scan.pcap', draw(SEVEN_PORTS).pcap());
    await bench.run(async (run) => {
      expect(types(await run.alertsOf(capture))).toEqual([]);
      await run.change((settings) => ({ ...settings, preset: 'everything' }));
      expect(types(await run.alertsOf(capture))).toContain('port_scan');
    });
  });

  it.skipIf(!hasCaptures)(
    'of a preset change what is found in a recorded attack (skipped without the captures of PORTLIGHT_CAPTURES)',
    async () => {
      const capture = join(CAPTURES, 'sized', 'lab-office-with-attacks.pcap');
      await bench.run(async (run) => {
        await run.change((settings) => ({ ...settings, preset: 'quiet' }));
        const quiet = types(await run.alertsOf(capture));
        await run.change((settings) => ({ ...settings, preset: 'everything' }));
        const everything = types(await run.alertsOf(capture));
        expect(everything.length).toBeGreaterThan(quiet.length);
        expect(quiet.length).toBeGreaterThan(0);
      });
    },
  );

  it('silence a rule, say that what is shown is older, and analyse again with filter and range as they were', async () => {
    const capture = await bench.file('scan.pcap', draw(FORTY_PORTS).pcap());
    await bench.run(async (run) => {
      expect(types(await run.alertsOf(capture))).toEqual(['port_scan']);
      await run.client.call('filter.set', { text: 'tcp.dstport < 1100', range: { from: 0, to: 30_000_000 } });
      await run.change((settings) => ({ ...settings, disabled: ['port_scan', 'slow_scan'] }));
      expect(await run.news(({ outdated }) => outdated)).toMatchObject({ total: 1 });

      await run.client.call('detection.again', {});
      expect(types(await run.read())).toEqual([]);
      expect(await run.news(({ outdated }) => !outdated)).toMatchObject({ total: 0 });
      expect(run.engine.tick().filter).toMatchObject({ text: 'tcp.dstport < 1100', range: { from: 0, to: 30_000_000 } });

      // Nor does the history keep what these settings do not find.
      await expect.poll(async () => (await run.client.call('storage.get', {})).history?.alerts).toBe(0);

      await run.change(() => DEFAULT_DETECTION);
      await run.client.call('detection.again', {});
      expect(types(await run.read())).toEqual(['port_scan']);
      await expect.poll(async () => (await run.client.call('storage.get', {})).history?.alerts).toBe(1);

      // What has the same effect is not called another setting.
      await run.change((settings) => ({ ...settings, disabled: ['beaconing'] }));
      await run.news(({ outdated }) => outdated);
      await run.change((settings) => ({ ...settings, disabled: [], thresholds: { port_scan: { ports: 10 } } }));
      await run.news(({ outdated }) => !outdated);
    });
  });

  it('of own addresses and of imported lists decide what a contact is', async () => {
    const capture = await bench.file('contact.pcap', draw(OUTBOUND).pcap());
    const list = await bench.file('bad.netset', '# name: Bad hosts\n192.0.2.0/24\n');
    await bench.run(async (run) => {
      expect(types(await run.alertsOf(capture))).toEqual([]);
      expect(await run.client.call('lists.import', { path: list, kind: 'blocklist' })).toMatchObject({ name: 'Bad hosts', entries: 1 });
      const [unknown] = await run.alertsOf(capture);
      expect(unknown).toMatchObject({ type: 'blocklist_contact', severity: 'high', targetIp: '192.0.2.66' });

      // Now that the listed host is our own, nobody has met it.
      await run.change((settings) => ({ ...settings, ownAddresses: ['192.0.2.64/26'] }));
      expect(types(await run.alertsOf(capture))).toEqual([]);

      await run.change((settings) => ({ ...settings, ownAddresses: [] }));
      await run.client.call('lists.remove', { file: 'bad.netset' });
      expect(types(await run.alertsOf(capture))).toEqual([]);
    });
  });

  it('are the same after a restart', async () => {
    const mmdb = await bench.file('own.mmdb', writeMmdb({ '192.0.2.0/24': { country: { iso_code: 'DE' } } }));
    const settings = { ...DEFAULT_DETECTION, preset: 'quiet', disabled: ['beaconing'], ownAddresses: ['198.51.100.7'] } as const;
    const retention = { ...DEFAULT_RETENTION, flows: 3, quota: 100_000_000 };
    await bench.run(async ({ client }) => {
      await client.call('detection.set', { settings });
      await client.call('storage.set', { retention });
      await client.call('spool-size.set', { limit: 250_000_000 });
      expect(await client.call('places.use', { path: mmdb })).toMatchObject({ chosen: mmdb, info: { name: 'Test-City' } });
    });
    await bench.run(async ({ client }) => {
      expect(await client.call('detection.get', {})).toMatchObject({ settings, problem: null });
      expect(await client.call('storage.get', {})).toMatchObject({ retention, history: { quota: 100_000_000 }, problem: null });
      expect(await client.call('places.info', {})).toMatchObject({ chosen: mmdb, info: { name: 'Test-City' }, problem: null });
      expect(await client.call('spool-size.get', {})).toMatchObject({ limit: 250_000_000, problem: null });
      await client.call('places.use', { path: null });
    });
    await bench.run(async ({ client }) => {
      expect(await client.call('places.info', {})).toMatchObject({ chosen: null, info: { name: 'DB-IP City Lite' } });
    });
  });

  it('that the store has damaged cost themselves only', async () => {
    await bench.run(async ({ store }) => {
      for (const key of ['detection', 'places', 'retention', 'spool-size']) await store.setSetting(key, '{"preset":42');
    });
    await bench.run(async ({ client }) => {
      const damaged = { problem: { code: 'settings-damaged' } };
      expect(await client.call('detection.get', {})).toMatchObject({ settings: DEFAULT_DETECTION, ...damaged });
      expect(await client.call('places.info', {})).toMatchObject({ chosen: null, info: { name: 'DB-IP City Lite' }, ...damaged });
      expect(await client.call('storage.get', {})).toMatchObject({ retention: DEFAULT_RETENTION, ...damaged });
      expect(await client.call('spool-size.get', {})).toMatchObject({ limit: DEFAULT_SPOOL_LIMIT, ...damaged });
    });
  });

  it('name a database of places that is gone or none, and go on with what ships', async () => {
    const text = await bench.file('notes.mmdb', 'not a database');
    await bench.run(async ({ client, store }) => {
      await expect(client.call('places.use', { path: text })).rejects.toThrow();
      expect(await client.call('places.info', {})).toMatchObject({ chosen: null, info: { name: 'DB-IP City Lite' } });
      await store.setSetting('places', JSON.stringify({ path: join(bench.folder, 'gone.mmdb') }));
    });
    await bench.run(async ({ client }) => {
      const { chosen, info, problem } = await client.call('places.info', {});
      expect([chosen, info?.name, problem !== null]).toEqual([join(bench.folder, 'gone.mmdb'), 'DB-IP City Lite', true]);
    });
  });

  it('that mean nothing are refused, and change nothing', async () => {
    await bench.run(async ({ client }) => {
      const wrong = { ...DEFAULT_DETECTION, thresholds: { port_scan: { ports: 1e9 } } };
      await expect(client.call('detection.set', { settings: wrong })).rejects.toThrow(/must be from 5 to 60 ports/);
      expect((await client.call('detection.get', {})).settings).toEqual(DEFAULT_DETECTION);
      await expect(client.call('storage.set', { retention: { ...DEFAULT_RETENTION, hours: 2 } })).rejects.toThrow(/at least as long/);
      expect((await client.call('storage.get', {})).retention).toEqual(DEFAULT_RETENTION);
    });
  });
});

describe('the history', () => {
  let bench: SettingsBench;
  beforeEach(async () => {
    bench = await SettingsBench.make();
  });
  afterEach(() => bench.remove());

  it('shrinks to a smaller quota at once', async () => {
    await bench.run(async ({ client, store }) => {
      const opened = await store.captureOpened(null, facts(), Date.now());
      if (!opened.ok) throw new Error(opened.problem.sentence);
      const host = 'x'.repeat(200);
      for (let part = 0; part < 10; part++) {
        const flows = Array.from({ length: 10_000 }, (_, i) => storedFlow({ index: part * 10_000 + i, host: `${i}.${part}.${host}` }));
        await store.saveFlows(opened.value, flowRows(...flows));
      }
      const before = (await client.call('storage.get', {})).history?.bytes ?? 0;
      expect(before).toBeGreaterThan(25_000_000);
      const { history } = await client.call('storage.set', { retention: { ...DEFAULT_RETENTION, quota: 20_000_000 } });
      expect(history?.quota).toBe(20_000_000);
      expect(history?.bytes).toBeLessThanOrEqual(20_000_000);
    });
  });

  it('is forgotten when asked for, with notes; settings, mutes and what is open stay', async () => {
    const capture = await bench.file('scan.pcap', draw(FORTY_PORTS).pcap());
    await bench.run(async (run) => {
      const [alert] = await run.alertsOf(capture);
      await run.change((settings) => ({ ...settings, preset: 'quiet' }));
      await run.client.call('alerts.handle', { ids: [alert?.id ?? 0], status: 'acknowledged', note: 'ours' });
      await run.client.call('mutes.add', { mute: { type: null, source: null, target: null, port: 22, reason: '', expires: null } });
      expect(await run.client.call('storage.clear', { olderThanDays: 1 })).toMatchObject({ captures: 0 });
      expect((await run.alertsOf(capture))[0]).toMatchObject({ status: 'acknowledged' });
      expect(await run.client.call('storage.clear', { olderThanDays: null })).toMatchObject({ captures: 1 });
      expect(await run.client.call('storage.get', {})).toMatchObject({ history: { captures: 0, alerts: 0 } });
      expect((await run.read())[0]).toMatchObject({ status: 'acknowledged' });
      expect((await run.alertsOf(capture))[0]).toMatchObject({ status: 'open', note: '' });
      expect((await run.client.call('mutes.list', {})).mutes).toHaveLength(1);
      expect((await run.client.call('detection.get', {})).settings.preset).toBe('quiet');
      expect((await readFile(capture)).length).toBeGreaterThan(0);
    });
  });
});
