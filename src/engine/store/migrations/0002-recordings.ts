/**
 * Captures are recorded by one reader at a time: `generation` says which, and rows of an earlier one are left alone. Earlier versions called
 * captures complete although no flows or roll-ups were kept; those are recorded when they are opened next. Indexes for reading back: what an
 * address did in any capture, and the alerts of many captures at once.
 */
export const recordings = `
  ALTER TABLE captures ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE captures ADD COLUMN flows INTEGER NOT NULL DEFAULT 0;
  UPDATE captures SET complete = 0;
  ${['rollup_minutes', 'rollup_hours', 'rollup_days']
    .map((table) => `CREATE INDEX ${table}_by_key ON ${table}(kind, key, bucket);`)
    .join('\n  ')}
  CREATE INDEX alerts_by_rank ON alerts(capture_id, parent_key, severity, type, source_ip, target_ip, target_port);
  CREATE INDEX alerts_by_source ON alerts(source_ip, time);
  CREATE INDEX alerts_by_target ON alerts(target_ip, time);
`;
