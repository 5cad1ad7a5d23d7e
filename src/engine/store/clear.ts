import type { Connection } from './driver';

/** Rows of one step, as of the sweep. */
const STEP_ROWS = 2000;
const BIG_TABLES = ['flows', 'rollup_minutes', 'rollup_hours', 'rollup_days', 'alerts'] as const;
const IDS: Readonly<Record<(typeof BIG_TABLES)[number], string>> = {
  flows: 'flow',
  rollup_minutes: 'bucket, kind, key',
  rollup_hours: 'bucket, kind, key',
  rollup_days: 'bucket, kind, key',
  alerts: 'key',
};

/** Captures that were last opened before `cutoff`, epoch milliseconds. */
export const openedBefore = (connection: Connection, cutoff: number): number[] =>
  connection.all('SELECT id FROM captures WHERE opened_at < ?', cutoff).map((row) => Number(row.id));

/**
 * Forgets captures with everything that hangs on them, what a person wrote included; a step at each `next`, each to be run in a transaction
 * of its own. Gives how many captures. Mutes and settings stay.
 */
export function* forgetSteps(connection: Connection, captures: readonly number[]): Generator<undefined, number> {
  // From now on nothing is added to them, by whoever reads them.
  for (const capture of captures) connection.run('UPDATE captures SET generation = -1 WHERE id = ?', capture);
  yield;
  for (const capture of captures) {
    for (const table of BIG_TABLES)
      for (let changed = STEP_ROWS; changed === STEP_ROWS; yield)
        changed = connection.run(
          `DELETE FROM ${table} WHERE capture_id = ? AND (${IDS[table]}) IN (SELECT ${IDS[table]} FROM ${table} WHERE capture_id = ? LIMIT ${STEP_ROWS})`,
          capture,
          capture,
        ).changes;
    connection.run('DELETE FROM captures WHERE id = ?', capture);
    yield;
  }
  return captures.length;
}
