import { useMemo } from 'react';
import type { AlertRow } from '../../../shared/model/alerts';
import { useAlertQuery } from '../../stores/alert-query';
import { exclude, filterTo } from '../../stores/filter';
import { addressTest } from '../../stores/filter-text';
import { isHost, openHost } from '../../stores/hosts';
import { useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import type { MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { GridColumn } from '../../widgets/data-grid/column';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
import { copyAlert, handle, showPackets, showTraffic, withDetails } from './actions';
import styles from './alerts.module.css';
import { setOrder, setWidth, sortBy, useAlertColumns } from './column-store';
import { makeColumns } from './columns';
import { NoAlerts } from './NoAlerts';
import { useAlertList } from './useAlertList';

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
  const settings = useAlertColumns();
  const query = useAlertQuery();
  const list = useAlertList(query, settings.sort);
  const isWide = useLayout((state) => state.isWide);
  const columns = useMemo(() => makeColumns(settings, isWide), [settings, isWide]);

  return (
    <div className={styles.list} data-testid="alert-list" aria-busy={list.window === null}>
      <ListGrid
        label={texts.alerts.list}
        columns={columns}
        rows={list}
        onCursor={list.chooseRow}
        onOpen={(row) => void withDetails(row.id, showPackets)}
        menu={(row, column) => ({ title: row.title, items: menuOf(row, column, onMute) })}
        sort={settings.sort}
        onSort={sortBy}
        onResize={setWidth}
        onReorder={setOrder}
      />
      {list.count === 0 && <NoAlerts isCounted={list.window !== null} />}
    </div>
  );
}
