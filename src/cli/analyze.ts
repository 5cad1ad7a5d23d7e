import { findShownAlerts } from '../engine/alerts/shown-alerts';
import { makeSnapshot, newStatistics } from '../engine/api/session-statistics';
import type { Capture } from '../engine/capture';
import { wordsOfText } from '../engine/enrich/geo/address-scope';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import type { SessionTables } from '../engine/session-tables';
import type { TrafficStatistics } from '../engine/stats/traffic-statistics';
import { allTraffic, wholeTraffic } from '../engine/view/shown-traffic';
import { linkTypeName } from '../shared/model/link-types';
import type { StatisticsSnapshot } from '../shared/model/records';
import { NONE_32 } from '../shared/model/units';
import { type AlertRecord, alertRecords, sessionTime } from './alert-records';
import { end } from './alerts';
import { ListedRows } from './listed-rows';
import type { Listing } from './listing';
import { cell, Output } from './output';

const TALKERS = 10;

/** Record of `analyze` (cli.md: a stable contract). */
interface Analysis {
  readonly file: string;
  readonly format: string;
  readonly packets: number;
  readonly bytes: number;
  readonly capturedBytes: number;
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  readonly truncated: boolean;
  readonly warnings: readonly string[];
  readonly linkTypes: readonly string[];
  readonly protocols: Readonly<Record<string, number>>;
  readonly flows: StatisticsSnapshot['flows'];
  readonly topTalkers: readonly { address: string; packets: number; bytes: number; country: string | null }[];
  readonly alerts: readonly AlertRecord[];
}

export interface AnalysisOptions {
  /** Only what its filter takes; null: all packets. */
  readonly listing: Listing | null;
  readonly geo: GeoDatabase | null;
  readonly json: boolean;
}

/** Reads the capture to its end and prints its summary. */
export async function printAnalysis(file: string, capture: Capture, options: AnalysisOptions): Promise<void> {
  const { listing, geo, json } = options;
  const listed = listing ? new ListedRows() : null;
  const statistics = listing && listed ? await countListed(capture, listing, listed) : await countAll(capture);
  const alerts = alertRecords(capture);
  const shown = listed && findShownAlerts(capture.tables.flows, capture.detection?.book.alerts ?? [], listed);
  const analysis = describe(file, capture, statistics, shown ? alerts.filter(({ id }) => shown.has(id)) : alerts, geo);
  const output = new Output();
  if (json) output.line(JSON.stringify(analysis));
  else for (const line of asText(analysis)) output.line(line);
  output.flush();
}

async function countAll(capture: Capture): Promise<StatisticsSnapshot> {
  const { tables } = capture;
  const { packets } = tables;
  const statistics = newStatistics();
  for (let batch = await capture.next(); batch; batch = await capture.next()) {
    statistics.addRows(packets, packets.count - batch.count, packets.count);
  }
  return snapshotOfAll(tables, statistics);
}

/** With every flow that is kept. */
export const snapshotOfAll = (tables: SessionTables, statistics: TrafficStatistics): Promise<StatisticsSnapshot> =>
  makeSnapshot(tables, statistics, allTraffic(tables));

async function countListed(capture: Capture, listing: Listing, listed: ListedRows): Promise<StatisticsSnapshot> {
  const { tables } = capture;
  const statistics = newStatistics();
  const flows = new Set<number>();
  for await (const { row } of listing.rows()) {
    statistics.addRow(tables.packets, row);
    const flow = listed.add(tables.packets, row);
    if (flow !== NONE_32) flows.add(flow);
  }
  return makeSnapshot(tables, statistics, wholeTraffic(tables, Uint32Array.from(flows)));
}

export function describe(
  file: string,
  capture: Capture,
  statistics: StatisticsSnapshot,
  alerts: readonly AlertRecord[],
  geo: GeoDatabase | null,
): Analysis {
  const { source } = capture;
  const time = (nanoseconds: number | null): string | null => (nanoseconds === null ? null : sessionTime(capture, nanoseconds));
  return {
    file,
    format: source.format,
    packets: statistics.packets,
    bytes: statistics.bytes,
    capturedBytes: statistics.capturedBytes,
    firstTime: time(statistics.firstTime),
    lastTime: time(statistics.lastTime),
    truncated: source.truncated,
    warnings: source.warnings.map(({ sentence }) => sentence),
    linkTypes: [...new Set(source.interfaces.map(({ linkType }) => linkTypeName(linkType)))],
    protocols: Object.fromEntries(statistics.protocols.map(({ name, packets }) => [name, packets])),
    flows: statistics.flows,
    topTalkers: statistics.talkers
      .slice(0, TALKERS)
      .map(({ address, packets, bytes }) => ({ address, packets, bytes, country: countryOf(geo, address) })),
    alerts,
  };
}

function countryOf(geo: GeoDatabase | null, address: string): string | null {
  const words = wordsOfText(address);
  return words && geo ? geo.country(words) : null;
}

const number = (value: number): string => value.toLocaleString('en');

export function asText(a: Analysis): string[] {
  const protocols = Object.entries(a.protocols).slice(0, TALKERS);
  return [
    `${a.file}: ${a.format}, ${a.linkTypes.join(', ') || 'no interface'}`,
    `${number(a.packets)} packets, ${number(a.bytes)} bytes on the wire, ${number(a.capturedBytes)} captured${a.truncated ? ' (the file is cut short)' : ''}`,
    ...(a.firstTime === null || a.lastTime === null ? [] : [`from ${a.firstTime} to ${a.lastTime} (seconds since 1970)`]),
    `${number(a.flows.total)} flows: ${number(a.flows.tcp)} TCP, ${number(a.flows.udp)} UDP, ${number(a.flows.icmp)} ICMP, ${number(a.flows.other)} other`,
    `Protocols: ${protocols.map(([name, packets]) => `${name} ${number(packets)}`).join(', ') || 'none'}`,
    ...(a.topTalkers.length === 0 ? [] : ['Top talkers:']),
    ...a.topTalkers.map(
      ({ address, packets, bytes, country }) =>
        `  ${address.padEnd(40)} ${number(packets).padStart(12)} packets ${number(bytes).padStart(16)} bytes${country ? `  ${country}` : ''}`,
    ),
    a.alerts.length === 0 ? 'No alerts.' : `${number(a.alerts.length)} ${a.alerts.length === 1 ? 'alert' : 'alerts'}:`,
    ...a.alerts.map(
      ({ severity, title, sourceIp, sourcePort, targetIp, targetPort }) =>
        `  ${severity.toUpperCase().padEnd(8)} ${cell(title)} (${end(sourceIp, sourcePort)} > ${end(targetIp, targetPort)})`,
    ),
  ];
}
