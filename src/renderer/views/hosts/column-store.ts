import type { HostSort } from '../../../shared/contract/hosts';
import { makeColumnStore } from '../../stores/columns';

export const COLUMN_IDS = ['risk', 'address', 'name', 'place', 'organisation', 'flows', 'packets', 'bytes', 'alerts', 'lastTime'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface HostOrder {
  readonly column: ColumnId;
  readonly descending: boolean;
}

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

/** Of these the greatest is looked for first. */
const GREATEST_FIRST: readonly ColumnId[] = ['risk', 'flows', 'packets', 'bytes', 'alerts', 'lastTime'];

const isOrder = (value: unknown): value is HostOrder =>
  typeof value === 'object' &&
  value !== null &&
  'column' in value &&
  COLUMN_IDS.some((id) => id === value.column) &&
  'descending' in value &&
  typeof value.descending === 'boolean';

const store = makeColumnStore<ColumnId, { readonly sort: HostOrder }>({
  key: 'portlight-host-columns',
  ids: COLUMN_IDS,
  more: { sort: { column: 'risk', descending: true } },
  isMore: ({ sort }) => isOrder(sort),
});

export const useHostColumns = store.use;
export const { setWidth, setOrder } = store;

/** Sorts by the column; once more turns the order round. */
export function sortBy(column: string): void {
  if (!store.isId(column)) return;
  const { sort } = store.use.getState();
  store.keep({ sort: { column, descending: sort.column === column ? !sort.descending : GREATEST_FIRST.includes(column) } });
}
