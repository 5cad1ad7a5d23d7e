import { type AlertRow, SEVERITIES } from '../../shared/model/alerts';
import type { HostDetails, HostPeer, Ranked } from '../../shared/model/hosts';
import type { AddressIndex } from '../../shared/model/units';
import { epochOf } from '../alerts/alert-rows';
import { Turn } from '../budget';
import type { Direction } from '../flows/flow-records';
import { countHost, partsIn } from './census';
import type { HostContext } from './host-context';
import type { HostCounters } from './host-counters';
import { NameTally } from './host-names';
import { PortTally } from './host-ports';
import { bestName, hostRow } from './host-rows';
import { riskFacts, riskScore } from './risk-score';
import { MAX_TOLD_APART, Tally, top } from './tally';

const STEP = 0xfff;
/** Entries of each ranking on a page. */
const TOP = 50;

/** The page of an address; null where no kept flow and no alert has it. Goes over all flows, in turns; half-done when aborted. */
export async function hostDetails(
  context: HostContext,
  serviceName: (service: number) => string,
  address: AddressIndex,
  signal: AbortSignal,
): Promise<HostDetails | null> {
  const counters = await countHost(context, address, signal);
  const alertsFrom = alertsOf(context, address, true);
  const alertsTo = alertsOf(context, address, false);
  const flows = (counters.flowsBegun[0] ?? 0) + (counters.flowsTo[0] ?? 0);
  if (flows + alertsFrom.total + alertsTo.total === 0) return null;
  const { tables } = context;
  const row = hostRow(context, counters, 0);
  const listed = context.listed(address);
  const tallies = await tally(context, serviceName, address, signal);
  return {
    ...row,
    firstEpoch: epochOf(tables, row.firstTime),
    lastEpoch: epochOf(tables, row.lastTime),
    place: context.place(address),
    ...listed,
    ...tallies,
    handshakes: counters.twoWay[0] === 1,
    attempts: { answered: counters.answered[0] ?? 0, refused: counters.refused[0] ?? 0, silent: counters.silent[0] ?? 0 },
    failedLogins: counters.failedLogins[0] ?? 0,
    alertsFrom,
    alertsTo,
    score: scoreOf(context, counters, address),
  };
}

const scoreOf = (context: HostContext, counters: HostCounters, address: AddressIndex) =>
  riskScore(riskFacts(counters, 0, context.listed(address)));

const rank = ({ severity }: AlertRow): number => SEVERITIES.indexOf(severity);

/** The worst first, of equals the latest. */
function alertsOf({ hostAlerts }: HostContext, address: AddressIndex, asSource: boolean): Ranked<AlertRow> {
  const found = hostAlerts.filter(({ alert }) => partsIn(alert).some((part) => part.address === address && part.isSource === asSource));
  const rows = found.map(({ row }) => row).sort((a, b) => rank(b) - rank(a) || b.lastTime - a.lastTime || a.id - b.id);
  return { rows: rows.slice(0, TOP), total: rows.length };
}

async function tally(context: HostContext, serviceName: (service: number) => string, address: AddressIndex, signal: AbortSignal) {
  const { tables } = context;
  const { flows } = tables;
  const names = new NameTally(tables, serviceName, address);
  const ports = new PortTally(flows, serviceName);
  const protocols = new Tally<string>(MAX_TOLD_APART);
  const peers = new Tally<AddressIndex>(MAX_TOLD_APART);
  const processes = new Tally<string>(MAX_TOLD_APART);
  const turn = new Turn();
  for (let flow = flows.oldest; flow < flows.count && !signal.aborted; flow++) {
    if ((flow & STEP) === STEP && turn.over) await turn.next();
    if (!flows.has(flow)) continue;
    const source = flows.source(flow);
    const destination = flows.destination(flow);
    if (source !== address && destination !== address) continue;
    const end: Direction = source === address ? 0 : 1;
    const packets = flows.packets(flow, 0) + flows.packets(flow, 1);
    const bytes = flows.bytes(flow, 0) + flows.bytes(flow, 1);
    protocols.add(ports.protocolName(flow), packets, bytes);
    const process = tables.processes?.process(flow) ?? null;
    if (process !== null) processes.add(process, packets, bytes);
    peers.add(end === 0 ? destination : source, packets, bytes);
    if (end === 0) ports.addTried(flow, destination);
    // A host that talks to itself is both.
    if (destination === address) {
      ports.addService(flow);
      names.addFlow(flow);
    }
  }
  const peer = ({ key, ...sums }: { key: AddressIndex; flows: number; packets: number; bytes: number }): HostPeer => ({
    address: tables.addresses.text(key),
    name: bestName(context, key, -1),
    country: context.place(key).country,
    ...sums,
  });
  const topPeers = top(peers, TOP);
  return {
    names: names.ranked(),
    tried: ports.tried(TOP),
    services: ports.services(TOP),
    protocols: rename(top(protocols, TOP)),
    processes: rename(top(processes, TOP)),
    peers: { rows: topPeers.rows.map(peer), total: topPeers.total },
  };
}

const rename = <T extends { readonly key: string }>({ rows, total }: Ranked<T>) => ({
  rows: rows.map(({ key, ...sums }) => ({ name: key, ...sums })),
  total,
});
