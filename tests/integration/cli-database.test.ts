import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../../src/engine/store/driver';
import { runCli } from '../builders/cli';
import { draw } from '../builders/draw';
import { temporaryFolder } from '../builders/store';

const SCAN = draw(Array.from({ length: 40 }, (_, i) => `203.0.113.9:40000 > 10.0.0.4:${1000 + 7 * i} S`).join('\n')).pcap();

const folder = temporaryFolder();
const file = folder.path('scan.pcap');
const database = folder.path('kept.sqlite');
beforeAll(async () => {
  writeFileSync(file, SCAN);
  // Builds what is stale, once.
  await runCli(['analyze', file]);
}, 120_000);
afterAll(() => folder.remove());

function stored(sql: string): unknown[] {
  const connection = new Connection(database);
  try {
    return connection.all(sql).map((row) => ({ ...row }));
  } finally {
    connection.close();
  }
}

const sums = () =>
  stored(`SELECT (SELECT count(*) FROM captures) AS captures, (SELECT total(complete) FROM captures) AS complete,
    (SELECT count(*) FROM alerts WHERE parent_key IS NULL) AS alerts, (SELECT count(*) FROM flows) AS flows,
    (SELECT total(packets) FROM rollup_minutes WHERE kind = 'protocol') AS packets`);

describe('--database', () => {
  it('keeps what a command reads, once, whatever its filter shows; the output is the same', async () => {
    const plain = await runCli(['analyze', file, '--json']);
    const kept = await runCli(['analyze', file, '--json', '--filter', 'arp', '--database', database]);
    expect(kept.status).toBe(0);
    expect(sums()).toEqual([{ captures: 1, complete: 1, alerts: 1, flows: 40, packets: 40 }]);
    for (const command of ['analyze', 'alerts', 'flows']) {
      const again = await runCli([command, file, '--json', '--database', database]);
      expect([command, again.status]).toEqual([command, 0]);
      if (command === 'analyze') expect(again.stdout).toBe(plain.stdout);
    }
    expect(sums()).toEqual([{ captures: 1, complete: 1, alerts: 1, flows: 40, packets: 40 }]);
    expect(stored("SELECT key FROM rollup_minutes WHERE kind = 'country'")).toEqual([]);
    expect(stored('SELECT path FROM captures')).toEqual([{ path: file }]);
  });

  it('keeps standard input as a capture of its own each time', async () => {
    const before = stored('SELECT id FROM captures').length;
    for (let time = 1; time <= 2; time++) {
      expect((await runCli(['alerts', '-', '--database', database], SCAN)).status).toBe(0);
      expect(stored('SELECT id FROM captures')).toHaveLength(before + time);
    }
    expect(stored('SELECT path FROM captures ORDER BY id DESC LIMIT 1')).toEqual([{ path: 'standard input' }]);
  });

  it('that cannot be opened is said, and nothing is read', async () => {
    const { status, stdout, stderr } = await runCli(['alerts', file, '--database', file]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('is a file of something else; Portlight did not touch it.');
  });

  it('is not touched without the option', async () => {
    const data = folder.path('data');
    process.env.PORTLIGHT_DATA = data;
    try {
      for (const command of ['analyze', 'alerts', 'flows']) expect((await runCli([command, file])).status).toBe(0);
    } finally {
      delete process.env.PORTLIGHT_DATA;
    }
    expect(existsSync(data) ? readdirSync(data) : []).toEqual([]);
  });
});
