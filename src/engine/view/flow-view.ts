import type { FlowSort } from '../../shared/contract/engine';
import type { FlowIndex } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';
import { flowHost } from '../api/flow-rows';
import { Turn } from '../budget';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { FlowTable } from '../flows/flow-table';
import type { SessionTables } from '../session-tables';
import type { PacketView } from './packet-view';

/** The flows of the shown packets in one order. Made anew when filter, order or the number of packets changed. */
export interface FlowOrder {
  readonly key: string;
  readonly flows: Uint32Array;
}

/** Flows that have at least one shown packet, in the order of `sort`. Works in turns; gives what it has when aborted. */
export async function orderFlows(
  tables: SessionTables,
  view: PacketView,
  sort: FlowSort,
  descending: boolean,
  key: string,
  signal: AbortSignal,
): Promise<FlowOrder> {
  const found = await shownFlows(tables, view, signal);
  const keys = sortKeys(tables, sort, found);
  const order = new Uint32Array(found.length).map((_, i) => i);
  const direction = descending ? -1 : 1;
  if (keys instanceof Float64Array) order.sort((a, b) => direction * ((keys[a] ?? 0) - (keys[b] ?? 0)) || a - b);
  else order.sort((a, b) => direction * compareTexts(keys[a] ?? '', keys[b] ?? '') || a - b);
  return { key, flows: order.map((i) => found[i] ?? 0) };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Flows with at least one shown packet, in the order in which they began. */
export async function shownFlows(tables: SessionTables, view: PacketView, signal: AbortSignal): Promise<Uint32Array> {
  const { flows, packets } = tables;
  const oldest = flows.oldest;
  const count = flows.count - oldest;
  if (view.isEverything) return new Uint32Array(count).map((_, i) => oldest + i);
  const seen = new Uint8Array(count);
  const turn = new Turn();
  const shown = view.count;
  let total = 0;
  for (let position = 0; position < shown && !signal.aborted; position++) {
    const row = view.row(position);
    const flow = packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32;
    if (flow !== NONE_32 && flow >= oldest && seen[flow - oldest] === 0) {
      seen[flow - oldest] = 1;
      total++;
    }
    if ((position & 0x3fff) === 0x3fff && turn.over) await turn.next();
  }
  const found = new Uint32Array(total);
  let at = 0;
  for (let i = 0; i < count; i++) if (seen[i] === 1) found[at++] = oldest + i;
  return found;
}

type NumberSort = 'first' | 'last' | 'duration' | 'packets' | 'bytes' | 'destinationPort' | 'state' | 'protocol';

const NUMBERS: Readonly<Record<NumberSort, (flows: FlowTable, flow: FlowIndex) => number>> = {
  first: (flows, flow) => flows.firstTime(flow),
  last: (flows, flow) => flows.lastTime(flow),
  duration: (flows, flow) => flows.lastTime(flow) - flows.firstTime(flow),
  packets: (flows, flow) => flows.packets(flow, 0) + flows.packets(flow, 1),
  bytes: (flows, flow) => flows.bytes(flow, 0) + flows.bytes(flow, 1),
  destinationPort: (flows, flow) => flows.destinationPort(flow),
  state: (flows, flow) => flows.state(flow),
  protocol: (flows, flow) => flows.protocol(flow),
};

function sortKeys(tables: SessionTables, sort: FlowSort, found: Uint32Array): Float64Array | string[] {
  const { flows, addresses, texts } = tables;
  if (sort === 'source' || sort === 'destination') return Array.from(found, (flow) => addresses.sortKey(flows[sort](flow)));
  if (sort === 'service')
    return Array.from(found, (flow) => `${String(flows.service(flow)).padStart(5, '0')} ${texts.text(flowHost(tables, flow))}`);
  const number = NUMBERS[sort];
  return Float64Array.from(found, (flow) => number(flows, flow));
}
