import { useMemo } from 'react';
import { showFlowPackets } from '../../stores/flow-packets';
import { selectKnowsPrograms, selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
import { cellMenu } from './cell-menu';
import { type FlowOrder, setOrder, setWidth, sortBy, useFlowSettings } from './column-store';
import { isOffered, makeColumns } from './columns';
import styles from './flows.module.css';
import { headerMenu } from './header-menu';
import { NoFlows } from './NoFlows';
import { useFlowList } from './useFlowList';

const IN_TIME: FlowOrder = { column: 'start', descending: false };

/** All flows of the shown packets, as one list. */
export function FlowsView() {
  const session = useSession(selectSessionId);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const settings = useFlowSettings();
  const knowsPrograms = useSession(selectKnowsPrograms);
  // A list is not in the order of a column that it has not.
  const sort = isOffered(settings.sort.column, knowsPrograms) ? settings.sort : IN_TIME;
  const list = useFlowList(sort);
  const columns = useMemo(() => makeColumns(settings, startSecond, knowsPrograms), [settings, startSecond, knowsPrograms]);

  return (
    <div className={styles.list} data-testid="flow-list" aria-busy={!list.isCounted}>
      <ListGrid
        key={session}
        label={texts.flows.list}
        columns={columns}
        rows={list}
        reading={`${sort.column} ${sort.descending}`}
        choosesMany
        onCursor={(position, how) => void list.chooseRow(position, how)}
        onOpen={(row) => void showFlowPackets(row)}
        menu={(row, column) => ({
          title: column?.text(row) || texts.flows.menuTitle(row.source, row.destination),
          items: cellMenu(column, row, columns),
        })}
        headerMenu={(id, fit) => headerMenu(id, settings, fit, knowsPrograms)}
        sort={sort}
        onSort={sortBy}
        onResize={setWidth}
        onReorder={setOrder}
      />
      {list.count === 0 && <NoFlows isCounted={list.isCounted} />}
    </div>
  );
}
