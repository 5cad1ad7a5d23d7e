import type { FlowSort } from '../../shared/contract/engine';
import { hasPorts } from '../../shared/model/ip-protocols';
import type { FlowIndex } from '../../shared/model/units';
import { flowFlagLetters, flowHost, roundTrip } from '../api/flow-rows';
import { Turn } from '../budget';
import { flowStateName } from '../flows/flow-state';
import type { SessionTables } from '../session-tables';
import type { PacketView } from './packet-view';
import { allTraffic, shownTraffic } from './shown-traffic';
import { sortInTurns } from './sort-in-turns';

/** The flows of the shown packets in one order. Made anew when filter, order or the number of packets changed. */
export interface FlowOrder {
  readonly key: string;
  readonly flows: Uint32Array;
}

/** Flows that have at least one shown packet, in the order of `sort`. Works in turns; gives what it has when aborted. */
export async function orderFlows(
  tables: SessionTables,
  serviceName: (service: number) => string,
  view: PacketView,
  sort: FlowSort,
  descending: boolean,
  key: string,
  signal: AbortSignal,
): Promise<FlowOrder> {
  const found = await shownFlows(tables, view);
  const known = sortKey(tables, serviceName, sort);
  // While a file loads the oldest flows may go between two turns.
  const keys = await sortKeys(found, (flow) => (tables.flows.has(flow) ? known(flow) : UNKNOWN), signal);
  const direction = descending ? -1 : 1;
  const compare = (a: number, b: number): number => {
    const x = keys[a] ?? UNKNOWN;
    const y = keys[b] ?? UNKNOWN;
    if (x === y) return a - b;
    // What is unknown stands last in either direction.
    if (x === UNKNOWN || y === UNKNOWN) return x === UNKNOWN ? 1 : -1;
    return x < y ? -direction : direction;
  };
  const order = await sortInTurns(found.length, compare, signal);
  return { key, flows: order.map((i) => found[i] ?? 0) };
}

/** Flows with at least one shown packet, in the order in which they began. Works in turns. */
export const shownFlows = async (tables: SessionTables, view: PacketView): Promise<Uint32Array> =>
  (view.isEverything ? allTraffic(tables) : await shownTraffic(tables, view)).flows;

type Key = number | string;

/** Of a flow without the value that is sorted by. No flow has an empty text or this number otherwise. */
const UNKNOWN: Key = '';

function sortKey(tables: SessionTables, serviceName: (service: number) => string, sort: FlowSort): (flow: FlowIndex) => Key {
  const { flows, addresses, texts } = tables;
  switch (sort) {
    case 'first':
      return (flow) => flows.firstTime(flow);
    case 'last':
      return (flow) => flows.lastTime(flow);
    case 'duration':
      return (flow) => flows.lastTime(flow) - flows.firstTime(flow);
    case 'packets':
      return (flow) => flows.packets(flow, 0) + flows.packets(flow, 1);
    case 'packetsSent':
      return (flow) => flows.packets(flow, 0);
    case 'packetsBack':
      return (flow) => flows.packets(flow, 1);
    case 'bytes':
      return (flow) => flows.bytes(flow, 0) + flows.bytes(flow, 1);
    case 'bytesSent':
      return (flow) => flows.bytes(flow, 0);
    case 'bytesBack':
      return (flow) => flows.bytes(flow, 1);
    case 'source':
    case 'destination':
      return (flow) => addresses.sortKey(flows[sort](flow));
    case 'sourcePort':
    case 'destinationPort':
      return (flow) => (hasPorts(flows.protocol(flow)) ? flows[sort](flow) : UNKNOWN);
    case 'state':
      return (flow) => flowStateName(flows.state(flow));
    case 'tcpFlags':
      return (flow) => flowFlagLetters(flows, flow);
    case 'service':
      return (flow) => serviceName(flows.service(flow)).toLowerCase();
    case 'host':
      return (flow) => texts.text(flowHost(tables, flow)).toLowerCase();
    case 'protocol':
      return (flow) => flows.protocol(flow);
    case 'roundTrip':
      return (flow) => roundTrip(flows, flow) ?? UNKNOWN;
    case 'retransmissions':
      return (flow) => flows.retransmissions(flow);
    case 'process':
      return (flow) => tables.processes?.process(flow)?.toLowerCase() ?? UNKNOWN;
  }
}

async function sortKeys(found: Uint32Array, keyOf: (flow: FlowIndex) => Key, signal: AbortSignal): Promise<Key[]> {
  const keys: Key[] = [];
  const turn = new Turn();
  for (let i = 0; i < found.length && !signal.aborted; i++) {
    keys.push(keyOf(found[i] ?? 0));
    if ((i & 0x3ff) === 0x3ff && turn.over) await turn.next();
  }
  return keys;
}
