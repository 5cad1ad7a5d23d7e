import { copyFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { History } from '../../src/engine/history/history';
import { openStore } from '../../src/engine/store/open-store';
import type { AlertQuery } from '../../src/shared/contract/alerts';
import { draw } from '../builders/draw';

const ALL: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: true };

/** Epoch seconds, whole: a time that every file system keeps. */
const TIME = 1_700_000_000;

const SCAN = Array.from({ length: 40 }, (_, i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n');

/** A program's life with this database: opens the file, does something, and is closed. */
async function inOneRun<T>(folder: string, path: string, run: (engine: Engine) => Promise<T>): Promise<T> {
  const store = await openStore(join(folder, 'portlight.sqlite'));
  if (!store.ok) throw new Error(store.problem.sentence);
  const engine = new Engine({ history: new History(store.value) });
  try {
    await engine.open(path, false);
    while (engine.tick().load.state !== 'done') await new Promise((resolve) => setTimeout(resolve, 5));
    return await run(engine);
  } finally {
    await engine.dispose();
  }
}

const rows = (engine: Engine) => engine.alerts.rows({ from: 0, count: 10, query: ALL, sort: 'time', descending: false }).rows;

describe('history', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portlight-history-'));
    file = join(folder, 'scan.pcap');
    await writeFile(file, draw(SCAN).pcap());
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives notes, states and mutes back when the file is opened again', async () => {
    await inOneRun(folder, file, async (engine) => {
      const [alert] = rows(engine);
      expect(alert).toMatchObject({ type: 'port_scan', status: 'open', sourceIp: '203.0.113.9' });
      await engine.alerts.handle([alert?.id ?? 0], 'acknowledged', 'our own scanner');
      await engine.alerts.addMute({ type: 'port_scan', source: '203.0.113.9', target: null, port: null, reason: 'ours', expires: null });
    });
    await inOneRun(folder, file, async (engine) => {
      expect(rows(engine)).toMatchObject([{ status: 'acknowledged', note: 'our own scanner' }]);
      expect(engine.alerts.mutes()).toMatchObject([{ reason: 'ours', source: '203.0.113.9' }]);
      expect(rows(engine)[0]?.mute).not.toBeNull();
    });
  });

  it('knows a capture under another name, and another capture under the same name', async () => {
    await utimes(file, TIME, TIME);
    await inOneRun(folder, file, (engine) => engine.alerts.handle([rows(engine)[0]?.id ?? 0], 'resolved', 'blocked'));
    const moved = join(folder, 'moved.pcap');
    await copyFile(file, moved);
    await utimes(moved, TIME, TIME);
    expect((await inOneRun(folder, moved, async (engine) => rows(engine)))[0]).toMatchObject({ status: 'resolved', note: 'blocked' });
    await writeFile(file, draw(`${SCAN}\n10.0.0.1:5000 > 10.0.0.4:80 S`).pcap());
    expect((await inOneRun(folder, file, async (engine) => rows(engine)))[0]).toMatchObject({ status: 'open', note: '' });
  });

  it('forgets a mute that was removed', async () => {
    await inOneRun(folder, file, async (engine) => {
      const mute = await engine.alerts.addMute({ type: null, source: null, target: null, port: 22, reason: '', expires: null });
      await engine.alerts.removeMute(mute.id);
    });
    expect(await inOneRun(folder, file, async (engine) => engine.alerts.mutes())).toEqual([]);
  });
});
