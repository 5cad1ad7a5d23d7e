import {
  HISTORY_TIERS,
  type HistoryAlert,
  type HistoryCapture,
  type HistoryCaptures,
  type HistoryHost,
  type HistoryKind,
  type HistorySeries,
  type HistorySeriesQuery,
  MAX_HISTORY_BUCKETS,
  MAX_HISTORY_CAPTURES,
} from '../../shared/contract/history';
import { SEVERITIES, type Severity } from '../../shared/model/alerts';
import type { Connection, SqlRow } from './driver';
import type { RememberedTraffic } from './records';
import { ROLLUP_TIERS } from './traffic';
import { text } from './values';

const MAX_ALERTS = 100;
const MAX_KEYS = 64;

const ROLLUPS = ROLLUP_TIERS.map(({ table }) => `SELECT capture_id, bucket, kind, key, packets, bytes FROM ${table}`).join(' UNION ALL ');

const noAlerts = (): Record<Severity, number> => ({ info: 0, low: 0, medium: 0, high: 0, critical: 0 });
const isSeverity = (name: string): name is Severity => (SEVERITIES as readonly string[]).includes(name);

/** `LIKE` for what contains the words as they stand. */
const containing = (words: string): string => `%${text(words).replace(/[\\%_]/g, '\\$&')}%`;

/** The latest first. `now`: epoch milliseconds, for mutes that ran out. */
export function capturesOf(connection: Connection, search: string, count: number, now: number): HistoryCaptures {
  const pattern = containing(search);
  const limit = Math.min(count, MAX_HISTORY_CAPTURES);
  const total = Number(connection.get(`SELECT count(*) AS n FROM captures WHERE path LIKE ? ESCAPE '\\'`, pattern)?.n ?? 0);
  const rows = connection.all(
    `SELECT id, path, first_opened_at, opened_at, complete, packets, bytes, flows, first_epoch, last_epoch
      FROM captures WHERE path LIKE ? ESCAPE '\\' ORDER BY opened_at DESC, id DESC LIMIT ?`,
    pattern,
    limit,
  );
  return { captures: rows.map((row) => ({ ...captureOf(row), ...alertCounts(connection, Number(row.id), now) })), total };
}

const captureOf = (row: SqlRow): Omit<HistoryCapture, 'alerts' | 'open'> => ({
  id: Number(row.id),
  path: String(row.path),
  firstOpened: Number(row.first_opened_at),
  opened: Number(row.opened_at),
  complete: row.complete === 1,
  packets: Number(row.packets),
  bytes: Number(row.bytes),
  flows: Number(row.flows),
  firstTime: String(row.first_epoch),
  lastTime: String(row.last_epoch),
});

/** Mutes hide by the same rule as in the engine (`alerts/mutes.ts`). */
const COUNT_ALERTS = `SELECT severity, count(*) AS n, sum(coalesce(status, 'open') = 'open' AND NOT EXISTS (
    SELECT 1 FROM mutes WHERE (mutes.type IS NULL OR mutes.type = alerts.type)
      AND (mutes.source IS NULL OR mutes.source = source_ip) AND (mutes.target IS NULL OR mutes.target = target_ip)
      AND (mutes.port IS NULL OR mutes.port = target_port) AND (mutes.expires IS NULL OR mutes.expires > ?))) AS open
  FROM alerts LEFT JOIN alert_handling USING (capture_id, key)
  WHERE capture_id = ? AND parent_key IS NULL GROUP BY severity`;

function alertCounts(connection: Connection, captureId: number, now: number): Pick<HistoryCapture, 'alerts' | 'open'> {
  const alerts = noAlerts();
  const open = noAlerts();
  for (const { severity, n, open: unhandled } of connection.all(COUNT_ALERTS, now, captureId)) {
    const name = String(severity);
    if (!isSeverity(name)) continue;
    alerts[name] = Number(n);
    open[name] = Number(unhandled);
  }
  return { alerts, open };
}

/** `address` as it is written everywhere. */
export function hostOf(connection: Connection, address: string): HistoryHost {
  const key = text(address, 255);
  const sightings = connection
    .all(
      `SELECT capture_id, path, sum(r.packets) AS packets, sum(r.bytes) AS bytes, min(bucket) AS first, max(bucket) AS last
        FROM (${ROLLUPS}) r JOIN captures ON captures.id = capture_id
        WHERE kind = 'host' AND key = ? GROUP BY capture_id ORDER BY last DESC LIMIT ${MAX_HISTORY_CAPTURES}`,
      key,
    )
    .map((row) => ({
      captureId: Number(row.capture_id),
      path: String(row.path),
      packets: Number(row.packets),
      bytes: Number(row.bytes),
      firstSeen: Number(row.first),
      lastSeen: Number(row.last),
    }));
  const ever = connection.get(
    `SELECT total(packets) AS packets, total(bytes) AS bytes, min(bucket) AS first, max(bucket) AS last FROM (${ROLLUPS}) WHERE kind = 'host' AND key = ?`,
    key,
  );
  return {
    address,
    packets: Number(ever?.packets ?? 0),
    bytes: Number(ever?.bytes ?? 0),
    firstSeen: numberOrNull(ever?.first),
    lastSeen: numberOrNull(ever?.last),
    sightings,
    alerts: alertsOfHost(connection, key),
  };
}

