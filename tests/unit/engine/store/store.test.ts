import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../../../src/engine/store/driver';
import { openStore } from '../../../../src/engine/store/open-store';
import type { Store } from '../../../../src/engine/store/store';
import { facts, flowRows, identity, rollup, rollupRows, storedAlert, storedFlow, temporaryFolder } from '../../../builders/store';
import { unwrap } from './unwrap';

const AT = 1_760_000_000_000;

let folder = temporaryFolder();
let store: Store;
const path = (): string => folder.path('portlight.sqlite');

beforeEach(async () => {
  folder = temporaryFolder();
  store = await unwrap(openStore(path(), { inProcess: 10 }));
});

afterEach(async () => {
  await store.close();
  folder.remove();
});

async function reopen(): Promise<void> {
  await store.close();
  store = await unwrap(openStore(path(), { inProcess: 10 }));
}

/** Reads the file as SQLite has it, after everything was committed. */
async function rows(sql: string): Promise<unknown[]> {
  await reopen();
  const connection = new Connection(path());
  try {
    return connection.all(sql).map((row) => ({ ...row }));
  } finally {
    connection.close();
  }
}

describe('captures', () => {
  it('are recognised by size, time and hash', async () => {
    const first = await unwrap(store.captureOpened(identity(), facts(), AT));
    expect(first).toMatchObject({ known: false, complete: false });
    await reopen();
    expect(await unwrap(store.captureOpened(identity(), facts({ path: '/moved.pcap' }), AT + 1))).toEqual({
      captureId: first.captureId,
      generation: 1,
      known: true,
      complete: false,
    });
    for (const other of [{ size: 1001 }, { modified: 1 }, { hash: 'cd'.repeat(32) }])
      expect(await unwrap(store.captureOpened(identity(other), facts(), AT))).toMatchObject({ known: false });
  });

  it('without a file are new each time', async () => {
    const first = await unwrap(store.captureOpened(null, facts({ path: 'eth0' }), AT));
    const second = await unwrap(store.captureOpened(null, facts({ path: 'eth0' }), AT));
    expect(second).toMatchObject({ known: false });
    expect(second.captureId).not.toBe(first.captureId);
  });

  it('left half-read lose their traffic when they are opened again; finished ones keep it', async () => {
    const first = await unwrap(store.captureOpened(identity(), facts(), AT));
    await store.addRollups(first, rollupRows(rollup()));
    await store.saveFlows(first, flowRows(storedFlow()));
    const second = await unwrap(store.captureOpened(identity(), facts(), AT));
    expect((await unwrap(store.info())).flows).toBe(0);
    await store.addRollups(second, rollupRows(rollup()));
    await store.saveFlows(second, flowRows(storedFlow()));
    await store.captureFinished(second, facts({ packets: 5 }), true);
    expect(await unwrap(store.captureOpened(identity(), facts(), AT))).toEqual({ ...second, known: true, complete: true });
    expect(await rows('SELECT packets, bytes FROM rollup_minutes')).toEqual([{ packets: 10, bytes: 1000 }]);
    expect(await rows('SELECT first, last, host FROM flows')).toEqual([{ first: 1_700_000_000.5, last: 1_700_000_001.25, host: '' }]);
  });

  it('are recorded by the one who opened them last', async () => {
    const first = await unwrap(store.captureOpened(identity(), facts(), AT));
    const second = await unwrap(store.captureOpened(identity(), facts(), AT + 1));
    await store.addRollups(first, rollupRows(rollup()));
    await store.saveFlows(first, flowRows(storedFlow()));
    await store.captureFinished(first, facts({ packets: 1 }), true);
    expect(await rows('SELECT (SELECT count(*) FROM flows) AS flows, (SELECT count(*) FROM rollup_minutes) AS rollups')).toEqual([
      { flows: 0, rollups: 0 },
    ]);
    await store.captureFinished(second, facts({ packets: 2, flows: 1 }), true);
    expect(await rows('SELECT complete, packets, flows FROM captures')).toEqual([{ complete: 1, packets: 2, flows: 1 }]);
  });
});

