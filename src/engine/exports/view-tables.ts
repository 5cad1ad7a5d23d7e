import { epochOf } from '../../shared/base/format-time';
import type { ExposedPort } from '../../shared/contract/exposure';
import type { HostRow } from '../../shared/model/hosts';
import type { Value } from './packet-fields';

/** A table whose rows another service gives: a window of it, and what a row's cells hold. */
export interface ViewTable<Row> {
  readonly columns: readonly string[];
  rows(from: number, count: number): Promise<{ readonly rows: readonly Row[]; readonly total: number }>;
  values(row: Row): readonly Value[];
}

const HOST_COLUMNS = [
  'address',
  'scope',
  'own',
  'name',
  'country',
  'city',
  'organisation',
  'firstTime',
  'lastTime',
  'packetsSent',
  'packetsReceived',
  'bytesSent',
  'bytesReceived',
  'flowsBegun',
  'flowsTo',
  'alerts',
  'severity',
  'risk',
] as const satisfies readonly (keyof HostRow)[];

export const hostTable = (startSecond: number, rows: ViewTable<HostRow>['rows']): ViewTable<HostRow> => ({
  columns: HOST_COLUMNS,
  rows,
  values: (row) => HOST_COLUMNS.map((name) => (name === 'firstTime' || name === 'lastTime' ? epochOf(startSecond, row[name]) : row[name])),
});

const PORT_COLUMNS = [
  'host',
  'port',
  'transport',
  'service',
  'process',
  'listening',
  'answered',
  'refused',
  'silent',
  'addresses',
  'countries',
  'firstCountries',
  'bytes',
  'firstTime',
  'lastTime',
  'severity',
  'alerts',
] as const;

/** `host`: whose ports these are, once the first rows are there. */
export function portTable(startSecond: number, host: () => string, rows: ViewTable<ExposedPort>['rows']): ViewTable<ExposedPort> {
  const time = (value: number | null): string | null => (value === null ? null : epochOf(startSecond, value));
  return {
    columns: PORT_COLUMNS,
    rows,
    values: (row) => {
      const { listener, firstCountries, firstTime, lastTime, id: _, ...plain } = row;
      const record: Record<(typeof PORT_COLUMNS)[number], Value> = {
        ...plain,
        host: host(),
        process: listener?.process ?? null,
        listening: listener?.open ?? null,
        firstCountries: firstCountries.join(' '),
        firstTime: time(firstTime),
        lastTime: time(lastTime),
      };
      return PORT_COLUMNS.map((name) => record[name]);
    },
  };
}
