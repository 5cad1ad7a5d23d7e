import { create } from 'zustand';
import {
  CONVERSATION_SORTS,
  type ConversationKind,
  type ConversationSort,
  ENDPOINT_SORTS,
  type EndpointSort,
  type StatisticsTable,
  TCP_HOST_SORTS,
  type TcpHostSort,
} from '../../../shared/contract/statistics-views';

export const TABS = ['hierarchy', 'conversations', 'endpoints', 'lengths', 'long', 'tcp'] as const;
export type Tab = (typeof TABS)[number];
export type TcpBy = 'sessions' | 'hosts';

interface Order<Sort> {
  readonly column: Sort;
  readonly descending: boolean;
}

/** Each list keeps its order while another one is looked at. */
export interface Orders {
  readonly conversations: Order<ConversationSort>;
  readonly long: Order<ConversationSort>;
  readonly sessions: Order<ConversationSort>;
  readonly endpoints: Order<EndpointSort>;
  readonly hosts: Order<TcpHostSort>;
}
export type ListId = keyof Orders;

interface StatisticsState {
  readonly tab: Tab;
  readonly kind: ConversationKind;
  readonly longKind: 'tcp' | 'udp';
  readonly tcpBy: TcpBy;
  readonly orders: Orders;
  /** Px, by list and column. */
  readonly widths: Readonly<Record<string, number>>;
}

export const useStatisticsStore = create<StatisticsState>(() => ({
  tab: 'hierarchy',
  kind: 'ipv4',
  longKind: 'tcp',
  tcpBy: 'sessions',
  orders: {
    conversations: { column: 'bytes', descending: true },
    long: { column: 'duration', descending: true },
    sessions: { column: 'retransmissions', descending: true },
    endpoints: { column: 'bytes', descending: true },
    hosts: { column: 'retransmissions', descending: true },
  },
  widths: {},
}));

export const { setState: setStatistics } = useStatisticsStore;

const SORTS: Readonly<Record<ListId, readonly string[]>> = {
  conversations: CONVERSATION_SORTS,
  long: CONVERSATION_SORTS,
  sessions: CONVERSATION_SORTS,
  endpoints: ENDPOINT_SORTS,
  hosts: TCP_HOST_SORTS,
};
/** Of the others the greatest is looked for first. */
const LEAST_FIRST: readonly string[] = ['a', 'b', 'portA', 'portB', 'address', 'port', 'service', 'state', 'ending', 'first'];

/** Sorts by the column; once more turns the order round. A column that the engine has no order for changes nothing. */
export function sortBy(list: ListId, column: string): void {
  if (!SORTS[list].includes(column)) return;
  const { orders } = useStatisticsStore.getState();
  const order = orders[list];
  const descending = order.column === column ? !order.descending : !LEAST_FIRST.includes(column);
  setStatistics({ orders: { ...orders, [list]: { column, descending } } });
}

export const setWidth = (list: string, column: string, width: number): void =>
  setStatistics(({ widths }) => ({ widths: { ...widths, [`${list} ${column}`]: width } }));

/** What the present tab shows, as the engine calls it. */
export function presentTable({ tab, kind, longKind, tcpBy, orders }: StatisticsState): StatisticsTable {
  const conversations = (list: 'conversations' | 'long' | 'sessions', of: ConversationKind): StatisticsTable => ({
    table: 'conversations',
    kind: of,
    sort: orders[list].column,
    descending: orders[list].descending,
  });
  switch (tab) {
    case 'hierarchy':
    case 'lengths':
      return { table: tab };
    case 'conversations':
      return conversations('conversations', kind);
    case 'long':
      return conversations('long', longKind);
    case 'endpoints':
      return { table: 'endpoints', kind, sort: orders.endpoints.column, descending: orders.endpoints.descending };
    case 'tcp':
      return tcpBy === 'sessions'
        ? conversations('sessions', 'tcp')
        : { table: 'tcpHosts', sort: orders.hosts.column, descending: orders.hosts.descending };
  }
}
