import type { FlowSort } from '../../../shared/contract/engine';
import { type ColumnArrangement, makeColumnStore } from '../../stores/columns';

export const COLUMN_IDS = [
  'protocol',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'service',
  'host',
  'process',
  'state',
  'tcpFlags',
  'packets',
  'packetsBack',
  'bytes',
  'bytesBack',
  'duration',
  'start',
  'roundTrip',
  'retransmissions',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface FlowOrder {
  readonly column: ColumnId;
  readonly descending: boolean;
}

export interface FlowSettings extends ColumnArrangement<ColumnId> {
  readonly sort: FlowOrder;
}

/** What the engine calls the order of a column. */
export const SORTS: Readonly<Record<ColumnId, FlowSort>> = {
  protocol: 'protocol',
  source: 'source',
  sourcePort: 'sourcePort',
  destination: 'destination',
  destinationPort: 'destinationPort',
  service: 'service',
  host: 'host',
  process: 'process',
  state: 'state',
  tcpFlags: 'tcpFlags',
  packets: 'packetsSent',
  packetsBack: 'packetsBack',
  bytes: 'bytesSent',
  bytesBack: 'bytesBack',
  duration: 'duration',
  start: 'first',
  roundTrip: 'roundTrip',
  retransmissions: 'retransmissions',
};

/** Of these the greatest is looked for first. */
const GREATEST_FIRST: readonly ColumnId[] = ['packets', 'packetsBack', 'bytes', 'bytesBack', 'duration', 'roundTrip', 'retransmissions'];

const isOrder = (value: unknown): value is FlowOrder =>
  typeof value === 'object' &&
  value !== null &&
  'column' in value &&
  COLUMN_IDS.some((id) => id === value.column) &&
  'descending' in value &&
  typeof value.descending === 'boolean';

const store = makeColumnStore<ColumnId, { readonly sort: FlowOrder }>({
  key: 'portlight-flow-columns',
  ids: COLUMN_IDS,
  more: { sort: { column: 'start', descending: false } },
  isMore: ({ sort }) => isOrder(sort),
});

export const useFlowSettings = store.use;
export const { isId, setWidth, setOrder, setHidden, reset: resetColumns } = store;

export const setSort = (sort: FlowOrder): void => store.keep({ sort });

/** Sorts by the column; once more turns the order round. */
export function sortBy(column: string): void {
  if (!isId(column)) return;
  const { sort } = store.use.getState();
  setSort({ column, descending: sort.column === column ? !sort.descending : GREATEST_FIRST.includes(column) });
}
