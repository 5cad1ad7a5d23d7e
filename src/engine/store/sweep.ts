import { DEFAULT_RETENTION, type RetentionSettings } from '../../shared/model/retention';
import type { Connection } from './driver';
import { ADD_UP, ROLLUP_TIERS } from './traffic';

const DAY_MS = 86_400_000;

/** How long each kind is kept, in milliseconds, counted from its packets or from when its capture was last opened, whichever is later. */
export interface Retention {
  readonly minutes: number;
  readonly hours: number;
  readonly days: number;
  readonly flows: number;
  readonly alerts: number;
  /** Bytes of the file. Beyond it the oldest goes first: flows, minutes, hours, alerts, days. What a person wrote never goes. */
  readonly quota: number;
}

export const retentionOf = ({ minutes, hours, days, flows, alerts, quota }: RetentionSettings): Retention => ({
  minutes: minutes * DAY_MS,
  hours: hours * DAY_MS,
  days: days * DAY_MS,
  flows: flows * DAY_MS,
  alerts: alerts * DAY_MS,
  quota,
});

export const RETENTION: Retention = retentionOf(DEFAULT_RETENTION);

/** Rows of one step: about 20 ms, so that a step never keeps an alert waiting for long. */
const STEP_ROWS = 2000;

/** Beyond the quota it is cleared to this share of it, so that the next minute does not begin it again. */
const QUOTA_GOAL = 0.9;

export interface SweepReport {
  /** Rows that became part of the next coarser roll-up. */
  moved: number;
  removed: number;
}

/** Bytes that rows use, free pages left out. */
export const usedBytes = (connection: Connection): number =>
  (Number(connection.pragma('page_count')) - Number(connection.pragma('freelist_count'))) * Number(connection.pragma('page_size'));

/** Everything that is due at `now` (epoch milliseconds), a step at each `next`, each one to be run in a transaction of its own. */
export function* sweepSteps(connection: Connection, retention: Retention, now: number): Generator<undefined, SweepReport> {
  const report: SweepReport = { moved: 0, removed: 0 };
  const keeps = [retention.minutes, retention.hours, retention.days];
  for (const [tier, { table }] of ROLLUP_TIERS.entries()) {
    const cutoff = now - (keeps[tier] ?? 0);
    const coarser = ROLLUP_TIERS[tier + 1];
    for (const capture of openedBefore(connection, cutoff)) {
      const due = `${table} WHERE capture_id = ? AND bucket < ? ORDER BY bucket, kind, key LIMIT ${STEP_ROWS}`;
      const until = Math.floor(cutoff / 1000);
      for (let changed = STEP_ROWS; changed === STEP_ROWS; yield) {
        if (coarser)
          connection.run(
            `INSERT INTO ${coarser.table} (capture_id, bucket, kind, key, packets, bytes)
              SELECT capture_id, bucket - bucket % ${coarser.seconds}, kind, key, packets, bytes FROM ${due} ${ADD_UP}`,
            capture,
            until,
          );
        changed = connection.run(
          `DELETE FROM ${table} WHERE capture_id = ? AND (bucket, kind, key) IN (SELECT bucket, kind, key FROM ${due})`,
          capture,
          capture,
          until,
        ).changes;
        if (!coarser) markIncomplete(connection, capture, changed);
        report[coarser ? 'moved' : 'removed'] += changed;
      }
    }
  }
  yield* removeOlder(connection, 'flows', 'flow', 'last', now - retention.flows, report);
  yield* removeOlder(connection, 'alerts', 'key', 'time', now - retention.alerts, report);
  yield* keepQuota(connection, retention.quota, report);
  report.removed += connection.run(
    `DELETE FROM captures WHERE opened_at < ?
      ${['alert_handling', 'packet_marks', 'packet_comments', 'alerts', 'flows', 'rollup_minutes', 'rollup_hours', 'rollup_days'].map((table) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE capture_id = captures.id)`).join(' ')}`,
    now - retention.days,
  ).changes;
  yield;
  return report;
}

function* removeOlder(
  connection: Connection,
  table: 'flows' | 'alerts',
  id: string,
  time: string,
  cutoff: number,
  report: SweepReport,
): Generator<undefined> {
  for (const capture of openedBefore(connection, cutoff))
    for (let changed = STEP_ROWS; changed === STEP_ROWS; yield) {
      changed = connection.run(
        `DELETE FROM ${table} WHERE capture_id = ? AND ${id} IN (SELECT ${id} FROM ${table} WHERE capture_id = ? AND ${time} < ? LIMIT ${STEP_ROWS})`,
        capture,
        capture,
        Math.floor(cutoff / 1000),
      ).changes;
      if (table === 'flows') markIncomplete(connection, capture, changed);
      report.removed += changed;
    }
}

function* keepQuota(connection: Connection, quota: number, report: SweepReport): Generator<undefined> {
  if (usedBytes(connection) <= quota) return;
  const victims = [
    { table: 'flows', id: 'flow', order: 'last' },
    { table: 'rollup_minutes', id: 'bucket, kind, key', order: 'bucket' },
    { table: 'rollup_hours', id: 'bucket, kind, key', order: 'bucket' },
    { table: 'alerts', id: 'key', order: 'time' },
    { table: 'rollup_days', id: 'bucket, kind, key', order: 'bucket' },
  ];
  for (const { table, id, order } of victims)
    while (usedBytes(connection) > quota * QUOTA_GOAL) {
      const row = connection.get(
        `SELECT id FROM captures WHERE EXISTS (SELECT 1 FROM ${table} WHERE capture_id = id) ORDER BY opened_at LIMIT 1`,
      );
      if (!row) break;
      const capture = Number(row.id);
      const { changes } = connection.run(
        `DELETE FROM ${table} WHERE capture_id = ? AND (${id}) IN (SELECT ${id} FROM ${table} WHERE capture_id = ? ORDER BY ${order} LIMIT ${STEP_ROWS})`,
        capture,
        capture,
      );
      if (table !== 'alerts') markIncomplete(connection, capture, changes);
      report.removed += changes;
      yield;
    }
}

const openedBefore = (connection: Connection, cutoff: number): number[] =>
  connection.all('SELECT id FROM captures WHERE opened_at < ? ORDER BY opened_at', cutoff).map((row) => Number(row.id));

/** Opened again it is to be stored again from the start. */
function markIncomplete(connection: Connection, capture: number, removed: number): void {
  if (removed > 0) connection.run('UPDATE captures SET complete = 0 WHERE id = ?', capture);
}
