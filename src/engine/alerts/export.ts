import type { AlertExport } from '../../shared/contract/alerts';
import type { AlertRow, Severity } from '../../shared/model/alerts';
import { csvLine } from '../sinks/csv';

const COLUMNS = [
  'time',
  'lastTime',
  'severity',
  'type',
  'title',
  'sourceIp',
  'sourcePort',
  'sourceCountry',
  'targetIp',
  'targetPort',
  'targetCountry',
  'count',
  'status',
  'technique',
  'description',
  'note',
] as const;

/** Alerts as a text of this format; times are UTC. */
export function exportAlerts(rows: readonly AlertRow[], format: AlertExport): string {
  if (format === 'csv') return [csvLine(COLUMNS), ...rows.map(csvRow)].join('');
  return rows.map((row) => `${format === 'jsonl' ? JSON.stringify(record(row)) : syslogLine(row)}\n`).join('');
}

/** RFC 3339 with as many decimals, from epoch seconds with decimals; '' where it is no time that a calendar has. */
export function timestamp(epoch: string, decimals: 3 | 6 | 9 = 9): string {
  const [seconds = '', fraction = ''] = epoch.split('.');
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0) return '';
  return `${date.toISOString().slice(0, 19)}.${fraction.padEnd(9, '0').slice(0, decimals)}Z`;
}

const record = (row: AlertRow) => ({
  time: timestamp(row.epoch),
  lastTime: timestamp(row.lastEpoch),
  severity: row.severity,
  type: row.type,
  title: row.title,
  sourceIp: row.sourceIp,
  sourcePort: row.sourcePort,
  sourceCountry: row.sourceCountry,
  targetIp: row.targetIp,
  targetPort: row.targetPort,
  targetCountry: row.targetCountry,
  count: row.count,
  status: row.status,
  technique: row.technique,
  description: row.description,
  note: row.note,
  key: row.key,
});

function csvRow(row: AlertRow): string {
  const values = record(row);
  return csvLine(COLUMNS.map((column) => values[column]));
}

/** RFC 5424 facility 13, "log audit". */
const FACILITY = 13;
const LEVELS: Readonly<Record<Severity, number>> = { critical: 2, high: 3, medium: 4, low: 5, info: 6 };
/** RFC 5612's number for documentation: structured data of one's own needs an enterprise number. */
const STRUCTURED_ID = 'alert@32473';
/** RFC 5424 section 6.1: every receiver takes 480 octets, most 2,048. */
const MAX_SYSLOG_BYTES = 2048;
const UTF8_MARK = '\uFEFF';

/** One message of RFC 5424, without a line end, at most 2,048 octets. `host`: the sender's name, '-' where it is not told. */
export function syslogLine(row: AlertRow, host = '-'): string {
  const priority = FACILITY * 8 + LEVELS[row.severity];
  const data = [
    ['severity', row.severity],
    ['src', row.sourceIp],
    ['spt', row.sourcePort],
    ['dst', row.targetIp],
    ['dpt', row.targetPort],
    ['count', row.count],
    ['status', row.status],
    ['technique', row.technique],
  ] as const;
  const params = data
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}="${parameter(String(value))}"`);
  // RFC 5424 allows six decimals.
  const head = `<${priority}>1 ${timestamp(row.epoch, 6) || '-'} ${header(host)} portlight - ${row.type} [${STRUCTURED_ID}${params.join('')}] `;
  const message = `${row.title}: ${row.description}`.replaceAll(/\p{Cc}/gu, ' ');
  return cut(`${head}${UTF8_MARK}${message}`, MAX_SYSLOG_BYTES);
}

const header = (text: string): string => text.replaceAll(/[^!-~]/g, '').slice(0, 255) || '-';
const parameter = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/["\\\]]/g, '\\$&');

/** At most so many octets of UTF-8, no character cut in two. */
function cut(text: string, octets: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= octets) return text;
  let end = octets;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
