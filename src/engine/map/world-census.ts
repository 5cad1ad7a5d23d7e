import { MAX_MAP_PLACES, type MapAlertType, type MapHome, type MapOwnPlace, type MapPort, type MapWorld } from '../../shared/contract/map';
import { type AlertType, SEVERITIES } from '../../shared/model/alerts';
import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import { serviceName } from '../../shared/model/services';
import type { AddressIndex } from '../../shared/model/units';
import { Turn } from '../budget';
import { AddressKind } from '../columns/address-table';
import type { Alert } from '../detectors/alert';
import type { Direction } from '../flows/flow-records';
import { partsIn } from '../hosts/census';
import type { SessionTables } from '../session-tables';
import type { Traffic } from '../view/shown-traffic';
import type { Locator } from './locator';
import { Tallies } from './tally';
import { STEP, type Whose } from './whose';

const MAX_PORTS = 20;
const MAX_OWN_PLACES = 20;
/** Flows between two looks at the clock: a new address is looked up in a file. */
const LOOK_UPS = 0x1f;
const NOT_SEEN = -1;

/** What the map is counted from. */
export interface WorldParts {
  readonly tables: SessionTables;
  /** What counts. */
  readonly traffic: Traffic;
  /** Alerts that stand and count. */
  readonly alerts: readonly Alert[];
  readonly alertRevision: number;
  readonly locator: Locator;
  readonly whose: Whose;
}

/**
 * Sums flows and alerts by place and by country. Takes eight bytes for each interned address while it works. Works in turns; half-done when
 * aborted.
 */
export async function takeWorldCensus(parts: WorldParts, signal: AbortSignal): Promise<MapWorld> {
  const { tables, traffic, locator, whose } = parts;
  const { flows, addresses } = tables;
  const places = new Tallies<number>();
  const countries = new Tallies<string>();
  const ports = new Map<number, { flows: number; bytes: number }>();
  const bytesOf = new Float64Array(addresses.count).fill(NOT_SEEN);
  let locatedFlows = 0;

  /** Index of the spot of an end of the flow at this place that is not ours; -1: it is on no place. */
  const see = (at: number, address: AddressIndex): number => {
    if (address >= bytesOf.length || whose.isOurs(address) || addresses.kind(address) <= AddressKind.Mac) return -1;
    bytesOf[address] = Math.max(0, bytesOf[address] ?? 0) + traffic.bytes(at);
    return locator.spotOf(address);
  };
  const addEnd = (at: number, end: Direction, slot: number, otherSlot: number): void => {
    const country = locator.spot(slot)?.country ?? null;
    const twiceInPlace = end === 1 && slot === otherSlot;
    const twiceInCountry = end === 1 && otherSlot >= 0 && locator.spot(otherSlot)?.country === country;
    const sent = traffic.bytesFrom(at, end);
    const received = traffic.bytesFrom(at, end === 0 ? 1 : 0);
    const packets = traffic.packets(at);
    const count = (tally: ReturnType<typeof places.of>, isTwice: boolean): void => {
      if (isTwice) return;
      tally.bytesSent += sent;
      tally.bytesReceived += received;
      tally.flows++;
      tally.packets += packets;
    };
    count(places.of(slot), twiceInPlace);
    if (country !== null) count(countries.of(country), twiceInCountry);
  };

  const turn = new Turn();
  for (let i = 0; i < traffic.flows.length && !signal.aborted; i++) {
    if ((i & LOOK_UPS) === LOOK_UPS && turn.over) await turn.next();
    const flow = traffic.flows[i] ?? 0;
    // While a file is read the oldest flows may go between two turns.
    if (!flows.has(flow)) continue;
    const from = see(i, flows.source(flow));
    const to = see(i, flows.destination(flow));
    if (from >= 0) addEnd(i, 0, from, to);
    if (to >= 0) addEnd(i, 1, to, from);
    if (from < 0 && to < 0) continue;
    locatedFlows++;
    const protocol = flows.protocol(flow);
    if (!hasPorts(protocol)) continue;
    const key = (protocol << 16) | flows.destinationPort(flow);
    const port = ports.get(key) ?? { flows: 0, bytes: 0 };
    port.flows++;
    port.bytes += traffic.bytes(i);
    ports.set(key, port);
  }

  let hosts = 0;
  let locatedHosts = 0;
  for (let address = 0; address < bytesOf.length && !signal.aborted; address++) {
    if ((address & STEP) === STEP && turn.over) await turn.next();
    const bytes = bytesOf[address] ?? NOT_SEEN;
    if (bytes === NOT_SEEN) continue;
    hosts++;
    const slot = locator.spotOf(address);
    if (slot < 0) continue;
    locatedHosts++;
    places.of(slot).addHost(address, bytes);
    const country = locator.spot(slot)?.country ?? null;
    if (country !== null) countries.of(country).hosts++;
  }
  const types = countAlerts(parts, places, countries);

  const shown = [...places.all]
    .map(([slot, tally]) => ({ spot: locator.spot(slot), tally }))
    .filter(({ spot }) => spot?.hasCoordinates === true)
    .sort((a, b) => b.tally.bytes - a.tally.bytes);
  return {
    countries: [...countries.all]
      .map(([code, tally]) => ({ code, ...tally.traffic, alerts: tally.alerts }))
      .sort((a, b) => b.bytesSent + b.bytesReceived - a.bytesSent - a.bytesReceived),
    places: shown.slice(0, MAX_MAP_PLACES).map(({ spot, tally }) => ({
      latitude: spot?.latitude ?? 0,
      longitude: spot?.longitude ?? 0,
      city: spot?.city ?? null,
      country: spot?.country ?? null,
      ...tally.traffic,
      alerts: tally.alertCount,
      severity: tally.worst,
      addresses: tally.top.map(({ address }) => addresses.text(address)),
    })),
    placeCount: shown.length,
    home: homeOf(parts),
    ownPlaces: ownPlaces(parts),
    ports: topPorts(ports),
    types,
    flows: traffic.flows.length,
    locatedFlows,
    ownHosts: whose.count,
    hosts,
    locatedHosts,
    lostFlows: flows.evicted + flows.forgotten,
    alertRevision: parts.alertRevision,
  };
}

