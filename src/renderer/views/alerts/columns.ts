import type { AlertRow } from '../../../shared/model/alerts';
import { texts } from '../../texts';
import type { GridColumn } from '../../widgets/data-grid/column';
import { formatCount } from '../../widgets/format/numbers';
import { formatClock, formatFull } from '../../widgets/format/time';
import { SEVERITY_GLYPHS, severityColor } from '../../widgets/severity/SeverityMark';
import type { ColumnId, useAlertColumns } from './column-store';

const words = texts.alerts;
const QUIET = 'var(--fg1)';

/** '10.0.0.4:22', '[2001:db8::1]:22'. */
export function endText(address: string, port: number | null): string {
  if (address === '') return port === null ? words.noEnd : `${words.noEnd}:${port}`;
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const DEFINITIONS: Readonly<Record<ColumnId, Omit<GridColumn<AlertRow>, 'id' | 'title'>>> = {
  severity: {
    width: 88,
    minWidth: 72,
    text: ({ severity }) => `${SEVERITY_GLYPHS[severity]} ${words.severities[severity]}`,
    color: ({ severity }) => severityColor(severity),
  },
  time: {
    width: 76,
    minWidth: 68,
    text: (row) => formatClock(row.epoch, 'local', 0),
    hint: (row) => formatFull(row.epoch),
    color: () => QUIET,
  },
  title: {
    width: 100,
    minWidth: 90,
    grows: true,
    text: (row) => row.title,
    hint: (row) => row.description,
    color: (row) => (row.status === 'open' ? null : QUIET),
  },
  source: { width: 112, minWidth: 60, text: (row) => endText(row.sourceIp, row.sourcePort), hint: hintOf('sourceIp') },
  target: { width: 124, minWidth: 60, text: (row) => endText(row.targetIp, row.targetPort), hint: hintOf('targetIp') },
  count: {
    width: 60,
    minWidth: 44,
    align: 'right',
    text: (row) => formatCount(row.count),
    hint: (row) => (row.absorbed > 0 ? `${words.countHint}; ${words.absorbed(formatCount(row.absorbed))}` : words.countHint),
  },
  status: {
    width: 104,
    minWidth: 60,
    text: (row) => words.statuses[row.status],
    hint: (row) => row.note,
    color: (row) => (row.status === 'open' ? null : QUIET),
  },
};

function hintOf(end: 'sourceIp' | 'targetIp') {
  return (row: AlertRow): string => (row[end] === '' ? words.noEndHint : row[end]);
}

/** In the details as well; a title that is no longer open is paler. */
const ONLY_WIDE: readonly ColumnId[] = ['count', 'status'];

/** The columns as the person arranged them. A narrow window leaves some out. */
export const makeColumns = ({ order, widths }: ReturnType<typeof useAlertColumns.getState>, isWide: boolean): GridColumn<AlertRow>[] =>
  order
    .filter((id) => isWide || !ONLY_WIDE.includes(id))
    .map((id) => ({ ...DEFINITIONS[id], id, title: words.columns[id], width: widths[id] ?? DEFINITIONS[id].width }));
