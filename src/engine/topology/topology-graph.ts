import { MAX_EDGES, type TopologyEdge, type TopologyGraph, type TopologyGrouping } from '../../shared/contract/topology';
import { ipProtocolName } from '../../shared/model/ip-protocols';
import { PROTOCOL_FAMILIES, protocolFamily } from '../../shared/model/protocol-families';
import type { FlowIndex, Nanoseconds } from '../../shared/model/units';
import { Turn } from '../budget';
import type { Census } from '../hosts/census';
import type { HostContext } from '../hosts/host-context';
import type { Traffic } from '../view/shown-traffic';
import { sortInTurns } from '../view/sort-in-turns';
import { EdgeSums, mainFamily } from './edge-sums';
import { byBytes, byRank, foldUnits } from './fold';
import { hostUnits } from './host-units';
import { NodeBook, type NodeStart } from './node-book';
import { isRouting } from './roles';

/** Flows between two looks at the clock. */
const STEP = 0xfff;
const NOBODY = -2;

export interface TopologyInput {
  readonly context: HostContext;
  readonly census: Census;
  readonly traffic: Traffic;
  /** As `TopologyGraph.since`. */
  readonly since: Nanoseconds | null;
  /** Name of the application protocol of a flow's service; '' where none was recognised. */
  serviceName(service: number): string;
}

export interface TopologyOptions {
  readonly grouping: TopologyGrouping;
  readonly open: readonly string[];
  readonly limit: number;
}

/**
 * Nodes and edges of the traffic, three times over its flows: what each host said, who is a node, what the nodes said to each other; and once
 * over all flows where it is asked what is new. Works in turns; half-done when aborted.
 */