/** Counts each alert once to each place, country and type. */
function countAlerts({ alerts, whose, locator }: WorldParts, places: Tallies<number>, countries: Tallies<string>): MapAlertType[] {
  const types = new Map<AlertType, { severity: number; count: number }>();
  for (const alert of alerts) {
    const slots = new Set<number>();
    for (const { address } of partsIn(alert)) if (!whose.isOurs(address)) slots.add(locator.spotOf(address));
    slots.delete(-1);
    const codes = new Set<string>();
    for (const slot of slots) {
      places.of(slot).alerts[alert.severity]++;
      const country = locator.spot(slot)?.country ?? null;
      if (country !== null) codes.add(country);
    }
    for (const code of codes) countries.of(code).alerts[alert.severity]++;
    if (slots.size === 0) continue;
    const type = types.get(alert.type) ?? { severity: 0, count: 0 };
    types.set(alert.type, { severity: Math.max(type.severity, SEVERITIES.indexOf(alert.severity)), count: type.count + 1 });
  }
  return [...types]
    .map(([type, { severity, count }]) => ({ type, severity: SEVERITIES[severity] ?? 'info', count }))
    .sort((a, b) => b.count - a.count);
}

function topPorts(ports: ReadonlyMap<number, { flows: number; bytes: number }>): MapPort[] {
  return [...ports]
    .sort(([, a], [, b]) => b.flows - a.flows || b.bytes - a.bytes)
    .slice(0, MAX_PORTS)
    .map(([key, { flows, bytes }]) => {
      const port = key & 0xffff;
      return { transport: ipProtocolName(key >>> 16), port, service: serviceName(port), flows, bytes };
    });
}

function ownPlaces({ whose, locator, tables }: WorldParts): MapOwnPlace[] {
  const found: MapOwnPlace[] = [];
  for (const address of whose.named) {
    const spot = address === whose.home ? null : locator.spot(locator.spotOf(address));
    if (!spot?.hasCoordinates) continue;
    const { latitude, longitude, city, country } = spot;
    if (found.push({ address: tables.addresses.text(address), latitude, longitude, city, country }) === MAX_OWN_PLACES) break;
  }
  return found;
}

function homeOf({ whose, locator, tables }: WorldParts): MapHome {
  const { home, origin, count } = whose;
  const spot = home < 0 ? null : locator.spot(locator.spotOf(home));
  const { latitude = 0, longitude = 0, city = null, country = null } = spot ?? {};
  const place = spot?.hasCoordinates ? { latitude, longitude, city, country } : null;
  return { place, address: home < 0 ? '' : tables.addresses.text(home), origin, others: Math.max(0, count - 1) };
}
