import { useMemo } from 'react';
import type { ConversationKind, ConversationRow } from '../../../shared/contract/statistics-views';
import { engine } from '../../client/engine';
import { addressTest } from '../../stores/filter-text';
import { useLayout } from '../../stores/layout';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { conversationColumns, endpointColumns, longColumns, sessionColumns, tcpHostColumns } from './columns';
import { ListTable } from './ListTable';
import { conversationMenu, rowMenu, show, wholeConversation, wholeEndpoint } from './row-menus';
import { useStatisticsStore } from './store';

const words = texts.statistics;

const useStartSecond = (): number => useSession((state) => state.tick?.startSecond ?? 0);
const openRow = (kind: ConversationKind, row: ConversationRow): void => {
  const test = wholeConversation(kind, row);
  if (test !== null) void show('packets', test);
};

export function ConversationsTab() {
  const { kind, orders } = useStatisticsStore();
  const sort = orders.conversations;
  const isWide = useLayout((state) => state.isWide);
  const startSecond = useStartSecond();
  const columns = useMemo(() => conversationColumns(kind === 'tcp' || kind === 'udp', startSecond, isWide), [kind, startSecond, isWide]);
  return (
    <ListTable
      id="conversations"
      label={words.tabNames.conversations}
      empty={words.empty.conversations(words.kinds[kind])}
      about={kind}
      columns={columns}
      sort={sort}
      ask={(from, count) => engine.call('statistics.conversations', { from, count, kind, sort: sort.column, descending: sort.descending })}
      countText={words.rows.conversations}
      menu={(row, column, all) => conversationMenu(kind, row, column, all)}
      onOpen={(row) => openRow(kind, row)}
    />
  );
}

export function LongTab() {
  const { longKind: kind, orders } = useStatisticsStore();
  const sort = orders.long;
  const startSecond = useStartSecond();
  const columns = useMemo(() => longColumns(kind, startSecond), [kind, startSecond]);
  return (
    <ListTable
      id="long"
      label={words.tabNames.long}
      empty={words.empty.long(words.kinds[kind])}
      about={kind}
      columns={columns}
      sort={sort}
      ask={(from, count) => engine.call('statistics.conversations', { from, count, kind, sort: sort.column, descending: sort.descending })}
      countText={words.rows.long}
      menu={(row, column, all) => conversationMenu(kind, row, column, all)}
      onOpen={(row) => openRow(kind, row)}
    />
  );
}

export function SessionsTab() {
  const sort = useStatisticsStore(({ orders }) => orders.sessions);
  const isWide = useLayout((state) => state.isWide);
  const columns = useMemo(() => sessionColumns(isWide), [isWide]);
  return (
    <ListTable
      id="sessions"
      label={words.tabNames.tcp}
      empty={words.empty.tcp}
      about=""
      columns={columns}
      sort={sort}
      ask={(from, count) =>
        engine.call('statistics.conversations', { from, count, kind: 'tcp', sort: sort.column, descending: sort.descending })
      }
      countText={words.rows.tcp}
      menu={(row, column, all) => conversationMenu('tcp', row, column, all)}
      onOpen={(row) => openRow('tcp', row)}
    />
  );
}

export function EndpointsTab() {
  const { kind, orders } = useStatisticsStore();
  const sort = orders.endpoints;
  const startSecond = useStartSecond();
  const isWide = useLayout((state) => state.isWide);
  const columns = useMemo(() => endpointColumns(kind === 'tcp' || kind === 'udp', startSecond, isWide), [kind, startSecond, isWide]);
  return (
    <ListTable
      id="endpoints"
      label={words.tabNames.endpoints}
      empty={words.empty.endpoints(words.kinds[kind])}
      about={kind}
      columns={columns}
      sort={sort}
      ask={(from, count) => engine.call('statistics.endpoints', { from, count, kind, sort: sort.column, descending: sort.descending })}
      countText={words.rows.endpoints}
      menu={(row, column, all) => {
        const whole = wholeEndpoint(kind, row);
        const test = column?.id === 'address' ? addressTest('addr', row.address) : whole;
        return rowMenu({ row, column, columns: all, test, whole, hosts: [row.address] });
      }}
      onOpen={(row) => {
        const test = wholeEndpoint(kind, row);
        if (test !== null) void show('packets', test);
      }}
    />
  );
}

export function TcpHostsTab() {
  const sort = useStatisticsStore(({ orders }) => orders.hosts);
  const isWide = useLayout((state) => state.isWide);
  const columns = useMemo(() => tcpHostColumns(isWide), [isWide]);
  const testOf = (address: string): string | null => {
    const test = addressTest('addr', address);
    return test === null ? null : `${test} && tcp`;
  };
  return (
    <ListTable
      id="hosts"
      label={words.tabNames.tcp}
      empty={words.empty.tcp}
      about=""
      columns={columns}
      sort={sort}
      ask={(from, count) => engine.call('statistics.tcpHosts', { from, count, sort: sort.column, descending: sort.descending })}
      countText={words.rows.hosts}
      menu={(row, column, all) =>
        rowMenu({ row, column, columns: all, test: addressTest('addr', row.address), whole: testOf(row.address), hosts: [row.address] })
      }
      onOpen={({ address }) => {
        const test = testOf(address);
        if (test !== null) void show('packets', test);
      }}
    />
  );
}
