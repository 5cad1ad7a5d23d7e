import { useMemo } from 'react';
import { useHostQuery } from '../../stores/host-query';
import { selectHost } from '../../stores/hosts';
import { useLayout } from '../../stores/layout';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
import { cellItems, hostActions } from './actions';
import { setOrder, setWidth, sortBy, useHostColumns } from './column-store';
import { makeColumns } from './columns';
import styles from './hosts.module.css';
import { NoHosts } from './NoHosts';
import { Toolbar } from './Toolbar';
import { useHostList } from './useHostList';

/** The hosts of the query, as one list. */
export function HostList({ onBlock }: { onBlock(address: string): void }) {
  const settings = useHostColumns();
  const query = useHostQuery();
  const list = useHostList(query, settings.sort);
  const isWide = useLayout((state) => state.isWide);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const columns = useMemo(() => makeColumns(settings, startSecond, isWide), [settings, startSecond, isWide]);

  return (
    <div className={styles.left}>
      <Toolbar totals={list.window} />
      <div className={styles.list} data-testid="host-list" aria-busy={list.window === null}>
        <ListGrid
          label={texts.hosts.list}
          columns={columns}
          rows={list}
          reading={`${settings.sort.column} ${settings.sort.descending}`}
          onCursor={list.chooseRow}
          onOpen={(row) => selectHost(row.address)}
          menu={(row, column) => ({
            title: row.address,
            items: [...cellItems(column, row), ...hostActions(row.address, row.alerts, onBlock)],
          })}
          sort={settings.sort}
          onSort={sortBy}
          onResize={setWidth}
          onReorder={setOrder}
        />
        {list.count === 0 && <NoHosts totals={list.window} />}
      </div>
    </div>
  );
}