describe('alerts', () => {
  it('that another analysis found are removed, those that are not sent again stay', async () => {
    const { captureId } = await unwrap(store.captureOpened(identity(), facts(), AT));
    await store.saveAlerts(
      captureId,
      ['a', 'b', 'c'].map((key) => storedAlert({ key })),
    );
    await unwrap(store.saveAlerts(captureId, [storedAlert({ key: 'd' })], ['b', 'd']));
    expect(await rows('SELECT key FROM alerts ORDER BY key')).toEqual([{ key: 'b' }, { key: 'd' }]);
    await unwrap(store.saveAlerts(captureId, [], []));
    expect(await rows('SELECT key FROM alerts')).toEqual([]);
  });

  it('keep their handling when the file is opened and analysed again', async () => {
    const { captureId } = await unwrap(store.captureOpened(identity(), facts(), AT));
    const { key } = storedAlert();
    await store.saveAlerts(captureId, [storedAlert()]);
    await store.handle(captureId, [key], 'acknowledged', 'our own scanner', AT);
    await store.handle(captureId, [key, 'another'], 'resolved', '', AT + 1);
    await reopen();
    const again = await unwrap(store.captureOpened(identity(), facts(), AT + 2));
    await store.saveAlerts(again.captureId, [storedAlert({ count: 7 })]);
    const handling = await unwrap(store.alertsOf(again.captureId));
    expect(handling.get(key)).toEqual({
      status: 'resolved',
      notes: [
        { at: AT, status: 'acknowledged', text: 'our own scanner' },
        { at: AT + 1, status: 'resolved', text: '' },
      ],
    });
    expect([...handling.keys()]).toEqual(expect.arrayContaining([key, 'another']));
    expect(await rows('SELECT count, evidence, packets, flows, epoch FROM alerts')).toEqual([
      { count: 7, evidence: '{"ports":[22,23],"kind":"SYN"}', packets: '[1,2,3]', flows: '[0,1]', epoch: '1700000000.123456789' },
    ]);
  });

  it('of one capture are not those of another', async () => {
    const one = await unwrap(store.captureOpened(identity(), facts(), AT));
    const two = await unwrap(store.captureOpened(identity({ size: 5 }), facts(), AT));
    await store.handle(one.captureId, ['same key'], 'acknowledged', 'seen', AT);
    expect((await unwrap(store.alertsOf(two.captureId))).size).toBe(0);
  });

  it('take whatever a packet contained', async () => {
    const capture = await unwrap(store.captureOpened(identity(), facts({ path: "'; DROP TABLE alerts; --" }), AT));
    const { captureId } = capture;
    const hostile = ["'; DROP TABLE alerts; --", 'a\0b', 'half \ud800 pair', '\u202e<b>', 'x'.repeat(1 << 21), '', '__proto__'];
    const saved = await store.saveAlerts(
      captureId,
      hostile.map((key) =>
        storedAlert({
          key,
          title: key,
          evidence: { text: key },
          epoch: 'NaN',
          count: Number.POSITIVE_INFINITY,
          sourcePort: -5,
          why: { ...storedAlert().why, value: Number.NaN },
        }),
      ),
    );
    expect(saved.ok).toBe(true);
    await unwrap(store.handle(captureId, hostile, 'acknowledged', '\0'.repeat(100_000), Number.NaN));
    expect((await unwrap(store.alertsOf(captureId))).size).toBe(hostile.length);
    expect(
      await unwrap(store.saveFlows(capture, flowRows(storedFlow({ bytes: 2 ** 70, first: Number.NaN, host: hostile[4] ?? '' })))),
    ).toBeNull();
    const sizes = await rows(
      'SELECT max(length(title)) AS title, max(length(evidence)) AS evidence, count(*) AS n, max(time) AS time FROM alerts',
    );
    expect(sizes).toEqual([{ title: 4096, evidence: expect.any(Number), n: hostile.length, time: 0 }]);
    expect((sizes[0] as { evidence: number }).evidence).toBeLessThan(1 << 20);
  });

  it('of a capture that is not there are refused alone', async () => {
    const { captureId } = await unwrap(store.captureOpened(identity(), facts(), AT));
    const [bad, good] = await Promise.all([store.saveAlerts(captureId + 1, [storedAlert()]), store.saveAlerts(captureId, [storedAlert()])]);
    expect(bad).toMatchObject({ ok: false, problem: { code: 'store-refused' } });
    expect(good.ok).toBe(true);
    expect((await unwrap(store.info())).alerts).toBe(1);
  });
});

