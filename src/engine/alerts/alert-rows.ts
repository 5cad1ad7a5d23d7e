import type { AlertDetails, AlertNote, AlertRow, AlertStatus } from '../../shared/model/alerts';
import type { AddressIndex, Nanoseconds } from '../../shared/model/units';
import { AddressKind } from '../columns/address-table';
import { CHUNK_MASK } from '../columns/column-chunk';
import { epochText } from '../columns/packet-table';
import type { Alert } from '../detectors/alert';
import { RULES } from '../detectors/rules';
import type { SessionTables } from '../session-tables';

const NANOSECONDS_A_SECOND = 1_000_000_000;
const TCP = 6;
const UDP = 17;

/** What others say of an alert. */
export interface AlertHandling {
  readonly key: string;
  readonly status: AlertStatus;
  readonly note: string;
  readonly mute: number | null;
}

/** ISO 3166 code of an address' country; null where it is not known. */
export type CountryOf = (address: AddressIndex) => string | null;

const techniques = new Map(RULES.map((rule) => [rule.type as string, rule]));

export function epochOf(tables: SessionTables, time: Nanoseconds): string {
  const seconds = Math.floor(time / NANOSECONDS_A_SECOND);
  return epochText(tables.packets.startSecond + seconds, Math.floor(time - seconds * NANOSECONDS_A_SECOND));
}

/** The same for the same finding in the same capture, however often it is analysed. */
export function alertKey(tables: SessionTables, alert: Alert): string {
  const { addresses } = tables;
  const ends = [addresses.text(alert.source), addresses.text(alert.target), alert.targetPort ?? ''];
  return [alert.type, ...ends, alert.detail, epochOf(tables, alert.time)].join('|');
}

/** An alert as lists show it. */
export function alertRow(tables: SessionTables, alert: Alert, { key, status, note, mute }: AlertHandling, countryOf: CountryOf): AlertRow {
  const { title, description } = alert.describe();
  return {
    id: alert.id,
    key,
    type: alert.type,
    severity: alert.severity,
    time: alert.time,
    lastTime: alert.lastTime,
    epoch: epochOf(tables, alert.time),
    lastEpoch: epochOf(tables, alert.lastTime),
    sourceIp: tables.addresses.text(alert.source),
    sourcePort: alert.sourcePort,
    targetIp: tables.addresses.text(alert.target),
    targetPort: alert.targetPort,
    sourceCountry: countryOf(alert.source),
    targetCountry: countryOf(alert.target),
    title,
    description,
    technique: techniques.get(alert.type)?.technique ?? '',
    count: alert.count,
    absorbed: alert.children.length,
    status,
    note,
    mute,
  };
}

export function alertDetails(
  tables: SessionTables,
  alert: Alert,
  row: AlertRow,
  notes: readonly AlertNote[],
  children: readonly AlertRow[],
): AlertDetails {
  const { evidence, why } = alert.text();
  return {
    ...row,
    evidence,
    why,
    techniqueName: techniques.get(alert.type)?.techniqueName ?? '',
    packets: alert.rows.map((packet) => packet + 1),
    flows: alert.flows,
    filter: trafficFilter(tables, alert),
    range: evidenceRange(tables, alert),
    notes,
    children,
  };
}

/** From the first to the last that the alert speaks of: its evidence may have begun before it. */
function evidenceRange(tables: SessionTables, alert: Alert): { from: Nanoseconds; to: Nanoseconds } {
  let from = alert.time;
  let to = alert.lastTime;
  for (const row of alert.rows) {
    if (!tables.packets.has(row)) continue;
    const time = tables.packets.time(row);
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return { from, to };
}

/** A display filter that shows what passed between the alert's ends. */
function trafficFilter(tables: SessionTables, alert: Alert): string {
  const tests = [addressTest(tables, alert.source), addressTest(tables, alert.target)].filter((test) => test !== null);
  if (alert.targetPort !== null) tests.push(portTest(transportOf(tables, alert), alert.targetPort));
  if (tests.length > 0) return tests.join(' && ');
  return alert.rows.length === 0 ? '' : `frame.number in {${alert.rows.map((row) => row + 1).join(' ')}}`;
}

function addressTest({ addresses }: SessionTables, address: AddressIndex): string | null {
  const text = addresses.text(address);
  if (text === '') return null;
  const kind = addresses.kind(address);
  return `${kind === AddressKind.Ipv4 ? 'ip' : kind === AddressKind.Ipv6 ? 'ipv6' : 'eth'}.addr == ${text}`;
}

function portTest(protocol: number, port: number): string {
  if (protocol === TCP) return `tcp.port == ${port}`;
  if (protocol === UDP) return `udp.port == ${port}`;
  return `(tcp.port == ${port} || udp.port == ${port})`;
}

/** IP protocol of the evidence; 0 where none of its flows is kept. */
function transportOf({ flows, packets }: SessionTables, alert: Alert): number {
  const known = alert.flows.find((flow) => flows.has(flow));
  if (known !== undefined) return flows.protocol(known);
  const row = alert.rows.find((each) => packets.has(each) && flows.has(packets.chunkOf(each).flow[each & CHUNK_MASK] ?? -1));
  return row === undefined ? 0 : flows.protocol(packets.chunkOf(row).flow[row & CHUNK_MASK] ?? -1);
}
