import type { StatisticsExport } from '../../shared/contract/statistics-views';
import { csvLine } from '../sinks/csv';

type Value = string | number | boolean | null;

/** Rows as CSV (RFC 4180) or JSON Lines. Nested values become columns: 'packets_ab', 'tcp_resets_ba'. Times are epoch seconds. */
export function exportText(rows: readonly object[], format: StatisticsExport): string {
  const records = rows.map((row) => flat(row));
  if (format === 'jsonl') return records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const columns = Object.keys(records[0] ?? {});
  return [csvLine(columns), ...records.map((record) => csvLine(columns.map((column) => record[column] ?? null)))].join('');
}

function flat(row: object, prefix = ''): Record<string, Value> {
  const record: Record<string, Value> = {};
  for (const [name, value] of Object.entries(row) as [string, unknown][]) {
    if (name === 'id') continue;
    const title = `${prefix}${name}`;
    if (Array.isArray(value)) {
      record[`${title}AB`] = value[0] as Value;
      record[`${title}BA`] = value[1] as Value;
    } else if (typeof value === 'object' && value !== null) Object.assign(record, flat(value));
    else record[title] = value as Value;
  }
  return record;
}
