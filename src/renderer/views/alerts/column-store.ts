import type { AlertSort } from '../../../shared/contract/alerts';
import { makeColumnStore } from '../../stores/columns';

export const COLUMN_IDS = ['severity', 'time', 'title', 'source', 'target', 'count', 'status'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface AlertOrder {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** What the engine calls the order of a column. */
export const SORTS: Readonly<Record<ColumnId, AlertSort>> = {
  severity: 'severity',
  time: 'time',
  title: 'type',
  source: 'source',
  target: 'target',
  count: 'count',
  status: 'status',
};

/** Of these the greatest is looked for first. */
const GREATEST_FIRST: readonly ColumnId[] = ['severity', 'time', 'count'];

const isOrder = (value: unknown): value is AlertOrder =>
  typeof value === 'object' &&
  value !== null &&
  'column' in value &&
  COLUMN_IDS.some((id) => id === value.column) &&
  'descending' in value &&
  typeof value.descending === 'boolean';

const store = makeColumnStore<ColumnId, { readonly sort: AlertOrder }>({
  key: 'portlight-alert-columns',
  ids: COLUMN_IDS,
  more: { sort: { column: 'severity', descending: true } },
  isMore: ({ sort }) => isOrder(sort),
});

export const useAlertColumns = store.use;
export const { setWidth, setOrder } = store;

/** Sorts by the column; once more turns the order round. */
export function sortBy(column: string): void {
  if (!store.isId(column)) return;
  const { sort } = store.use.getState();
  store.keep({ sort: { column, descending: sort.column === column ? !sort.descending : GREATEST_FIRST.includes(column) } });
}
