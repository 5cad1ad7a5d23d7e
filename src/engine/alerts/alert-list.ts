import type { AlertGroup, AlertGrouping, AlertQuery, AlertSort } from '../../shared/contract/alerts';
import { ALERT_STATUSES, type AlertRow, SEVERITIES } from '../../shared/model/alerts';

/** Groups that one answer has, the worst. */
const MAX_GROUPS = 500;

export function matchesQuery(row: AlertRow, query: AlertQuery): boolean {
  const { severities, types, statuses, source, muted } = query;
  if (!muted && row.mute !== null) return false;
  if (severities.length > 0 && !severities.includes(row.severity)) return false;
  if (types.length > 0 && !types.includes(row.type)) return false;
  if (statuses.length > 0 && !statuses.includes(row.status)) return false;
  if (source !== null && row.sourceIp !== source) return false;
  return hasWords(row, query.text);
}

function hasWords(row: AlertRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const where = [row.title, row.description, row.type, row.sourceIp, row.targetIp, row.targetPort ?? '', row.technique, row.note]
    .join('\n')
    .toLowerCase();
  return words.every((word) => where.includes(word));
}

type Order = (a: AlertRow, b: AlertRow) => number;

const texts = new Intl.Collator('en', { numeric: true });

const ORDERS: Readonly<Record<AlertSort, Order>> = {
  severity: (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  time: (a, b) => a.time - b.time,
  lastTime: (a, b) => a.lastTime - b.lastTime,
  type: (a, b) => texts.compare(a.title, b.title),
  source: (a, b) => texts.compare(a.sourceIp, b.sourceIp),
  target: (a, b) => texts.compare(a.targetIp, b.targetIp) || (a.targetPort ?? -1) - (b.targetPort ?? -1),
  count: (a, b) => a.count - b.count,
  status: (a, b) => ALERT_STATUSES.indexOf(a.status) - ALERT_STATUSES.indexOf(b.status),
};

/** Sorts in place. Equals stand in order of time, whichever way it is sorted. */
export function sortAlerts(rows: AlertRow[], sort: AlertSort, descending: boolean): AlertRow[] {
  const order = ORDERS[sort];
  const sign = descending ? -1 : 1;
  return rows.sort((a, b) => sign * order(a, b) || a.time - b.time || a.id - b.id);
}

/** The worst first. */
export function groupAlerts(rows: readonly AlertRow[], by: AlertGrouping): AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const row of rows) {
    const key = by === 'source' ? row.sourceIp : row.type;
    const before = groups.get(key);
    const open = row.status === 'open' ? 1 : 0;
    groups.set(key, {
      key,
      count: (before?.count ?? 0) + 1,
      open: (before?.open ?? 0) + open,
      severity: before && rank(before) >= rank(row) ? before.severity : row.severity,
      lastTime: Math.max(before?.lastTime ?? Number.NEGATIVE_INFINITY, row.lastTime),
    });
  }
  return [...groups.values()].sort((a, b) => rank(b) - rank(a) || b.count - a.count || texts.compare(a.key, b.key)).slice(0, MAX_GROUPS);
}

const rank = ({ severity }: Pick<AlertRow, 'severity'>): number => SEVERITIES.indexOf(severity);
