import type { ExposedPort, ExposureSummary } from '../../shared/contract/exposure';
import { SEVERITIES, type Severity } from '../../shared/model/alerts';
import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import { serviceName as portName } from '../../shared/model/services';
import type { AddressIndex, FlowIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import type { Alert } from '../detectors/alert';
import type { LocalAddresses } from '../detectors/local-addresses';
import { Outcome, outcomeOf } from '../hosts/flow-outcome';
import type { ProcessTable } from '../processes/process-table';
import type { SessionTables } from '../session-tables';

const STEP = 0xfff;
const PORTS = 65_536;
const TCP = 6;
const UDP = 17;
/** Ports times addresses that are told apart, about 50 bytes each: 13 MB. */
const MAX_PAIRS = 1 << 18;
const FIRST_COUNTRIES = 5;

/** What is counted of one host. */
export interface PortParts {
  readonly tables: SessionTables;
  readonly host: AddressIndex;
  readonly local: LocalAddresses;
  /** Alerts that stand. */
  readonly alerts: readonly Alert[];
  /** Of the watched machine where the host is it; else null. */
  readonly processes: ProcessTable | null;
  serviceName(service: number): string;
  country(address: AddressIndex): string | null;
}

export interface CountedPorts {
  readonly ports: readonly ExposedPort[];
  readonly summary: ExposureSummary;
  readonly bounded: boolean;
}

interface Tally {
  readonly outcomes: [number, number, number];
  readonly addresses: Set<AddressIndex>;
  readonly countries: Set<string>;
  service: number;
  bytes: number;
  firstTime: number;
  lastTime: number;
  listener: ExposedPort['listener'];
  severity: Severity | null;
  alerts: number;
}

/** Who touched the ports of a host, in these flows. Works in turns; half-done when aborted. */
export async function countPorts(parts: PortParts, shown: Uint32Array, signal: AbortSignal): Promise<CountedPorts> {
  const { tables, host, local } = parts;
  const { flows } = tables;
  const tallies = new Map<number, Tally>();
  const answeredAddresses = new Set<AddressIndex>();
  const answeredCountries = new Set<string>();
  let localAddresses = 0;
  let pairs = 0;
  let bounded = false;
  const turn = new Turn();
  for (const [i, flow] of shown.entries()) {
    if (signal.aborted) break;
    if ((i & STEP) === STEP && turn.over) await turn.next();
    if (!flows.has(flow) || flows.destination(flow) !== host || !hasPorts(flows.protocol(flow))) continue;
    const tally = tallyOf(tallies, keyOf(flows.protocol(flow), flows.destinationPort(flow)));
    const outcome = outcomeOf(flows, flow) as 0 | 1 | 2;
    addFlow(tally, tables, flow, outcome);
    const source = flows.source(flow);
    if (!tally.addresses.has(source)) {
      bounded ||= pairs >= MAX_PAIRS;
      if (pairs >= MAX_PAIRS) continue;
      pairs++;
      tally.addresses.add(source);
      const country = parts.country(source);
      if (country !== null) tally.countries.add(country);
    }
    if (outcome !== Outcome.Answered || answeredAddresses.has(source) || answeredAddresses.size >= MAX_PAIRS) continue;
    answeredAddresses.add(source);
    if (local.isLocal(source)) localAddresses++;
    const country = parts.country(source);
    if (country !== null) answeredCountries.add(country);
  }
  const tried = tallies.size;
  addListeners(parts, tallies);
  addAlerts(parts, tallies);
  const ports = Array.from(tallies, ([key, tally]) => portOf(parts, key, tally));
  const summary: ExposureSummary = {
    ports: ports.filter(({ answered }) => answered > 0).length,
    addresses: answeredAddresses.size,
    localAddresses,
    countries: answeredCountries.size,
    tried,
  };
  return { ports, summary, bounded };
}

const keyOf = (protocol: number, port: number): number => protocol * PORTS + port;

/** There are 65,536 ports of each of three transports: no bound is needed. */
function tallyOf(tallies: Map<number, Tally>, key: number): Tally {
  const known = tallies.get(key);
  if (known) return known;
  const tally: Tally = {
    outcomes: [0, 0, 0],
    addresses: new Set(),
    countries: new Set(),
    service: 0,
    bytes: 0,
    firstTime: Number.POSITIVE_INFINITY,
    lastTime: Number.NEGATIVE_INFINITY,
    listener: null,
    severity: null,
    alerts: 0,
  };
  tallies.set(key, tally);
  return tally;
}

function addFlow(tally: Tally, { flows }: SessionTables, flow: FlowIndex, outcome: 0 | 1 | 2): void {
  tally.outcomes[outcome]++;
  tally.bytes += flows.bytes(flow, 0) + flows.bytes(flow, 1);
  tally.firstTime = Math.min(tally.firstTime, flows.firstTime(flow));
  tally.lastTime = Math.max(tally.lastTime, flows.lastTime(flow));
  if (tally.service === 0) tally.service = flows.service(flow);
}

/** Also those that nobody touched: open to whoever comes next. */
function addListeners({ processes, tables, host }: PortParts, tallies: Map<number, Tally>): void {
  if (!processes) return;
  const written = tables.addresses.text(host);
  for (const { transport, address, port, process, user, open } of processes.listeners().listeners) {
    if (address !== null && address !== written) continue;
    const tally = tallyOf(tallies, keyOf(transport === 'tcp' ? TCP : UDP, port));
    if (tally.listener === null || (open && !tally.listener.open)) tally.listener = { process, user, open };
  }
}

/** Alerts that name the port, themselves or in what they absorbed; the transport is that of the flows they rest on. */
function addAlerts({ tables, host, alerts }: PortParts, tallies: Map<number, Tally>): void {
  const { flows } = tables;
  for (const alert of alerts) {
    const keys = new Set<number>();
    for (const { target, targetPort, flows: evidence } of [alert, ...alert.children]) {
      if (target !== host || targetPort === null) continue;
      const flow = evidence.find((each) => flows.has(each));
      keys.add(keyOf(flow === undefined ? TCP : flows.protocol(flow), targetPort));
    }
    for (const key of keys) {
      const tally = tallies.get(key);
      if (!tally) continue;
      tally.alerts++;
      if (tally.severity === null || SEVERITIES.indexOf(alert.severity) > SEVERITIES.indexOf(tally.severity))
        tally.severity = alert.severity;
    }
  }
}

function portOf({ serviceName }: PortParts, key: number, tally: Tally): ExposedPort {
  const port = key % PORTS;
  const [answered, refused, silent] = tally.outcomes;
  return {
    id: key,
    transport: ipProtocolName(Math.floor(key / PORTS)).toLowerCase(),
    port,
    service: serviceName(tally.service) || portName(port),
    listener: tally.listener,
    answered,
    refused,
    silent,
    addresses: tally.addresses.size,
    countries: tally.countries.size,
    firstCountries: [...tally.countries].slice(0, FIRST_COUNTRIES),
    bytes: tally.bytes,
    firstTime: Number.isFinite(tally.firstTime) ? tally.firstTime : null,
    lastTime: Number.isFinite(tally.lastTime) ? tally.lastTime : null,
    severity: tally.severity,
    alerts: tally.alerts,
  };
}