describe('mutes and settings', () => {
  it('are kept, counted and removed', async () => {
    const mute = { type: 'port_scan', source: '203.0.113.5', target: null, port: 22, reason: 'monitoring', expires: AT + 1000 } as const;
    const added = await unwrap(store.addMute(mute, AT));
    expect(added).toEqual({ ...mute, id: added.id, created: AT, hits: 0 });
    const other = await unwrap(store.addMute({ ...mute, type: null, expires: null }, AT));
    await store.countMuteHits([added.id, added.id, 999]);
    await store.removeMute(other.id);
    await reopen();
    expect(await unwrap(store.mutes())).toEqual([{ ...added, hits: 2 }]);
    expect((await unwrap(store.addMute(mute, AT))).id).toBeGreaterThan(other.id);
  });

  it('settings are the last text that was set', async () => {
    expect(await unwrap(store.getSetting('detection'))).toBeNull();
    await store.setSetting('detection', '{"preset":"quiet"}');
    await store.setSetting('detection', '{"preset":"everything"}');
    await reopen();
    expect(await unwrap(store.getSetting('detection'))).toBe('{"preset":"everything"}');
  });
});

describe('writing', () => {
  it('is seen by what is asked after it', async () => {
    void store.setSetting('a', '1');
    void store.setSetting('a', '2');
    expect(await unwrap(store.getSetting('a'))).toBe('2');
  });

  it('adds up the traffic of one minute', async () => {
    const capture = await unwrap(store.captureOpened(null, facts(), AT));
    await store.addRollups(capture, rollupRows(rollup({ bucket: 61 }), rollup({ bucket: 119.5 }), rollup({ bucket: 120 })));
    await store.addRollups(capture, rollupRows(rollup({ bucket: 120, bytes: Number.MAX_SAFE_INTEGER })));
    expect(await rows('SELECT bucket, packets, bytes FROM rollup_minutes ORDER BY bucket')).toEqual([
      { bucket: 60, packets: 20, bytes: 2000 },
      { bucket: 120, packets: 20, bytes: Number.MAX_SAFE_INTEGER },
    ]);
  });

  it('beyond the bound drops rows, counts them, and keeps what a person does', async () => {
    const capture = await unwrap(store.captureOpened(null, facts(), AT));
    const batch = rollupRows(...Array.from({ length: 2000 }, (_, index) => rollup({ key: String(index) })));
    const answers = await Promise.all([
      ...Array.from({ length: 120 }, () => store.addRollups(capture, batch)),
      store.handle(capture.captureId, ['k'], 'acknowledged', 'seen', AT),
    ]);
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused).toHaveLength(20);
    expect(refused[0]).toMatchObject({ problem: { code: 'store-busy' } });
    expect(answers.at(-1)?.ok).toBe(true);
    expect((await unwrap(store.info())).dropped).toBe(40_000);
  });

  it('after closing is a problem, and closing leaves everything in one file that only its owner reads', async () => {
    await store.close();
    expect(await store.setSetting('a', '1')).toMatchObject({ ok: false, problem: { code: 'store-closed' } });
    expect(statSync(`${path()}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    if (process.platform !== 'win32') expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('info says what is there', async () => {
    await store.captureOpened(identity(), facts(), AT);
    const info = await unwrap(store.info());
    expect(info).toMatchObject({ path: path(), captures: 1, alerts: 0, flows: 0, oldest: AT, dropped: 0, quota: 2_000_000_000 });
    expect(info.bytes).toBeGreaterThan(4096);
  });
});
