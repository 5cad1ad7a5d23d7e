import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../../src/engine/store/open-store';
import type { Store } from '../../../../src/engine/store/store';
import { MAX_HISTORY_BUCKETS } from '../../../../src/shared/contract/history';
import { facts, flowRows, identity, rollup, rollupRows, storedAlert, storedFlow, temporaryFolder } from '../../../builders/store';
import { unwrap } from './unwrap';

const AT = 1_760_000_000_000;
const HOUR = 3600;
/** A midnight, epoch seconds. */
const DAY = 20_000 * 86_400;

let folder = temporaryFolder();
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await unwrap(openStore(folder.path('portlight.sqlite'), { inProcess: 10 }));
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const capture = (path: string, at: number, size = at) => unwrap(store.captureOpened(identity({ size }), facts({ path }), at));
const captures = (search = '') => unwrap(store.captures(search, 10, AT));

describe('captures', () => {
  it('come latest first, with what is known of them', async () => {
    const one = await capture('/captures/one.pcap', AT);
    await capture('/captures/two.pcap', AT + 1);
    await store.captureFinished(
      one,
      facts({ path: '/captures/one.pcap', packets: 7, bytes: 700, flows: 2, firstEpoch: '1.5', lastEpoch: '9.0' }),
      true,
    );
    const { captures: listed, total } = await captures();
    expect(total).toBe(2);
    expect(listed.map(({ path }) => path)).toEqual(['/captures/two.pcap', '/captures/one.pcap']);
    expect(listed[0]).toMatchObject({ complete: false, packets: 0 });
    expect(listed[1]).toMatchObject({ complete: true, packets: 7, bytes: 700, flows: 2, firstTime: '1.5', lastTime: '9.0', opened: AT });
  });

  it('are found by words of their path as they stand', async () => {
    await capture('/captures/Office_1.pcap', AT);
    await capture('/captures/100%.pcap', AT + 1);
    const found = async (search: string) => (await captures(search)).captures.map(({ path }) => path);
    expect(await found('office')).toEqual(['/captures/Office_1.pcap']);
    expect(await found('%')).toEqual(['/captures/100%.pcap']);
    expect(await found('e_1')).toEqual(['/captures/Office_1.pcap']);
    expect(await found("' OR 1=1 --")).toEqual([]);
  });

  it('count alerts that are open: not handled, not muted, no part of another', async () => {
    const { captureId } = await capture('/a.pcap', AT);
    await store.saveAlerts(captureId, [
      storedAlert({ key: 'open' }),
      storedAlert({ key: 'handled' }),
      storedAlert({ key: 'reopened' }),
      storedAlert({ key: 'muted', sourceIp: '198.51.100.7', severity: 'low' }),
      storedAlert({ key: 'child', parentKey: 'open' }),
    ]);
    await store.handle(captureId, ['handled', 'reopened'], 'resolved', '', AT);
    await store.handle(captureId, ['reopened'], 'open', '', AT);
    const mute = { type: null, target: null, port: null, reason: '' };
    await store.addMute({ ...mute, source: '198.51.100.7', expires: null }, AT);
    await store.addMute({ ...mute, source: storedAlert().sourceIp, expires: AT - 1 }, AT - 10);
    const [listed] = (await captures()).captures;
    expect(listed?.alerts).toEqual({ info: 0, low: 1, medium: 0, high: 3, critical: 0 });
    expect(listed?.open).toEqual({ info: 0, low: 0, medium: 0, high: 2, critical: 0 });
  });

  it('are forgotten with all that hangs on them; rows that come later are left out', async () => {
    const gone = await capture('/gone.pcap', AT);
    const kept = await capture('/kept.pcap', AT + 1);
    for (const one of [gone, kept]) {
      await store.saveAlerts(one.captureId, [storedAlert()]);
      await store.handle(one.captureId, [storedAlert().key], 'acknowledged', 'mine', AT);
      await store.saveMarks(one.captureId, [{ chunk: 0, rows: '7' }]);
      await store.addRollups(one, rollupRows(rollup({ kind: 'host', key: '192.0.2.1' })));
      await store.saveFlows(one, flowRows(storedFlow()));
    }
    await unwrap(store.forget(gone.captureId));
    await store.addRollups(gone, rollupRows(rollup({ kind: 'host', key: '192.0.2.1' })));
    await store.captureFinished(gone, facts({ path: '/gone.pcap' }), true);
    expect((await captures()).captures.map(({ path }) => path)).toEqual(['/kept.pcap']);
    expect((await unwrap(store.host('192.0.2.1'))).sightings.map(({ path }) => path)).toEqual(['/kept.pcap']);
    expect(await unwrap(store.info())).toMatchObject({ captures: 1, flows: 1, alerts: 1 });
    expect(await unwrap(store.annotationsOf(gone.captureId))).toEqual({ marks: [], comments: [] });
    expect((await unwrap(store.annotationsOf(kept.captureId))).marks).toEqual([{ chunk: 0, rows: '7' }]);
    expect((await capture('/gone.pcap', AT)).known).toBe(false);
  });
});

