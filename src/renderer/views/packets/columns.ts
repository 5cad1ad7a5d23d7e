import type { PacketRow } from '../../../shared/model/records';
import { familyColor, familyOf } from '../../theme/families';
import type { GridColumn } from '../../widgets/data-grid/column';
import { formatCount } from '../../widgets/format/numbers';
import { formatClock, formatDate, formatFull, formatSeconds } from '../../widgets/format/time';
import { type ColumnId, type ColumnSettings, columnTitle, isColumnId, type TimeFormat, userColumnId } from './column-store';
import { ruleNameOf } from './rules/rule-tones';

export interface TimeContext {
  readonly format: TimeFormat;
  /** Time of the first packet since the session's start, ns. */
  readonly firstTime: number;
  readonly decimals: 6 | 9;
}

const WIDTHS: Readonly<Record<ColumnId, number>> = {
  number: 72,
  time: 104,
  source: 146,
  destination: 146,
  protocol: 84,
  length: 62,
  rule: 128,
  info: 320,
};
const USER_WIDTH = 120;
const TIME_WIDTHS: Readonly<Record<TimeFormat, number>> = { relative: 104, delta: 104, local: 124, utc: 124, date: 196 };
/** Three more digits. */
const NANOSECOND_PX = 21;

function timeText(row: PacketRow, { format, firstTime, decimals }: TimeContext): string {
  switch (format) {
    case 'relative':
      return row.time === null ? '' : formatSeconds(row.time - firstTime, decimals);
    case 'delta':
      return row.delta === null ? '' : formatSeconds(row.delta, decimals);
    case 'local':
    case 'utc':
      return formatClock(row.epoch, format, decimals);
    case 'date':
      return row.epoch === '' ? '' : `${formatDate(row.epoch, 'local')} ${formatClock(row.epoch, 'local', decimals)}`;
  }
}

const definitions = (time: TimeContext): Readonly<Record<ColumnId, Omit<GridColumn<PacketRow>, 'id' | 'title' | 'width'>>> => ({
  number: { minWidth: 44, align: 'right', text: (row) => formatCount(row.index + 1), color: () => 'var(--row-text, var(--fg2))' },
  time: {
    minWidth: 56,
    align: 'right',
    text: (row) => timeText(row, time),
    hint: (row) => formatFull(row.epoch),
    color: () => 'var(--row-text, var(--fg1))',
  },
  source: { minWidth: 56, text: (row) => row.source },
  destination: { minWidth: 56, text: (row) => row.destination },
  protocol: { minWidth: 48, text: (row) => row.protocol, color: (row) => `var(--own-text, ${familyColor(familyOf(row.protocol))})` },
  length: { minWidth: 44, align: 'right', text: (row) => String(row.length) },
  rule: { minWidth: 48, text: ruleNameOf },
  info: { minWidth: 120, grows: true, text: (row) => row.info },
});

/** The visible columns as the person arranged them. */
export function makeColumns(settings: ColumnSettings, time: TimeContext): GridColumn<PacketRow>[] {
  const all = definitions(time);
  const timeWidth = TIME_WIDTHS[time.format] + (time.decimals === 9 ? NANOSECOND_PX : 0);
  const own = new Map(settings.own.map((column) => [userColumnId(column.field), column]));
  return settings.order
    .filter((id) => !settings.hidden.includes(id))
    .map((id) => {
      const shape = { id, title: columnTitle(settings, id) };
      const width = settings.widths[id];
      if (isColumnId(id)) return { ...all[id], ...shape, width: width ?? (id === 'time' ? timeWidth : WIDTHS[id]) };
      const column = own.get(id);
      return {
        ...shape,
        width: width ?? USER_WIDTH,
        minWidth: 48,
        ...(column?.align === 'right' ? { align: 'right' as const } : {}),
        text: (row: PacketRow) => userValue(row, column?.field ?? ''),
      };
    });
}

/** What the packet holds of a field that has a column; '' where it has none. */
export const userValue = ({ values }: PacketRow, field: string): string =>
  values !== undefined && Object.hasOwn(values, field) ? (values[field] ?? '') : '';
