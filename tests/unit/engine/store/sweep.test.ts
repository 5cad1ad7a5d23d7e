import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../../../src/engine/store/database';
import { Connection } from '../../../../src/engine/store/driver';
import type { Recording } from '../../../../src/engine/store/records';
import type { Retention, SweepReport } from '../../../../src/engine/store/sweep';
import { facts, flowRows, identity, rollup, rollupRows, storedAlert, storedFlow, temporaryFolder } from '../../../builders/store';
import { unwrap } from './unwrap';

const DAY_S = 86_400;
/** A midnight, epoch seconds. */
const START = 20_000 * DAY_S;
const day = (days: number): number => (START + days * DAY_S) * 1000;

let folder = temporaryFolder();
let database: Database;
const path = (): string => folder.path('portlight.sqlite');

async function open(retention: Partial<Retention> = {}): Promise<void> {
  database = await unwrap(Database.open(path(), day(0), retention));
}

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  database.close();
  folder.remove();
});

function sweep(now: number): SweepReport {
  const steps = database.sweep(now);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function query(sql: string): unknown[] {
  const connection = new Connection(path());
  try {
    return connection.all(sql).map((row) => ({ ...row }));
  } finally {
    connection.close();
  }
}

const count = (table: string): unknown => (query(`SELECT count(*) AS n FROM ${table}`)[0] as { n: unknown }).n;

/** A live capture, two days of one packet a minute. */
function twoDays(): Recording {
  return database.transaction(() => {
    const capture = database.captureOpened(null, facts(), day(0));
    const minutes = Array.from({ length: 2880 }, (_, minute) => rollup({ bucket: START + minute * 60, packets: 1, bytes: 100 }));
    database.addRollups(capture, rollupRows(...minutes));
    return capture;
  });
}

describe('roll-ups', () => {
  const everything = `SELECT sum(packets) AS packets, sum(bytes) AS bytes FROM
    (SELECT * FROM rollup_minutes UNION ALL SELECT * FROM rollup_hours UNION ALL SELECT * FROM rollup_days)`;
  const total = [{ packets: 2880, bytes: 288_000 }];

  it('become hours, then days, then go; nothing is counted twice or lost before', async () => {
    await open();
    twoDays();
    expect(sweep(day(7))).toEqual({ moved: 0, removed: 0 });
    expect(sweep(day(8)).moved).toBe(1440);
    expect([count('rollup_minutes'), count('rollup_hours'), count('rollup_days')]).toEqual([1440, 24, 0]);
    expect(query(everything)).toEqual(total);
    // Half of an hour now, the other half later: the hour is one row.
    sweep(day(8.5) + 30 * 60_000);
    sweep(day(9));
    expect([count('rollup_minutes'), count('rollup_hours')]).toEqual([0, 48]);
    expect(query('SELECT DISTINCT packets FROM rollup_hours')).toEqual([{ packets: 60 }]);
    sweep(day(92));
    expect([count('rollup_hours'), count('rollup_days')]).toEqual([0, 2]);
    expect(query(everything)).toEqual(total);
    // Two days and the capture itself.
    expect(sweep(day(5 * 365 + 1.5)).removed).toBe(3);
    expect(count('rollup_days')).toBe(0);
  });

  it('of an old file count from when it was last opened', async () => {
    await open();
    const opened = database.transaction(() => database.captureOpened(identity(), facts(), day(4000)));
    database.transaction(() => database.addRollups(opened, rollupRows(rollup({ bucket: START }))));
    expect(sweep(day(4006))).toEqual({ moved: 0, removed: 0 });
    expect(sweep(day(4008)).moved).toBe(1);
  });
});

describe('retention', () => {
  it('removes flows after 30 days and alerts after a year; what a person wrote stays', async () => {
    await open();
    const capture = database.transaction(() => database.captureOpened(identity(), facts(), day(0)));
    const { captureId } = capture;
    database.transaction(() => {
      database.saveFlows(capture, flowRows(storedFlow({ index: 1, last: START }), storedFlow({ index: 2, last: START + 10 * DAY_S })));
      database.saveAlerts(captureId, [storedAlert({ epoch: `${START}.000000000` })]);
      database.handle(captureId, [storedAlert().key], 'acknowledged', 'known', day(0));
      database.captureFinished(capture, facts(), true);
    });
    sweep(day(31));
    expect(query('SELECT flow FROM flows')).toEqual([{ flow: 2 }]);
    sweep(day(3000));
    expect([count('flows'), count('alerts'), count('captures')]).toEqual([0, 0, 1]);
    // Its flows are gone, so the file is to be stored anew; its handling is there.
    expect(database.transaction(() => database.captureOpened(identity(), facts(), day(3001)))).toEqual({
      captureId,
      generation: 1,
      known: true,
      complete: false,
    });
    expect(database.alertsOf(captureId).get(storedAlert().key)?.notes).toHaveLength(1);
  });

  it.each([
    ['marks', (captureId: number) => database.saveMarks(captureId, [{ chunk: 0, rows: '7' }])],
    ['a comment', (captureId: number) => database.saveComment(captureId, 7, 'mine')],
  ])('keeps a capture that has nothing but %s', async (_, write) => {
    await open();
    database.transaction(() => write(database.captureOpened(identity(), facts(), day(0)).captureId));
    sweep(day(3000));
    const { captureId, known } = database.transaction(() => database.captureOpened(identity(), facts(), day(3001)));
    expect(known).toBe(true);
    const { marks, comments } = database.annotationsOf(captureId);
    expect(marks.length + comments.length).toBe(1);
  });

  it('forgets a capture of which nothing is left', async () => {
    await open();
    database.transaction(() => database.captureOpened(identity(), facts(), day(0)));
    sweep(day(1000));
    expect(count('captures')).toBe(1);
    sweep(day(2000));
    expect(count('captures')).toBe(0);
  });
});

describe('the quota', () => {
  it('removes the oldest flows first, keeps alerts, and gives space back to the disk', async () => {
    const quota = 1_000_000;
    await open({ quota });
    const capture = database.transaction(() => database.captureOpened(null, facts(), day(0)));
    const flows = Array.from({ length: 20_000 }, (_, index) => storedFlow({ index, last: START + index, host: 'host.example.org' }));
    database.transaction(() => database.saveFlows(capture, flowRows(...flows)));
    database.transaction(() => database.saveAlerts(capture.captureId, [storedAlert({ epoch: `${START}.0` })]));
    expect(database.info().bytes).toBeGreaterThan(2 * quota);
    expect(sweep(day(1)).removed).toBeGreaterThan(5000);
    expect(database.info().bytes).toBeLessThan(quota);
    expect(database.info().alerts).toBe(1);
    expect(query('SELECT max(flow) AS newest, min(flow) > 5000 AS trimmed FROM flows')).toEqual([{ newest: 19_999, trimmed: 1 }]);
  });

  it('that is too small for anything ends all the same', async () => {
    await open({ quota: 1 });
    const capture = twoDays();
    database.transaction(() => {
      database.saveFlows(capture, flowRows(storedFlow()));
      database.saveAlerts(capture.captureId, [storedAlert()]);
      database.setSetting('kept', 'yes');
    });
    sweep(day(1));
    expect(database.info()).toMatchObject({ alerts: 0, flows: 0 });
    expect(database.getSetting('kept')).toBe('yes');
  });
});
