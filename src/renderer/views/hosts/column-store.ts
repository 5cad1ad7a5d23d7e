import type { HostSort } from '../../../shared/contract/hosts';
import { type ColumnSort, makeSortedColumnStore } from '../../stores/sorted-columns';

export const COLUMN_IDS = ['risk', 'address', 'name', 'place', 'organisation', 'flows', 'packets', 'bytes', 'alerts', 'lastTime'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export type HostOrder = ColumnSort<ColumnId>;

/** What the engine calls the order of a column. */
export const SORTS: Readonly<Record<ColumnId, HostSort>> = {
  risk: 'risk',
  address: 'address',
  name: 'name',
  place: 'country',
  organisation: 'organisation',
  flows: 'flows',
  packets: 'packets',
  bytes: 'bytes',
  alerts: 'alerts',
  lastTime: 'lastTime',
};

const store = makeSortedColumnStore<ColumnId>({
  key: 'portlight-host-columns',
  ids: COLUMN_IDS,
  sort: { column: 'risk', descending: true },
  greatestFirst: ['risk', 'flows', 'packets', 'bytes', 'alerts', 'lastTime'],
});

export const useHostColumns = store.use;
export const { setWidth, setOrder, sortBy } = store;
