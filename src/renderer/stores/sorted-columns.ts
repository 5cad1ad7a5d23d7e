import { type ColumnStore, makeColumnStore } from './columns';

/** By which column a list is sorted. */
export interface ColumnSort<Id extends string> {
  readonly column: Id;
  readonly descending: boolean;
}

interface Sorted<Id extends string> {
  readonly sort: ColumnSort<Id>;
}

interface SortedDefaults<Id extends string> extends Sorted<Id> {
  /** Under which the columns are remembered. */
  readonly key: string;
  readonly ids: readonly Id[];
  /** Of these the greatest is looked for first. */
  readonly greatestFirst: readonly Id[];
}

interface SortedStore<Id extends string> extends ColumnStore<Id, Sorted<Id>> {
  setSort(sort: ColumnSort<Id>): void;
  /** Sorts by the column; once more turns the order round. */
  sortBy(column: string): void;
}

/** Columns of one list and its order, remembered between starts. */
export function makeSortedColumnStore<Id extends string>({ key, ids, sort, greatestFirst }: SortedDefaults<Id>): SortedStore<Id> {
  const isSort = (value: unknown): value is ColumnSort<Id> =>
    typeof value === 'object' &&
    value !== null &&
    'column' in value &&
    ids.some((id) => id === value.column) &&
    'descending' in value &&
    typeof value.descending === 'boolean';
  const store = makeColumnStore<Id, Sorted<Id>>({ key, ids, more: { sort }, isMore: ({ sort }) => isSort(sort) });
  const setSort = (sort: ColumnSort<Id>): void => store.keep({ sort });
  return {
    ...store,
    setSort,
    sortBy(column) {
      if (!store.isId(column)) return;
      const { sort } = store.use.getState();
      setSort({ column, descending: sort.column === column ? !sort.descending : greatestFirst.includes(column) });
    },
  };
}
