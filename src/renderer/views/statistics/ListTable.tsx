import { Loader } from '@mantine/core';
import { IconTableOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { StatisticsWindow } from '../../../shared/contract/statistics-views';
import { useEngineRows } from '../../stores/engine-rows';
import { useNothingMatches } from '../../stores/nothing-matches';
import type { Ask } from '../../stores/row-list';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn, GridSort } from '../../widgets/data-grid/column';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
import { formatCount } from '../../widgets/format/numbers';
import { FailedNotice } from '../../widgets/notice/FailedNotice';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import styles from './statistics.module.css';
import { type ListId, setWidth, sortBy, useStatisticsStore } from './store';

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
  const widths = useStatisticsStore((state) => state.widths);
  const list = useEngineRows<Row, StatisticsWindow<Row>>(`${id} ${about} ${sort.column} ${sort.descending}`, ask);
  const sized = useMemo(() => columns.map((each) => ({ ...each, width: widths[`${id} ${each.id}`] ?? each.width })), [id, columns, widths]);

  const omitted = list.window?.omitted ?? 0;
  return (
    <>
      <p className={styles.note} role="status">
        {list.window && props.countText(formatCount(list.count))}
        {omitted > 0 && ` ${words.omitted(formatCount(omitted))}`}
      </p>
      <div className={styles.list} data-testid="statistics-list" aria-busy={list.window === null && !list.problem}>
        <ListGrid
          label={label}
          columns={sized}
          rows={list}
          reading={`${about} ${sort.column} ${sort.descending}`}
          onCursor={list.setCursor}
          onOpen={props.onOpen}
          menu={(row, column) => ({ title: column?.text(row) ?? '', items: props.menu(row, column, sized) })}
          sort={sort}
          onSort={(column) => sortBy(id, column)}
          onResize={(column, width) => setWidth(id, column, width)}
        />
        {list.count === 0 && <NoRows isCounted={list.window !== null} problem={list.problem} retry={list.retry} empty={props.empty} />}
      </div>
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
    return <FailedNotice title={words.failed} problem={problem} again={words.again} onAgain={retry} />;
  }
  if ((nothing.hasText || nothing.hasRange) && (shown === 0 || nothing.scanning)) return <NothingMatches {...nothing} />;
  if (!isCounted) return <Notice icon={<Loader size={20} />} title={words.loading} />;
  return <Notice icon={<IconTableOff size={28} stroke={1.5} />} title={empty} sentence={words.empty.sentence} next={words.empty.next} />;
}
