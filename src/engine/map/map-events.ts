import type { MapCursor, MapEvent, MapEvents } from '../../shared/contract/map';
import { type AlertRow, SEVERITIES, type Severity } from '../../shared/model/alerts';
import { hasPorts, ipProtocolName } from '../../shared/model/ip-protocols';
import type { AddressIndex, FlowIndex } from '../../shared/model/units';
import { NONE_32 } from '../../shared/model/units';
import { epochOf } from '../alerts/alert-rows';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { Alert } from '../detectors/alert';
import { partsIn } from '../hosts/census';
import type { SessionTables } from '../session-tables';
import type { PacketView } from '../view/packet-view';
import type { Locator } from './locator';
import type { Whose } from './whose';

/** Flows or shown packets that one call goes back through: a flood has more between two calls than anybody sees. */
const MAX_LOOKED_AT = 16_384;

export interface MapAlert {
  readonly alert: Alert;
  readonly row: AlertRow;
}

/** What events are made of. */
export interface EventParts {
  readonly tables: SessionTables;
  readonly session: number;
  /** Null: everything is shown. */
  readonly view: PacketView | null;
  readonly alerts: readonly MapAlert[];
  readonly locator: Locator;
  readonly whose: Whose;
  serviceName(service: number): string;
}

/** The newest flows and alerts with a place since the cursor, at most `count` of each. */
export function mapEvents(parts: EventParts, after: MapCursor | null, count: number): MapEvents {
  const { tables, view, session, alerts } = parts;
  const filter = view?.id ?? 0;
  const goesOn = after?.session === session && after.filter === filter;
  const severities = worstOf(alerts);
  const end = view ? view.forgotten + view.count : tables.flows.count;
  const start = Math.max(goesOn ? after.position : 0, view ? view.forgotten : tables.flows.oldest);
  const events: MapEvent[] = [];
  const seen = new Set<FlowIndex>();
  let position = end - 1;
  for (; position >= start && events.length < count && end - position <= MAX_LOOKED_AT; position--) {
    const flow = view ? flowOf(tables, view.row(position - view.forgotten)) : position;
    if (!tables.flows.has(flow) || seen.has(flow)) continue;
    seen.add(flow);
    const event = flowEvent(parts, flow, severities);
    if (event) events.push(event);
  }
  events.reverse();
  const fresh = alerts.filter(({ row }) => !goesOn || row.id > after.alert).slice(-count);
  for (const each of fresh) {
    const event = alertEvent(parts, each);
    if (event) events.push(event);
  }
  events.sort((a, b) => a.time - b.time);
  const alert = alerts.reduce((greatest, { row }) => Math.max(greatest, row.id), goesOn ? after.alert : 0);
  return { cursor: { session, filter, position: end, alert }, events, skipped: goesOn ? Math.max(0, position + 1 - start) : 0 };
}

const flowOf = ({ packets }: SessionTables, row: number): FlowIndex =>
  packets.has(row) ? (packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32) : NONE_32;

/** Of each address the worst severity of an alert that names it. */
function worstOf(alerts: readonly MapAlert[]): ReadonlyMap<AddressIndex, number> {
  const worst = new Map<AddressIndex, number>();
  for (const { alert } of alerts) {
    const severity = SEVERITIES.indexOf(alert.severity);
    for (const { address } of partsIn(alert)) worst.set(address, Math.max(worst.get(address) ?? 0, severity));
  }
  return worst;
}

function flowEvent(parts: EventParts, flow: FlowIndex, severities: ReadonlyMap<AddressIndex, number>): MapEvent | null {
  const { flows } = parts.tables;
  const source = flows.source(flow);
  const destination = flows.destination(flow);
  const address = parts.whose.isOurs(source) ? destination : source;
  const severity = severities.get(address);
  const protocol = flows.protocol(flow);
  return eventAt(parts, address, address === source ? destination : source, {
    key: `f${flow}`,
    time: flows.firstTime(flow),
    inbound: address === source,
    protocol: parts.serviceName(flows.service(flow)) || ipProtocolName(protocol),
    port: hasPorts(protocol) ? flows.destinationPort(flow) : null,
    severity: severity === undefined ? null : (SEVERITIES[severity] ?? null),
    alert: null,
  });
}

function alertEvent(parts: EventParts, { alert, row }: MapAlert): MapEvent | null {
  const named = partsIn(alert).find(({ address }) => !parts.whose.isOurs(address) && parts.locator.spotOf(address) >= 0);
  if (!named) return null;
  const severity: Severity = row.severity;
  const ours = partsIn(alert).find(({ address }) => parts.whose.isOurs(address));
  return eventAt(parts, named.address, ours?.address ?? -1, {
    key: `a${row.id}`,
    time: row.time,
    inbound: named.isSource,
    protocol: '',
    port: row.targetPort,
    severity,
    alert: { id: row.id, type: row.type, title: row.title },
  });
}

type Rest = Pick<MapEvent, 'key' | 'time' | 'inbound' | 'protocol' | 'port' | 'severity' | 'alert'>;

/** Null where the address is ours or has no coordinates. `other`: of the other end, which may be ours; -1: none. */
function eventAt({ tables, whose, locator }: EventParts, address: AddressIndex, other: AddressIndex, rest: Rest): MapEvent | null {
  if (whose.isOurs(address)) return null;
  const spot = locator.spot(locator.spotOf(address));
  if (!spot?.hasCoordinates) return null;
  const { latitude, longitude, city, country } = spot;
  const home = other >= 0 && whose.isOurs(other) ? locator.spot(locator.spotOf(other)) : null;
  const ours = home?.hasCoordinates ? { latitude: home.latitude, longitude: home.longitude } : null;
  return { ...rest, ours, epoch: epochOf(tables, rest.time), address: tables.addresses.text(address), latitude, longitude, city, country };
}
