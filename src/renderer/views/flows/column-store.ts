import type { FlowSort } from '../../../shared/contract/engine';
import type { ColumnArrangement } from '../../stores/columns';
import { type ColumnSort, makeSortedColumnStore } from '../../stores/sorted-columns';

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

export type FlowOrder = ColumnSort<ColumnId>;

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

const store = makeSortedColumnStore<ColumnId>({
  key: 'portlight-flow-columns',
  ids: COLUMN_IDS,
  sort: { column: 'start', descending: false },
  greatestFirst: ['packets', 'packetsBack', 'bytes', 'bytesBack', 'duration', 'roundTrip', 'retransmissions'],
});

export const useFlowSettings = store.use;
export const { isId, setWidth, setOrder, setHidden, setSort, sortBy, reset: resetColumns } = store;
