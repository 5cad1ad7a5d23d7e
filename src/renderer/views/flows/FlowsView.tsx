import { useEffect, useMemo, useRef, useState } from 'react';
import { showFlowPackets } from '../../stores/flow-packets';
import { selectKnowsPrograms, selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { DataGrid, type DataGridHandle, type Point } from '../../widgets/data-grid/DataGrid';
import { fittingWidth } from '../../widgets/data-grid/fitting-width';
import { cellMenu } from './cell-menu';
import { type FlowOrder, setOrder, setWidth, sortBy, useFlowSettings } from './column-store';
import { isOffered, makeColumns } from './columns';
import styles from './flows.module.css';
import { headerMenu } from './header-menu';
import { NoFlows } from './NoFlows';
import { useFlowList } from './useFlowList';

const ROW_HEIGHT = 21;
const IN_TIME: FlowOrder = { column: 'start', descending: false };

interface OpenMenu {
  readonly at: Point;
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

/** All flows of the shown packets, as one list. */
export function FlowsView() {
  const grid = useRef<DataGridHandle>(null);
  const session = useSession(selectSessionId);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const settings = useFlowSettings();
  const knowsPrograms = useSession(selectKnowsPrograms);
  // A list is not in the order of a column that it has not.
  const sort = isOffered(settings.sort.column, knowsPrograms) ? settings.sort : IN_TIME;
  const list = useFlowList(sort);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const columns = useMemo(() => makeColumns(settings, startSecond, knowsPrograms), [settings, startSecond, knowsPrograms]);

  // The keys go to the list when it appears, unless a person is busy elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, [session]);
  // Another order is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is the occasion
  useEffect(() => grid.current?.scrollTo(0), [sort]);

  const fitColumn = (id: string): void => {
    const column = columns.find((each) => each.id === id);
    if (!column) return;
    const shown = Array.from(list.pages.loaded(), (row) => column.text(row));
    setWidth(id, Math.max(column.minWidth, fittingWidth(column.title, shown)));
  };

  const openCellMenu = (position: number, columnId: string | null, at: Point): void => {
    const row = list.rowAt(position);
    if (!row) return;
    const column = columns.find(({ id }) => id === columnId);
    const value = column?.text(row) ?? '';
    const title = value === '' ? texts.flows.menuTitle(row.source, row.destination) : value;
    setMenu({ at, title, items: cellMenu(column, row, columns) });
  };

  const open = (position: number): void => {
    const row = list.rowAt(position);
    if (row) void showFlowPackets(row);
  };

  return (
    <div className={styles.list} data-testid="flow-list" aria-busy={!list.isCounted}>
      <DataGrid
        key={session}
        ref={grid}
        label={texts.flows.list}
        columns={columns}
        count={list.count}
        rowHeight={ROW_HEIGHT}
        rowAt={list.rowAt}
        version={list.version}
        isSelected={list.isSelected}
        choosesMany
        cursor={list.cursor}
        onCursor={(position, how) => void list.chooseRow(position, how)}
        onVisible={list.onVisible}
        onOpen={open}
        onMenu={openCellMenu}
        sort={sort}
        onSort={sortBy}
        onResize={setWidth}
        onFit={fitColumn}
        onReorder={setOrder}
        onHeaderMenu={(id, at) => setMenu({ at, items: headerMenu(id, settings, fitColumn, knowsPrograms) })}
      />
      {list.count === 0 && <NoFlows isCounted={list.isCounted} />}
      <ContextMenu
        at={menu?.at ?? null}
        {...(menu?.title === undefined ? {} : { title: menu.title })}
        items={menu?.items ?? []}
        onClose={() => {
          setMenu(null);
          grid.current?.focus();
        }}
      />
    </div>
  );
}
