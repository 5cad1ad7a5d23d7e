import type { HostQuery, HostWindow } from '../../../shared/contract/hosts';
import type { HostRow } from '../../../shared/model/hosts';
import { engine } from '../../client/engine';
import { useAlerts } from '../../stores/alerts';
import { useFilter } from '../../stores/filter';
import { selectHost, useSelectedHost } from '../../stores/hosts';
import { useRowList, useSelectedRow } from '../../stores/row-list';
import { selectSessionId, useSession } from '../../stores/session';
import { type HostOrder, SORTS } from './column-store';

/** While packets come the hosts are counted anew no more often: each time the engine goes over all flows. */
const REFRESH_MS = 1500;

export type HostTotals = Pick<HostWindow, 'total' | 'hosts' | 'considered' | 'lostFlows'>;

/** The hosts that the grid shows, in the order that was asked for, and where among them the selected one stands. */
export function useHostList(query: HostQuery, { column, descending }: HostOrder) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const filter = useFilter((state) => state.id);
  const selected = useSelectedHost();
  const rows = useRowList<HostRow, HostWindow>({
    list: `${session}`,
    key: JSON.stringify([filter, query, column, descending]),
    ask: (from, count) => engine.call('hosts.rows', { from, count, query, sort: SORTS[column], descending }),
    news: `${packets} ${scanned} ${load} ${revision}`,
    interval: REFRESH_MS,
  });
  const { cursor, choose } = useSelectedRow(rows, {
    selected,
    idOf: ({ address }) => address,
    select: ({ address }) => selectHost(address),
  });
  return { ...rows, cursor, chooseRow: choose, isSelected: (row: HostRow): boolean => row.address === selected };
}
