import type { AlertWindow } from '../../../shared/contract/alerts';
import type { AlertRow } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { listQuery, type QueryState } from '../../stores/alert-query';
import { selectAlert, useAlerts } from '../../stores/alerts';
import { useRowList, useSelectedRow } from '../../stores/row-list';
import { useShownPackets } from '../../stores/shown-packets';
import { type AlertOrder, SORTS } from './column-store';

/** While alerts come in the list is asked for anew no more often. */
const REFRESH_MS = 500;

/** The alerts that the grid shows, in the order that was asked for, and where among them the selected one stands. */
export function useAlertList(state: QueryState, { column, descending }: AlertOrder) {
  const session = useAlerts((state) => state.news?.session ?? 0);
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const selected = useAlerts((state) => state.selected);
  const packets = useShownPackets();
  const query = listQuery(state);
  const rows = useRowList<AlertRow, AlertWindow>({
    list: `${session}`,
    key: JSON.stringify([query, column, descending]),
    ask: (from, count) => engine.call('alerts.rows', { from, count, query, sort: SORTS[column], descending }),
    news: packets,
    // What a person did is shown at once.
    urgent: `${session} ${revision}`,
    interval: REFRESH_MS,
  });
  const { cursor, choose } = useSelectedRow(rows, { selected, idOf: ({ id }) => id, select: ({ id }) => selectAlert(id) });
  return { ...rows, cursor, chooseRow: choose, isSelected: (row: AlertRow): boolean => row.id === selected };
}
