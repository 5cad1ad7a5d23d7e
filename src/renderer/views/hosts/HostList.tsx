import { useEffect, useMemo, useRef, useState } from 'react';
import type { HostRow } from '../../../shared/model/hosts';
import { useHostQuery } from '../../stores/host-query';
import { useLayout } from '../../stores/layout';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { DataGrid, type DataGridHandle, type Point } from '../../widgets/data-grid/DataGrid';
import { fittingWidth } from '../../widgets/data-grid/fitting-width';
import { cellItems, hostActions } from './actions';
import { setOrder, setWidth, sortBy, useHostColumns } from './column-store';
import { makeColumns } from './columns';
import styles from './hosts.module.css';
import { NoHosts } from './NoHosts';
import { Toolbar } from './Toolbar';
import { useHostList } from './useHostList';

const ROW_HEIGHT = 21;

interface OpenMenu {
  readonly at: Point;
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** The hosts of the query, as one list. */
export function HostList({ onBlock }: { onBlock(address: string): void }) {
  const grid = useRef<DataGridHandle>(null);
  const settings = useHostColumns();
  const query = useHostQuery();
  const list = useHostList(query, settings.sort);
  const isWide = useLayout((state) => state.isWide);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const columns = useMemo(() => makeColumns(settings, startSecond, isWide), [settings, startSecond, isWide]);
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, []);
  // Another order is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is the occasion
  useEffect(() => grid.current?.scrollTo(0), [settings.sort]);

  const fitColumn = (id: string): void => {
    const column = columns.find((each) => each.id === id);
    if (!column) return;
    const shown = Array.from(list.pages.loaded(), (row) => column.text(row));
    setWidth(id, Math.max(column.minWidth, fittingWidth(column.title, shown)));
  };
  const rowThen = (position: number, run: (row: HostRow) => void): void => {
    const row = list.rowAt(position);
    if (row) run(row);
  };

  return (
    <div className={styles.left}>
      <Toolbar totals={list.window} />
      <div className={styles.list} data-testid="host-list" aria-busy={list.window === null}>
        <DataGrid
          ref={grid}
          label={texts.hosts.list}
          columns={columns}
          count={list.count}
          rowHeight={ROW_HEIGHT}
          rowAt={list.rowAt}
          version={list.version}
          isSelected={list.isSelected}
          cursor={list.cursor}
          onCursor={list.chooseRow}
          onVisible={list.onVisible}
          onOpen={list.chooseRow}
          onMenu={(position, columnId, at) =>
            rowThen(position, (row) => {
              const column = columns.find(({ id }) => id === columnId);
              setMenu({ at, title: row.address, items: [...cellItems(column, row), ...hostActions(row.address, row.alerts, onBlock)] });
            })
          }
          sort={settings.sort}
          onSort={sortBy}
          onResize={setWidth}
          onFit={fitColumn}
          onReorder={setOrder}
        />
        {list.count === 0 && <NoHosts totals={list.window} />}
      </div>
      <ContextMenu
        at={menu?.at ?? null}
        {...(menu ? { title: menu.title } : {})}
        items={menu?.items ?? []}
        onClose={() => {
          setMenu(null);
          grid.current?.focus();
        }}
      />
    </div>
  );
}
