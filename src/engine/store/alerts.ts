import type { AlertStatus } from '../../shared/model/alerts';
import type { Connection } from './driver';
import type { AlertHandling, StoredAlert } from './records';
import { count, countOrNull, finite, json, text, textOrNull, wholeSeconds } from './values';

const COLUMNS = [
  'parent_key',
  'type',
  'severity',
  'time',
  'epoch',
  'last_epoch',
  'source_ip',
  'source_port',
  'target_ip',
  'target_port',
  'source_country',
  'target_country',
  'title',
  'description',
  'technique',
  'count',
  'absorbed',
  'filter',
  'why_measure',
  'why_value',
  'why_threshold',
  'why_unit',
  'why_window',
  'why_quiet',
  'evidence',
  'packets',
  'flows',
];

const SAVE = `INSERT INTO alerts (capture_id, key, ${COLUMNS.join(', ')}) VALUES (?, ?${', ?'.repeat(COLUMNS.length)})
  ON CONFLICT DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;

/** Removes alerts of the capture that have none of these keys. */
export function removeOtherAlerts(connection: Connection, captureId: number, kept: readonly string[]): void {
  connection.run(
    'DELETE FROM alerts WHERE capture_id = ? AND key NOT IN (SELECT value FROM json_each(?))',
    captureId,
    JSON.stringify(kept.map((key) => text(key))),
  );
}

/** Writes an alert as it is now; one of the same key is replaced. */
export function saveAlert(connection: Connection, captureId: number, alert: StoredAlert): void {
  const { why } = alert;
  connection.run(
    SAVE,
    captureId,
    text(alert.key),
    textOrNull(alert.parentKey),
    alert.type,
    alert.severity,
    wholeSeconds(alert.epoch),
    text(alert.epoch),
    text(alert.lastEpoch),
    text(alert.sourceIp),
    countOrNull(alert.sourcePort),
    text(alert.targetIp),
    countOrNull(alert.targetPort),
    textOrNull(alert.sourceCountry),
    textOrNull(alert.targetCountry),
    text(alert.title),
    text(alert.description),
    text(alert.technique),
    count(alert.count),
    count(alert.absorbed),
    text(alert.filter),
    text(why.measure),
    finite(why.value),
    finite(why.threshold),
    text(why.unit),
    why.window === null ? null : finite(why.window),
    text(why.quiet),
    json(alert.evidence, '{}'),
    json(alert.packets, '[]'),
    json(alert.flows, '[]'),
  );
}

/** By the alerts' keys; alerts that nobody handled are not in it. */
export function handlingOf(connection: Connection, captureId: number): Map<string, AlertHandling> {
  const handling = new Map<string, { status: AlertStatus; notes: AlertHandling['notes'][number][] }>();
  for (const { key, status } of connection.all('SELECT key, status FROM alert_handling WHERE capture_id = ?', captureId))
    handling.set(String(key), { status: status as AlertStatus, notes: [] });
  for (const note of connection.all('SELECT key, at, status, text FROM alert_notes WHERE capture_id = ? ORDER BY id', captureId))
    handling.get(String(note.key))?.notes.push({ at: Number(note.at), status: note.status as AlertStatus, text: String(note.text) });
  return handling;
}

/** The status of these alerts from now on, and one step in the history of each. */
export function handle(
  connection: Connection,
  captureId: number,
  keys: readonly string[],
  status: AlertStatus,
  note: string,
  at: number,
): void {
  for (const key of new Set(keys.map((name) => text(name)))) {
    connection.run(
      'INSERT INTO alert_handling (capture_id, key, status) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET status = excluded.status',
      captureId,
      key,
      status,
    );
    connection.run(
      'INSERT INTO alert_notes (capture_id, key, at, status, text) VALUES (?, ?, ?, ?, ?)',
      captureId,
      key,
      count(at),
      status,
      text(note),
    );
  }
}
