import type { AlertSort } from '../../../shared/contract/alerts';
import { type ColumnSort, makeSortedColumnStore } from '../../stores/sorted-columns';

export const COLUMN_IDS = ['severity', 'time', 'title', 'source', 'target', 'count', 'status'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export type AlertOrder = ColumnSort<ColumnId>;

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

const store = makeSortedColumnStore<ColumnId>({
  key: 'portlight-alert-columns',
  ids: COLUMN_IDS,
  sort: { column: 'severity', descending: true },
  greatestFirst: ['severity', 'time', 'count'],
});

export const useAlertColumns = store.use;
export const { setWidth, setOrder, sortBy } = store;
