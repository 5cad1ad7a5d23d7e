import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconTableOff } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { StatisticsWindow } from '../../../shared/contract/statistics-views';
import { useEngineRows } from '../../stores/engine-rows';
import { useNothingMatches } from '../../stores/nothing-matches';
import type { Ask } from '../../stores/row-list';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn, GridSort } from '../../widgets/data-grid/column';
import { DataGrid, type DataGridHandle, type Point } from '../../widgets/data-grid/DataGrid';
import { fittingWidth } from '../../widgets/data-grid/fitting-width';
import { formatCount } from '../../widgets/format/numbers';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import styles from './statistics.module.css';
import { type ListId, setWidth, sortBy, useStatisticsStore } from './store';

const ROW_HEIGHT = 21;
const words = texts.statistics;

interface ListTableProps<Row> {
  readonly id: ListId;
  readonly label: string;
  /** Where there are no rows. */
  readonly empty: string;
  /** What beside the order tells the table from another one. */
  readonly about: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly sort: GridSort;
  readonly ask: Ask<StatisticsWindow<Row>>;
  countText(count: string): string;
  menu(row: Row, column: GridColumn<Row> | undefined, columns: readonly GridColumn<Row>[]): readonly MenuItem[];
  onOpen(row: Row): void;
}

/** A table of the engine: sorted by its headers, with a menu for each cell. */
export function ListTable<Row extends { readonly id: number }>(props: ListTableProps<Row>) {
  const { id, label, about, columns, sort, ask } = props;
  const grid = useRef<DataGridHandle>(null);
  const widths = useStatisticsStore((state) => state.widths);
  const list = useEngineRows<Row, StatisticsWindow<Row>>(`${id} ${about} ${sort.column} ${sort.descending}`, ask);
  const [menu, setMenu] = useState<{ readonly at: Point; readonly title: string; readonly items: readonly MenuItem[] } | null>(null);
  const sized = useMemo(() => columns.map((each) => ({ ...each, width: widths[`${id} ${each.id}`] ?? each.width })), [id, columns, widths]);

  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table or order is read from its beginning
  useEffect(() => grid.current?.scrollTo(0), [about, sort.column, sort.descending]);

  const fit = (column: string): void => {
    const found = sized.find((each) => each.id === column);
    if (!found) return;
    const texts = Array.from(list.loaded(), (row) => found.text(row));
    setWidth(id, column, Math.max(found.minWidth, fittingWidth(found.title, texts)));
  };
  const omitted = list.window?.omitted ?? 0;
  return (
    <>
      <p className={styles.note} role="status">
        {list.window && props.countText(formatCount(list.count))}
        {omitted > 0 && ` ${words.omitted(formatCount(omitted))}`}
      </p>
      <div className={styles.list} data-testid="statistics-list" aria-busy={list.window === null && !list.problem}>
        <DataGrid
          ref={grid}
          label={label}
          columns={sized}
          count={list.count}
          rowHeight={ROW_HEIGHT}
          rowAt={list.rowAt}
          version={list.version}
          isSelected={list.isSelected}
          cursor={list.cursor}
          onCursor={list.setCursor}
          onVisible={list.onVisible}
          onOpen={(position) => {
            const row = list.rowAt(position);
            if (row) props.onOpen(row);
          }}
          onMenu={(position, columnId, at) => {
            const row = list.rowAt(position);
            if (!row) return;
            const column = sized.find((each) => each.id === columnId);
            setMenu({ at, title: column?.text(row) ?? '', items: props.menu(row, column, sized) });
          }}
          sort={sort}
          onSort={(column) => sortBy(id, column)}
          onResize={(column, width) => setWidth(id, column, width)}
          onFit={fit}
        />
        {list.count === 0 && <NoRows isCounted={list.window !== null} problem={list.problem} retry={list.retry} empty={props.empty} />}
      </div>
      <ContextMenu
        at={menu?.at ?? null}
        {...(menu && menu.title !== '' ? { title: menu.title } : {})}
        items={menu?.items ?? []}
        onClose={() => {
          setMenu(null);
          grid.current?.focus();
        }}
      />
    </>
  );
}

interface NoRowsProps {
  readonly isCounted: boolean;
  readonly problem: Problem | null;
  readonly empty: string;
  retry(): void;
}

/** In place of an empty table: why it is empty. */
export function NoRows({ isCounted, problem, empty, retry }: NoRowsProps) {
  const nothing = useNothingMatches();
  const shown = useSession((state) => state.tick?.filter.shown ?? 0);
  if (problem) {
    return (
      <Notice
        icon={<IconAlertTriangle size={28} stroke={1.5} />}
        title={words.failed}
        sentence={problem.sentence}
        {...(problem.next ? { next: problem.next } : {})}
      >
        <button type="button" className="button" data-primary onClick={retry}>
          {words.again}
        </button>
      </Notice>
    );
  }
  if ((nothing.hasText || nothing.hasRange) && (shown === 0 || nothing.scanning)) return <NothingMatches {...nothing} />;
  if (!isCounted) return <Notice icon={<Loader size={20} />} title={words.loading} />;
  return <Notice icon={<IconTableOff size={28} stroke={1.5} />} title={empty} sentence={words.empty.sentence} next={words.empty.next} />;
}
