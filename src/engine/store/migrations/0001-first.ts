const rollup = (table: string): string => `
  CREATE TABLE ${table} (
    capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE,
    bucket INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    packets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (capture_id, bucket, kind, key)
  ) STRICT, WITHOUT ROWID;`;

/**
 * Times named `at`, `*_at`, `created` and `expires` are epoch milliseconds of the wall clock; `time`, `first`, `last` and `bucket` are epoch
 * seconds of packets.
 */
export const first = `
  CREATE TABLE captures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    size INTEGER,
    modified INTEGER,
    hash TEXT,
    path TEXT NOT NULL,
    first_opened_at INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    complete INTEGER NOT NULL DEFAULT 0,
    packets INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    first_epoch TEXT NOT NULL DEFAULT '',
    last_epoch TEXT NOT NULL DEFAULT '',
    UNIQUE (size, modified, hash)
  ) STRICT;
  CREATE INDEX captures_by_opening ON captures(opened_at);

  CREATE TABLE alerts (
    capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    parent_key TEXT,
    type TEXT NOT NULL,
    severity TEXT NOT NULL,
    time INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    last_epoch TEXT NOT NULL,
    source_ip TEXT NOT NULL,
    source_port INTEGER,
    target_ip TEXT NOT NULL,
    target_port INTEGER,
    source_country TEXT,
    target_country TEXT,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    technique TEXT NOT NULL,
    count INTEGER NOT NULL,
    absorbed INTEGER NOT NULL,
    filter TEXT NOT NULL,
    why_measure TEXT NOT NULL,
    why_value REAL NOT NULL,
    why_threshold REAL NOT NULL,
    why_unit TEXT NOT NULL,
    why_window REAL,
    why_quiet TEXT NOT NULL,
    evidence TEXT NOT NULL,
    packets TEXT NOT NULL,
    flows TEXT NOT NULL,
    PRIMARY KEY (capture_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alerts_by_time ON alerts(capture_id, time);

  -- Apart from alerts: what a person wrote outlives the rows that it is about, and rows are written anew with each analysis.
  CREATE TABLE alert_handling (
    capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (capture_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE alert_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    capture_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    text TEXT NOT NULL,
    FOREIGN KEY (capture_id, key) REFERENCES alert_handling(capture_id, key) ON DELETE CASCADE
  ) STRICT;
  CREATE INDEX alert_notes_by_alert ON alert_notes(capture_id, key, id);

  CREATE TABLE mutes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT,
    source TEXT,
    target TEXT,
    port INTEGER,
    reason TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER,
    hits INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE flows (
    capture_id INTEGER NOT NULL REFERENCES captures(id) ON DELETE CASCADE,
    flow INTEGER NOT NULL,
    protocol TEXT NOT NULL,
    source TEXT NOT NULL,
    source_port INTEGER,
    destination TEXT NOT NULL,
    destination_port INTEGER,
    first REAL NOT NULL,
    last REAL NOT NULL,
    packets INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    packets_back INTEGER NOT NULL,
    bytes_back INTEGER NOT NULL,
    state TEXT NOT NULL,
    tcp_flags TEXT NOT NULL,
    service TEXT NOT NULL,
    host TEXT NOT NULL,
    PRIMARY KEY (capture_id, flow)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX flows_by_time ON flows(capture_id, last);
  ${['rollup_minutes', 'rollup_hours', 'rollup_days'].map(rollup).join('')}
`;
