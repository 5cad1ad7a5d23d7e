import { ProblemError } from '../../shared/base/result';
import type { Share, StatisticsSnapshot } from '../../shared/model/records';
import { serviceName } from '../../shared/model/services';
import { Turn } from '../budget';
import { protocolNames } from '../decode/protocol-names';
import type { SessionTables } from '../session-tables';
import { TrafficStatistics } from '../stats/traffic-statistics';
import { visitSome } from '../view/each-shown';
import type { PacketView } from '../view/packet-view';
import { allTraffic, shownTraffic, type Traffic } from '../view/shown-traffic';
import { flowHost } from './flow-rows';

/** Entries of each ranking on the wire. */
const TOP = 50;
const TOP_PROTOCOLS = 100;
const TCP = 6;
const UDP = 17;
const ICMP = 1;
const ICMPV6 = 58;
/** Rows between two looks at the clock. */
const STEP = 0x4000;

interface Kept {
  readonly key: string;
  readonly result: Promise<StatisticsSnapshot>;
  /** Whoever asked gave it up: it is half-done. */
  readonly signal: AbortSignal;
}

/** Totals, shares, talkers and series: of all packets as the session counts them, or of what a view shows, counted when asked for. */
export class SessionStatistics {
  readonly #tables: SessionTables;
  readonly #all: TrafficStatistics;
  /** The newest of everything and of what a view shows: whoever drops the filter has the former at once. */
  readonly #snapshots = new Map<'all' | 'shown', Kept>();
  #shown: { readonly view: PacketView; readonly statistics: TrafficStatistics; counted: number } | null = null;

  constructor(tables: SessionTables, all: TrafficStatistics) {
    this.#tables = tables;
    this.#all = all;
  }

  /** Of all packets. */
  get all(): TrafficStatistics {
    return this.#all;
  }

  /** Of what the view shows; of everything where `view` is null. Made once for as long as no packet comes. */
  snapshot(view: PacketView | null, signal: AbortSignal): Promise<StatisticsSnapshot> {
    const { packets, flows } = this.#tables;
    const key = `${view?.id} ${view?.forgotten} ${view?.count} ${packets.count} ${packets.first} ${flows.count}`;
    const which = view === null ? 'all' : 'shown';
    const kept = this.#snapshots.get(which);
    if (kept?.key === key && !kept.signal.aborted) return kept.result;
    const result = this.#make(view, signal);
    this.#snapshots.set(which, { key, result, signal });
    return result;
  }

  async #make(view: PacketView | null, signal: AbortSignal): Promise<StatisticsSnapshot> {
    const statistics = view === null ? this.#all : await this.count(view, signal);
    const traffic = view === null ? allTraffic(this.#tables) : await shownTraffic(this.#tables, view);
    return makeSnapshot(this.#tables, statistics, traffic);
  }

  /** Goes on from where the last count of the view ended. */
  async count(view: PacketView, signal: AbortSignal): Promise<TrafficStatistics> {
    if (this.#shown?.view !== view) this.#shown = { view, statistics: newStatistics(), counted: 0 };
    const shown = this.#shown;
    const turn = new Turn();
    const { packets } = this.#tables;
    while (shown.counted < view.forgotten + view.count && !signal.aborted) {
      // What went before it was counted is not known any more.
      const from = Math.max(0, shown.counted - view.forgotten);
      const end = Math.min(view.count, from + STEP);
      visitSome(packets, view, from, end, (chunk, p) => shown.statistics.add(chunk, p));
      shown.counted = view.forgotten + end;
      if (turn.over) await turn.next();
      if (this.#shown !== shown) throw new ProblemError({ code: 'cancelled', sentence: 'Something else was asked for meanwhile.' });
    }
    return shown.statistics;
  }
}

export const newStatistics = (): TrafficStatistics => new TrafficStatistics((id) => protocolNames.name(id));

/** Numbers for the wire and the command line. Flows are counted in turns; the rest is of one moment. */
export async function makeSnapshot(tables: SessionTables, statistics: TrafficStatistics, traffic: Traffic): Promise<StatisticsSnapshot> {
  const { addresses } = tables;
  const counts = await countFlows(tables, traffic);
  return {
    packets: statistics.packets,
    bytes: statistics.bytes,
    capturedBytes: statistics.capturedBytes,
    firstTime: statistics.firstTime,
    lastTime: statistics.lastTime,
    ...counts,
    protocols: statistics
      .topProtocols(TOP_PROTOCOLS)
      .map(({ protocol, packets, bytes }) => ({ name: protocolNames.name(protocol), packets, bytes })),
    talkers: statistics.topTalkers(TOP).map((talker) => ({
      address: addresses.text(talker.address),
      packets: talker.packetsSent + talker.packetsReceived,
      bytes: talker.bytesSent + talker.bytesReceived,
      bytesSent: talker.bytesSent,
      bytesReceived: talker.bytesReceived,
    })),
    ports: statistics.topPorts(TOP).map((port) => ({ ...port, service: serviceName(port.port) })),
    series: statistics.seriesSnapshot(),
    lengths: Array.from(statistics.lengths),
  };
}

interface FlowCounts {
  readonly flows: StatisticsSnapshot['flows'];
  readonly names: readonly Share[];
}

async function countFlows(tables: SessionTables, traffic: Traffic): Promise<FlowCounts> {
  const { flows, texts } = tables;
  const count = { tcp: 0, udp: 0, icmp: 0, other: 0, total: 0 };
  const hosts = new Map<number, { packets: number; bytes: number }>();
  const turn = new Turn();
  for (let at = 0; at < traffic.flows.length; at++) {
    if ((at & 0xfff) === 0xfff && turn.over) await turn.next();
    const flow = traffic.flows[at] ?? 0;
    if (!flows.has(flow)) continue;
    const protocol = flows.protocol(flow);
    if (protocol === TCP) count.tcp++;
    else if (protocol === UDP) count.udp++;
    else if (protocol === ICMP || protocol === ICMPV6) count.icmp++;
    else count.other++;
    count.total++;
    const host = flowHost(tables, flow);
    if (host < 0) continue;
    const sum = hosts.get(host) ?? { packets: 0, bytes: 0 };
    sum.packets += traffic.packets(at);
    sum.bytes += traffic.bytes(at);
    hosts.set(host, sum);
  }
  const names = [...hosts]
    .sort((a, b) => b[1].bytes - a[1].bytes)
    .slice(0, TOP)
    .map(([host, sum]) => ({ name: texts.text(host), ...sum }));
  return { flows: count, names };
}
