import { MAX_OVERVIEW_ROWS, type NewRow, type NewRows, type NewToday } from '../../shared/contract/overview';
import { AddressKind } from '../../shared/model/addresses';
import type { Nanoseconds } from '../../shared/model/units';
import { Turn } from '../budget';
import type { AddressTable } from '../columns/address-table';
import type { LocalAddresses } from '../detectors/local-addresses';
import type { HistoryReader } from '../history/history-reader';
import type { PortName, TrafficStatistics } from '../stats/traffic-statistics';
import { sortByKey } from '../view/sort-by-key';

/** Of each kind, the largest are looked up: some 20 microseconds each in the store's worker. A scan or a flood brings any number. */
const MAX_ASKED = 10_000;
const MAX_PORTS_ASKED = 1000;
/** Keys of one question to the store, so that others come between. */
const QUESTION = 1000;
const STEP = 0x3fff;
const NANOSECONDS_A_SECOND = 1_000_000_000;

export interface NewTodayParts {
  readonly history: HistoryReader;
  readonly addresses: AddressTable;
  readonly local: LocalAddresses;
  /** Null: no database of places is loaded. */
  readonly countryOf: ((address: number) => string | null) | null;
  /** Epoch second that times count from. */
  readonly startSecond: number;
  /** Of all packets of the session. */
  readonly all: TrafficStatistics;
  /** Of those in the scope. */
  readonly scope: TrafficStatistics;
}

/** Local midnight before an epoch second. */
export function dayOf(second: number): number {
  const day = new Date(second * 1000);
  day.setHours(0, 0, 0, 0);
  return day.getTime() / 1000;
}

/**
 * Hosts, ports and countries of the scope that came up on its last day: the session has none of their packets from before, and neither has the
 * history. Works in turns; half-done when aborted.
 */
export async function newToday(parts: NewTodayParts, signal: AbortSignal): Promise<NewToday> {
  const { history, startSecond, all, scope, countryOf } = parts;
  if (scope.lastTime === null || all.firstTime === null) return { state: 'no-times' };
  const day = dayOf(startSecond + scope.lastTime / NANOSECONDS_A_SECOND);
  const dayTime: Nanoseconds = (day - startSecond) * NANOSECONDS_A_SECOND;
  const remembered = await history.rememberedBefore(day);
  const own = all.firstTime < dayTime ? startSecond + all.firstTime / NANOSECONDS_A_SECOND : Number.POSITIVE_INFINITY;
  if (remembered === null && own === Number.POSITIVE_INFINITY) return history.exists ? { state: 'nothing', day } : { state: 'no-history' };
  const isNew = (kind: 'host' | 'port' | 'country', rows: readonly NewRow[], count = rows.length) =>
    keepNew(history, kind, rows, count, day, signal);
  const found = await candidates(parts, dayTime, signal);
  const ports = newPorts(all, scope, dayTime);
  return {
    state: 'compared',
    day,
    captures: remembered?.captures ?? 0,
    since: Math.min(remembered?.since ?? Number.POSITIVE_INFINITY, own),
    hosts: await isNew('host', found.hosts, found.hostCount),
    ports: await isNew('port', ports.rows, ports.count),
    countries: countryOf === null ? null : await isNew('country', found.countries),
  };
}

interface Candidates {
  /** The largest, at most `MAX_ASKED`. */
  readonly hosts: readonly NewRow[];
  readonly hostCount: number;
  readonly countries: readonly NewRow[];
}

/** Hosts and countries of the scope that the session has no packet of before the day. */
async function candidates(
  { all, scope, addresses, local, countryOf }: NewTodayParts,
  dayTime: Nanoseconds,
  signal: AbortSignal,
): Promise<Candidates> {
  const bytesOf = (address: number): number => {
    const { bytesSent, bytesReceived } = scope.talker(address);
    return bytesSent + bytesReceived;
  };
  const countries = new Map<string, { first: Nanoseconds; bytes: number }>();
  const turn = new Turn();
  const count = Math.min(all.addressCount, addresses.count);
  // A flood of spoofed sources makes all of them new.
  const hosts = new Uint32Array(count);
  let hostCount = 0;
  for (let address = 0; address < count && !signal.aborted; address++) {
    if ((address & STEP) === STEP && turn.over) await turn.next();
    const first = all.addressFirst(address);
    if (first === Number.POSITIVE_INFINITY || addresses.kind(address) <= AddressKind.Mac || local.isGroup(address)) continue;
    const bytes = bytesOf(address);
    const country = countryOf?.(address) ?? null;
    if (country !== null) {
      const sum = countries.get(country) ?? { first, bytes: 0 };
      countries.set(country, { first: Math.min(sum.first, first), bytes: sum.bytes + bytes });
    }
    if (first >= dayTime && bytes > 0) hosts[hostCount++] = address;
  }
  const order = await sortByKey(hostCount, (slot) => bytesOf(hosts[slot] ?? 0), true, signal);
  return {
    hosts: Array.from(order.subarray(0, MAX_ASKED), (slot) => {
      const address = hosts[slot] ?? 0;
      return { key: addresses.text(address), bytes: bytesOf(address) };
    }),
    hostCount,
    countries: [...countries]
      .filter(([, { first, bytes }]) => first >= dayTime && bytes > 0)
      .map(([key, { bytes }]) => ({ key, bytes }))
      .sort((a, b) => b.bytes - a.bytes),
  };
}

const portName = ({ transport, port }: PortName): string => `${transport}/${port}`;

function newPorts(
  all: TrafficStatistics,
  scope: TrafficStatistics,
  dayTime: Nanoseconds,
): { readonly rows: readonly NewRow[]; readonly count: number } {
  let count = 0;
  const isNew = (port: PortName): boolean => {
    if (all.portFirst(port) < dayTime) return false;
    count++;
    return true;
  };
  const rows = scope.topPorts(MAX_PORTS_ASKED, isNew).map((port) => ({ key: portName(port), bytes: port.bytes }));
  return { rows, count };
}

/** Those that the history does not know from before. */
async function keepNew(
  history: HistoryReader,
  kind: 'host' | 'port' | 'country',
  rows: readonly NewRow[],
  count: number,
  day: number,
  signal: AbortSignal,
): Promise<NewRows> {
  const asked = rows.slice(0, MAX_ASKED);
  const kept: NewRow[] = [];
  for (let from = 0; from < asked.length && !signal.aborted; from += QUESTION) {
    const some = asked.slice(from, from + QUESTION);
    const seen = await history.seenBefore(
      kind,
      some.map(({ key }) => key),
      day,
    );
    kept.push(...some.filter((_, at) => !seen[at]));
  }
  return { rows: kept.slice(0, MAX_OVERVIEW_ROWS), total: kept.length, unasked: count - asked.length };
}
