import { create } from 'zustand';
import { load, save } from '../../stores/storage';

export const COLUMN_IDS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const TIME_FORMATS = ['relative', 'local', 'utc', 'date', 'delta'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

export interface ColumnSettings {
  /** All columns in their order, hidden ones too. */
  readonly order: readonly ColumnId[];
  readonly hidden: readonly ColumnId[];
  /** px; those not set have their default. */
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>;
  readonly timeFormat: TimeFormat;
}

const KEY = 'portlight-packet-columns';
const DEFAULTS: ColumnSettings = { order: COLUMN_IDS, hidden: [], widths: {}, timeFormat: 'relative' };

const isId = (value: unknown): value is ColumnId => COLUMN_IDS.some((id) => id === value);

function isSettings(value: unknown): value is ColumnSettings {
  if (typeof value !== 'object' || value === null) return false;
  const { order, hidden, widths, timeFormat } = value as Partial<Record<keyof ColumnSettings, unknown>>;
  return (
    Array.isArray(order) &&
    order.every(isId) &&
    new Set(order).size === COLUMN_IDS.length &&
    order.length === COLUMN_IDS.length &&
    Array.isArray(hidden) &&
    hidden.every(isId) &&
    hidden.length < COLUMN_IDS.length &&
    typeof widths === 'object' &&
    widths !== null &&
    Object.entries(widths).every(([id, width]) => isId(id) && typeof width === 'number' && Number.isFinite(width)) &&
    TIME_FORMATS.some((format) => format === timeFormat)
  );
}

export const useColumnSettings = create<ColumnSettings>(() => load(KEY, isSettings, DEFAULTS));

function keep(change: Partial<ColumnSettings>): void {
  useColumnSettings.setState(change);
  save(KEY, useColumnSettings.getState());
}

export const setTimeFormat = (timeFormat: TimeFormat): void =>
  keep({ timeFormat, widths: without(useColumnSettings.getState().widths, 'time') });

export const setWidth = (id: string, width: number): void =>
  keep({ widths: { ...useColumnSettings.getState().widths, [id]: Math.round(width) } });

/** Puts the visible columns into this order; hidden ones follow the column that they followed. */
export function setOrder(visible: readonly string[]): void {
  const { order, hidden } = useColumnSettings.getState();
  const next = visible.filter(isId);
  for (const id of hidden) {
    const before = order[order.indexOf(id) - 1];
    next.splice(before === undefined ? 0 : next.indexOf(before) + 1, 0, id);
  }
  keep({ order: next });
}

/** At least one column stays. */
export function setHidden(id: ColumnId, isHidden: boolean): void {
  const { hidden, order } = useColumnSettings.getState();
  const next = isHidden ? [...hidden.filter((other) => other !== id), id] : hidden.filter((other) => other !== id);
  if (next.length < order.length) keep({ hidden: next });
}

export const resetColumns = (): void => keep({ ...DEFAULTS, timeFormat: useColumnSettings.getState().timeFormat });

function without<T extends object>(object: T, key: keyof T): T {
  const { [key]: _, ...rest } = object;
  return rest as T;
}
