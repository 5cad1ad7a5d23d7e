import { type ColumnArrangement, makeColumnStore } from '../../stores/columns';

export const COLUMN_IDS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const TIME_FORMATS = ['relative', 'local', 'utc', 'date', 'delta'] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

export interface ColumnSettings extends ColumnArrangement<ColumnId> {
  readonly timeFormat: TimeFormat;
}

const store = makeColumnStore<ColumnId, { readonly timeFormat: TimeFormat }>({
  key: 'portlight-packet-columns',
  ids: COLUMN_IDS,
  more: { timeFormat: 'relative' },
  isMore: ({ timeFormat }) => TIME_FORMATS.some((format) => format === timeFormat),
});

export const useColumnSettings = store.use;
export const { setWidth, setOrder, setHidden, reset: resetColumns } = store;

/** Each format has a width of its own, until a person sets one. */
export function setTimeFormat(timeFormat: TimeFormat): void {
  const { time: _, ...widths } = store.use.getState().widths;
  store.keep({ timeFormat, widths });
}
