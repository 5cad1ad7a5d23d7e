import { type RefObject, useEffect, useRef, useState } from 'react';
import { ContextMenu, type MenuItem } from '../context-menu/ContextMenu';
import type { GridColumn } from './column';
import { DataGrid, type DataGridHandle, type DataGridProps, type Point } from './DataGrid';
import { fittingWidth } from './fitting-width';

const ROW_HEIGHT = 21;

type Passed =
  | 'rowHeight'
  | 'count'
  | 'cursor'
  | 'version'
  | 'rowAt'
  | 'isSelected'
  | 'onVisible'
  | 'onOpen'
  | 'onMenu'
  | 'onFit'
  | 'onHeaderMenu';

/** What is shown of a list, as the hooks of the lists give it. */
type ListRows<Row> = Pick<DataGridProps<Row>, 'count' | 'cursor' | 'version' | 'rowAt' | 'isSelected' | 'onVisible'> & {
  /** Rows that are here, for measuring. */
  loaded(): Iterable<Row>;
};

export interface ListMenu {
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

interface ListGridProps<Row> extends Omit<DataGridProps<Row>, Passed | 'ref'> {
  readonly grid?: RefObject<DataGridHandle | null>;
  readonly rows: ListRows<Row>;
  /** Another one (an order, a question) is read from its beginning; left out, what is in view stays. */
  readonly reading?: string;
  onOpen?(row: Row): void;
  menu(row: Row, column: GridColumn<Row> | undefined): ListMenu;
  headerMenu?(column: string, fit: () => void): readonly MenuItem[];
  onResize(column: string, width: number): void;
}

/**
 * A grid with a menu for each cell, whose columns fit what is in them. It takes the keys when it appears,
 * unless a person is busy elsewhere.
 */
export function ListGrid<Row>({ grid: given, rows, reading, onOpen, menu, headerMenu, ...props }: ListGridProps<Row>) {
  const own = useRef<DataGridHandle>(null);
  const grid = given ?? own;
  const [opened, setOpened] = useState<(ListMenu & { readonly at: Point }) | null>(null);
  const { columns } = props;

  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, [grid]);
  useEffect(() => {
    if (reading !== undefined) grid.current?.scrollTo(0);
  }, [grid, reading]);

  const fitColumn = (id: string): void => {
    const column = columns.find((each) => each.id === id);
    if (!column) return;
    const shown = Array.from(rows.loaded(), (row) => column.text(row));
    props.onResize(id, Math.max(column.minWidth, fittingWidth(column.title, shown)));
  };
  return (
    <>
      <DataGrid
        {...props}
        ref={grid}
        rowHeight={ROW_HEIGHT}
        count={rows.count}
        cursor={rows.cursor}
        version={rows.version}
        rowAt={rows.rowAt}
        isSelected={rows.isSelected}
        onVisible={rows.onVisible}
        onOpen={(position) => {
          const row = rows.rowAt(position);
          if (row) onOpen?.(row);
        }}
        onMenu={(position, column, at) => {
          const row = rows.rowAt(position);
          if (row) {
            const found = columns.find(({ id }) => id === column);
            setOpened({ at, ...menu(row, found) });
          }
        }}
        onFit={fitColumn}
        {...(headerMenu && { onHeaderMenu: (id: string, at: Point) => setOpened({ at, items: headerMenu(id, () => fitColumn(id)) }) })}
      />
      <ContextMenu
        at={opened?.at ?? null}
        {...(opened?.title === undefined ? {} : { title: opened.title })}
        items={opened?.items ?? []}
        onClose={() => {
          setOpened(null);
          grid.current?.focus();
        }}
      />
    </>
  );
}