const numberOrNull = (value: SqlRow[string] | undefined): number | null => (typeof value === 'number' ? value : null);

function alertsOfHost(connection: Connection, address: string): HistoryAlert[] {
  const columns = 'capture_id, key, type, severity, title, time, source_ip, target_ip';
  return connection
    .all(
      `SELECT a.*, path, coalesce(status, 'open') AS status FROM (
          SELECT ${columns} FROM alerts WHERE source_ip = ? AND parent_key IS NULL
          UNION SELECT ${columns} FROM alerts WHERE target_ip = ? AND parent_key IS NULL ORDER BY time DESC LIMIT ${MAX_ALERTS}) a
        JOIN captures ON captures.id = capture_id LEFT JOIN alert_handling USING (capture_id, key) ORDER BY time DESC`,
      address,
      address,
    )
    .map((row) => ({
      captureId: Number(row.capture_id),
      path: String(row.path),
      type: row.type as HistoryAlert['type'],
      severity: row.severity as Severity,
      status: row.status as HistoryAlert['status'],
      title: String(row.title),
      time: Number(row.time),
      sourceIp: String(row.source_ip),
      targetIp: String(row.target_ip),
    }));
}

/** What is remembered of traffic before `before` (epoch seconds): of so many captures, the earliest minute of it; null: of none. */
export function rememberedBefore(connection: Connection, before: number): RememberedTraffic | null {
  const earliest = ROLLUP_TIERS.map(
    ({ table }) => `coalesce((SELECT min(bucket) FROM ${table} WHERE capture_id = captures.id), ${Number.MAX_SAFE_INTEGER})`,
  );
  const row = connection.get(
    `SELECT count(*) AS n, min(first) AS since FROM (SELECT min(${earliest.join(', ')}) AS first FROM captures) WHERE first < ?`,
    before,
  );
  const captures = Number(row?.n ?? 0);
  return captures === 0 ? null : { captures, since: Number(row?.since) };
}

/** For each key whether any capture had traffic of it before `before`, epoch seconds. An hour or day that it lies in counts as after. */
export function seenBefore(connection: Connection, kind: HistoryKind, keys: readonly string[], before: number): boolean[] {
  return keys.map((key) => {
    const name = text(key, 255);
    return ROLLUP_TIERS.some(
      ({ table, seconds }) =>
        connection.get(
          `SELECT 1 AS seen FROM ${table} WHERE kind = ? AND key = ? AND bucket <= ? LIMIT 1`,
          kind,
          name,
          before - seconds,
        ) !== undefined,
    );
  });
}

/** Over all captures and all tiers; finer roll-ups are added up, coarser ones stand at the start of their hour or day. */
export function seriesOf(connection: Connection, { kind, key, from, to, tier }: HistorySeriesQuery): HistorySeries {
  const width = ROLLUP_TIERS[HISTORY_TIERS.indexOf(tier)]?.seconds ?? 60;
  const start = from ?? 0;
  const end = to ?? Number.MAX_SAFE_INTEGER;
  const which = key === null ? 'kind = ?' : 'kind = ? AND key = ?';
  const within = ROLLUP_TIERS.map(
    ({ table }) =>
      `SELECT bucket - bucket % ${width} AS at, key, packets, bytes FROM ${table} WHERE ${which} AND bucket >= ? AND bucket < ?`,
  ).join(' UNION ALL ');
  const parameters = ROLLUP_TIERS.flatMap(() => (key === null ? [kind, start, end] : [kind, text(key, 255), start, end]));
  const buckets = connection
    .all(`SELECT DISTINCT at FROM (${within}) ORDER BY at DESC LIMIT ${MAX_HISTORY_BUCKETS}`, ...parameters)
    .map(({ at }) => Number(at))
    .reverse();
  const places = new Map(buckets.map((at, place) => [at, place]));
  const keys = new Map<string, { key: string; packets: number[]; bytes: number[]; total: number }>();
  const sums = `SELECT at, key, sum(packets) AS packets, sum(bytes) AS bytes FROM (${within}) WHERE at >= ? GROUP BY at, key`;
  for (const row of connection.all(sums, ...parameters, buckets[0] ?? 0)) {
    const name = String(row.key);
    let sum = keys.get(name);
    if (!sum) {
      sum = { key: name, packets: new Array<number>(buckets.length).fill(0), bytes: new Array<number>(buckets.length).fill(0), total: 0 };
      keys.set(name, sum);
    }
    const place = places.get(Number(row.at));
    if (place === undefined) continue;
    sum.packets[place] = Number(row.packets);
    sum.bytes[place] = Number(row.bytes);
    sum.total += Number(row.bytes);
  }
  const largest = [...keys.values()].sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1)).slice(0, MAX_KEYS);
  return { width, buckets, keys: largest.map(({ key: name, packets, bytes }) => ({ key: name, packets, bytes })) };
}