describe('a host', () => {
  it('is found in every capture and tier, with its alerts', async () => {
    const old = await capture('/old.pcap', AT - 30 * 86_400_000);
    await store.addRollups(
      old,
      rollupRows(rollup({ kind: 'host', key: '192.0.2.1', bucket: DAY }), rollup({ kind: 'host', key: '192.0.2.1', bucket: DAY + 60 })),
    );
    await store.sweep(AT);
    const recent = await capture('/recent.pcap', AT);
    await store.addRollups(
      recent,
      rollupRows(rollup({ kind: 'host', key: '192.0.2.1', bucket: DAY + 600 }), rollup({ kind: 'host', key: '192.0.2.2' })),
    );
    await store.saveAlerts(recent.captureId, [
      storedAlert({ key: 'a' }),
      storedAlert({ key: 'b', sourceIp: '192.0.2.1', targetIp: '192.0.2.1' }),
    ]);
    expect(await unwrap(store.host('192.0.2.1'))).toMatchObject({
      packets: 30,
      bytes: 3000,
      firstSeen: DAY,
      lastSeen: DAY + 600,
      sightings: [
        { path: '/recent.pcap', packets: 10, firstSeen: DAY + 600, lastSeen: DAY + 600 },
        { path: '/old.pcap', packets: 20, firstSeen: DAY, lastSeen: DAY },
      ],
      alerts: [{ path: '/recent.pcap', status: 'open' }, { path: '/recent.pcap' }],
    });
    expect(await unwrap(store.host('203.0.113.77'))).toMatchObject({ packets: 0, firstSeen: null, sightings: [], alerts: [] });
  });
});

describe('a series', () => {
  const query = { kind: 'protocol', key: null, from: null, to: null, tier: 'hour' } as const;

  it('adds up captures and tiers, and has only buckets with traffic', async () => {
    const one = await capture('/one.pcap', AT - 30 * 86_400_000);
    await store.addRollups(one, rollupRows(rollup({ bucket: DAY }), rollup({ bucket: DAY + 120, key: 'DNS', bytes: 5 })));
    await store.sweep(AT);
    const two = await capture('/two.pcap', AT);
    await store.addRollups(
      two,
      rollupRows(rollup({ bucket: DAY + 60 }), rollup({ bucket: DAY + 5 * HOUR }), rollup({ kind: 'host', key: 'x' })),
    );
    expect(await unwrap(store.series(query))).toEqual({
      width: HOUR,
      buckets: [DAY, DAY + 5 * HOUR],
      keys: [
        { key: 'TCP', packets: [20, 10], bytes: [2000, 1000] },
        { key: 'DNS', packets: [10, 0], bytes: [5, 0] },
      ],
    });
    expect(await unwrap(store.series({ ...query, tier: 'day', key: 'TCP' }))).toMatchObject({ buckets: [DAY], keys: [{ bytes: [3000] }] });
    expect(await unwrap(store.series({ ...query, from: DAY + HOUR, to: DAY + 9 * HOUR }))).toMatchObject({ buckets: [DAY + 5 * HOUR] });
    expect(await unwrap(store.series({ ...query, kind: 'country' }))).toEqual({ width: HOUR, buckets: [], keys: [] });
  });

  it('is bounded: the latest are there', async () => {
    const one = await capture('/one.pcap', AT);
    const many = MAX_HISTORY_BUCKETS + 20;
    await store.addRollups(
      one,
      rollupRows(...Array.from({ length: many }, (_, i) => rollup({ bucket: DAY + i * 60, key: `P${i}`, bytes: i }))),
    );
    const { buckets, keys } = await unwrap(store.series({ ...query, tier: 'minute' }));
    expect([buckets.length, buckets[0], buckets.at(-1)]).toEqual([MAX_HISTORY_BUCKETS, DAY + 20 * 60, DAY + (many - 1) * 60]);
    expect([keys.length, keys[0]?.key]).toEqual([64, `P${many - 1}`]);
  });
});

describe('what was seen before a day', () => {
  it('is what any capture had until then, in whichever tier it is by now', async () => {
    expect(await unwrap(store.rememberedBefore(DAY))).toBeNull();
    const old = await capture('/old.pcap', AT - 30 * 86_400_000);
    await store.addRollups(
      old,
      rollupRows(
        rollup({ kind: 'host', key: '192.0.2.1', bucket: DAY - 86_400 }),
        rollup({ kind: 'host', key: '192.0.2.2', bucket: DAY - 60 }),
        rollup({ kind: 'host', key: '192.0.2.3', bucket: DAY }),
        rollup({ kind: 'port', key: 'TCP/22', bucket: DAY - 60 }),
      ),
    );
    const keys = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
    const seen = () => unwrap(store.seenBefore('host', keys, DAY));
    expect(await seen()).toEqual([true, true, false, false]);
    expect(await unwrap(store.seenBefore('port', ['TCP/22', 'UDP/22', "' OR 1=1 --"], DAY))).toEqual([true, false, false]);
    expect(await unwrap(store.rememberedBefore(DAY))).toEqual({ captures: 1, since: DAY - 86_400 });
    await store.sweep(AT);
    expect(await seen()).toEqual([true, true, false, false]);
    await capture('/no-traffic.pcap', AT);
    expect(await unwrap(store.rememberedBefore(DAY))).toMatchObject({ captures: 1 });
  });
});