export async function topologyGraph(input: TopologyInput, options: TopologyOptions, signal: AbortSignal): Promise<TopologyGraph> {
  const { context, census, traffic, since } = input;
  const { flows } = context.tables;
  const { counters } = census;
  const turn = new Turn();
  const hosts = { bytes: new Float64Array(counters.size), flows: new Uint32Array(counters.size), routes: new Uint8Array(counters.size) };
  let unlisted = false;
  for (let at = 0; at < traffic.flows.length && !signal.aborted; at++) {
    if ((at & STEP) === STEP && turn.over) await turn.next();
    const flow = traffic.flows[at] ?? 0;
    // While packets come, the oldest flows may go between two turns.
    if (!flows.has(flow)) continue;
    const from = census.slotOf(flows.source(flow));
    const to = census.slotOf(flows.destination(flow));
    const routes = isRouting(flows, flow);
    for (const slot of from === to ? [from] : [from, to]) {
      if (slot < 0) unlisted = true;
      else {
        hosts.bytes[slot] = (hosts.bytes[slot] ?? 0) + traffic.bytes(at);
        hosts.flows[slot] = (hosts.flows[slot] ?? 0) + 1;
        // Whom a routing protocol was only sent to may be a group or nobody.
        if (routes && (slot === from || flows.packets(flow, 1) > 0)) hosts.routes[slot] = 1;
      }
    }
  }
  const used = hosts.flows.reduce((count, each) => count + (each > 0 ? 1 : 0), 0);
  const grouping = options.grouping !== 'auto' ? options.grouping : used > options.limit ? 'subnet' : 'none';
  const { units, unitOf } = await hostUnits(context, counters, hosts, grouping, new Set(options.open), signal);
  const sorted = (compare: typeof byBytes): Promise<Uint32Array> =>
    sortInTurns(units.length, (a, b) => compareAt(units, compare, a, b), signal);
  const order = { byRank: await sorted(byRank), byBytes: await sorted(byBytes) };
  const standsFor = foldUnits(units, order, options.limit - (unlisted ? 1 : 0));

  const starts: NodeStart[] = [];
  const nodeOfUnit = new Int32Array(units.length).fill(-1);
  for (const [index, unit] of units.entries()) {
    if (standsFor[index] !== index) continue;
    nodeOfUnit[index] = starts.length;
    starts.push(unit);
  }
  const book = new NodeBook(context, counters, starts);
  const nodeOfSlot = unitOf.map((unit) => (unit < 0 ? -1 : (nodeOfUnit[standsFor[unit] ?? -1] ?? -1)));
  for (let slot = 0; slot < counters.size && !signal.aborted; slot++) {
    if ((slot & 0xff) === 0xff && turn.over) await turn.next();
    if (hosts.flows[slot] === 0) continue;
    const isNew = since !== null && (counters.firstTime[slot] ?? 0) >= since;
    book.addHost(nodeOfSlot[slot] ?? -1, slot, { routes: hosts.routes[slot] === 1, isNew });
  }

  const nodeOf = (address: number): number => {
    const slot = census.slotOf(address);
    return book.index(slot < 0 ? -1 : (nodeOfSlot[slot] ?? -1));
  };
  const familyOf = families(input);
  const edges = new EdgeSums(book.size);
  const totals = { hosts: used, flows: 0, packets: 0, bytes: 0 };
  for (let at = 0; at < traffic.flows.length && !signal.aborted; at++) {
    if ((at & STEP) === STEP && turn.over) await turn.next();
    const flow = traffic.flows[at] ?? 0;
    if (!flows.has(flow)) continue;
    const from = nodeOf(flows.source(flow));
    const to = nodeOf(flows.destination(flow));
    const packets = traffic.packets(at);
    const bytes = traffic.bytes(at);
    totals.flows++;
    totals.packets += packets;
    totals.bytes += bytes;
    book.addFlow(from, to, packets, bytes);
    if (from !== to) edges.add(from, to, packets, bytes, familyOf(flow));
  }
  // Of groups only the hosts that are shown count: what others of them did says nothing of this traffic.
  const shownNode = (slot: number): number => (slot >= 0 && hosts.flows[slot] === 0 ? NOBODY : book.index(nodeOfSlot[slot] ?? -1));
  for (let flow = flows.oldest; since !== null && flow < flows.count && !signal.aborted; flow++) {
    if ((flow & STEP) === STEP && turn.over) await turn.next();
    if (!flows.has(flow) || flows.firstTime(flow) >= since) continue;
    const from = shownNode(census.slotOf(flows.source(flow)));
    const to = shownNode(census.slotOf(flows.destination(flow)));
    if (from !== NOBODY && to !== NOBODY) edges.addOld(from, to);
  }
  const chosen = edges.choose(MAX_EDGES);
  const nodes = book.nodes();
  const single = nodes.reduce((count, { kind }) => count + (kind === 'host' ? 1 : 0), 0);
  return {
    nodes: nodes.sort(byBytesThenId),
    edges: chosen.edges.map((edge): TopologyEdge => {
      const [source, target] = edge.lead >= 0 ? [edge.low, edge.high] : [edge.high, edge.low];
      const { flows: count, packets, bytes } = edge;
      const family = mainFamily(edge.families);
      const isNew = since !== null && !edge.isOld;
      return { source: book.id(source), target: book.id(target), flows: count, packets, bytes, family, isNew };
    }),
    since,
    grouping,
    totals,
    folded: { hosts: used - single, edges: chosen.folded },
    lostFlows: flows.evicted + flows.forgotten,
  };
}

function compareAt<T>(units: readonly T[], compare: (a: T, b: T) => number, a: number, b: number): number {
  const x = units[a];
  const y = units[b];
  return x && y ? compare(x, y) : 0;
}

const byBytesThenId = (a: { bytes: number; id: string }, b: { bytes: number; id: string }): number =>
  b.bytes - a.bytes || (a.id < b.id ? -1 : 1);

/** Index of a flow's family, each name looked up once. */
function families({ context: { tables }, serviceName }: TopologyInput): (flow: FlowIndex) => number {
  const known = new Map<number, number>();
  return (flow) => {
    const service = tables.flows.service(flow);
    const protocol = tables.flows.protocol(flow);
    const key = service * 256 + protocol;
    let family = known.get(key);
    if (family === undefined) {
      const name = serviceName(service);
      family = PROTOCOL_FAMILIES.indexOf(protocolFamily(name === '' ? ipProtocolName(protocol) : name));
      known.set(key, family);
    }
    return family;
  };
}
