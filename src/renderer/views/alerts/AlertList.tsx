import { useEffect, useMemo, useRef, useState } from 'react';
import type { AlertRow } from '../../../shared/model/alerts';
import { useAlertQuery } from '../../stores/alert-query';
import { exclude, filterTo } from '../../stores/filter';
import { addressTest } from '../../stores/filter-text';
import { isHost, openHost } from '../../stores/hosts';
import { useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';
import { DataGrid, type DataGridHandle, type Point } from '../../widgets/data-grid/DataGrid';
import { fittingWidth } from '../../widgets/data-grid/fitting-width';
import { copyAlert, handle, showPackets, showTraffic, withDetails } from './actions';
import styles from './alerts.module.css';
import { setOrder, setWidth, sortBy, useAlertColumns } from './column-store';
import { makeColumns } from './columns';
import { NoAlerts } from './NoAlerts';
import { useAlertList } from './useAlertList';

const ROW_HEIGHT = 21;
const words = texts.alerts.menu;

function menuOf(row: AlertRow, column: GridColumn<AlertRow> | undefined, onMute: (row: AlertRow) => void): MenuItem[] {
  const address = column?.id === 'target' ? row.targetIp : row.sourceIp;
  const test = addressTest('addr', address);
  const items: MenuItem[] = [
    { id: 'packets', label: words.packets, run: () => void withDetails(row.id, showPackets) },
    { id: 'traffic', label: words.traffic, run: () => void withDetails(row.id, showTraffic) },
  ];
  if (test !== null) {
    items.push(
      { id: 'filter', label: words.filter(address), separated: true, run: () => void filterTo(test) },
      { id: 'exclude', label: words.exclude(address), run: () => void exclude(test) },
    );
  }
  if (isHost(address)) items.push({ id: 'host', label: texts.hosts.open(address), run: () => openHost(address) });
  const { status } = row;
  if (status === 'open') {
    items.push({ id: 'acknowledge', label: words.acknowledge, separated: true, run: () => void handle([row.id], 'acknowledged') });
  }
  if (status !== 'resolved') {
    items.push({ id: 'resolve', label: words.resolve, separated: status !== 'open', run: () => void handle([row.id], 'resolved') });
  }
  if (status !== 'open') {
    items.push({ id: 'reopen', label: words.reopen, separated: status === 'resolved', run: () => void handle([row.id], 'open') });
  }
  items.push(
    { id: 'mute', label: words.mute, run: () => onMute(row) },
    { id: 'copy', label: words.copy, separated: true, run: () => copyAlert(row) },
    ...(column ? [{ id: 'value', label: words.copyValue, run: () => void window.portlight.copyText(column.text(row)) }] : []),
  );
  return items;
}

/** The alerts of the query, as one list. */
export function AlertList({ onMute }: { onMute(row: AlertRow): void }) {
  const grid = useRef<DataGridHandle>(null);
  const settings = useAlertColumns();
  const query = useAlertQuery();
  const list = useAlertList(query, settings.sort);
  const isWide = useLayout((state) => state.isWide);
  const columns = useMemo(() => makeColumns(settings, isWide), [settings, isWide]);
  const [menu, setMenu] = useState<{ readonly at: Point; readonly row: AlertRow; readonly column: string | null } | null>(null);

  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, []);

  const fitColumn = (id: string): void => {
    const column = columns.find((each) => each.id === id);
    if (!column) return;
    const shown = Array.from(list.pages.loaded(), (row) => column.text(row));
    setWidth(id, Math.max(column.minWidth, fittingWidth(column.title, shown)));
  };
  const rowThen = (position: number, run: (row: AlertRow) => void): void => {
    const row = list.rowAt(position);
    if (row) run(row);
  };

  return (
    <div className={styles.list} data-testid="alert-list" aria-busy={list.window === null}>
      <DataGrid
        ref={grid}
        label={texts.alerts.list}
        columns={columns}
        count={list.count}
        rowHeight={ROW_HEIGHT}
        rowAt={list.rowAt}
        version={list.version}
        isSelected={list.isSelected}
        cursor={list.cursor}
        onCursor={list.chooseRow}
        onVisible={list.onVisible}
        onOpen={(position) => rowThen(position, (row) => void withDetails(row.id, showPackets))}
        onMenu={(position, column, at) => rowThen(position, (row) => setMenu({ at, row, column }))}
        sort={settings.sort}
        onSort={sortBy}
        onResize={setWidth}
        onFit={fitColumn}
        onReorder={setOrder}
      />
      {list.count === 0 && <NoAlerts isCounted={list.window !== null} />}
      <ContextMenu
        at={menu?.at ?? null}
        {...(menu ? { title: menu.row.title } : {})}
        items={
          menu
            ? menuOf(
                menu.row,
                columns.find(({ id }) => id === menu.column),
                onMute,
              )
            : []
        }
        onClose={() => {
          setMenu(null);
          grid.current?.focus();
        }}
      />
    </div>
  );
}
