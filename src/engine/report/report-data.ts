import type { SessionInfo, Tick } from '../../shared/contract/engine';
import type { ExposedPort, ExposureWindow } from '../../shared/contract/exposure';
import type { OverviewPlaces } from '../../shared/contract/overview';
import { type AlertDetails, SEVERITIES } from '../../shared/model/alerts';
import type { StatisticsSnapshot } from '../../shared/model/records';
import type { AlertService } from '../alerts/alert-service';
import type { Geo } from '../enrich/geo/geo';
import { ExposureService } from '../exposure/exposure-service';
import { findAddress } from '../hosts/host-context';
import type { OverviewService } from '../overview/overview-service';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';

/** Alerts that are told in full, the worst first: more nobody reads. */
export const MAX_REPORT_ALERTS = 200;
/** Ports of the exposed host. */
export const MAX_REPORT_PORTS = 100;

export type ReportScope = 'all' | 'shown';

/** Everything that a report says. */
export interface ReportData {
  readonly source: SessionInfo;
  readonly scope: ReportScope;
  readonly tick: Tick;
  /** Epoch milliseconds. */
  readonly made: number;
  readonly statistics: StatisticsSnapshot;
  readonly alerts: readonly AlertDetails[];
  readonly places: OverviewPlaces;
  readonly exposure: Pick<ExposureWindow, 'host' | 'summary' | 'total'> & { readonly rows: readonly ExposedPort[] };
  /** ISO 3166 code of an address; null where it is not known. */
  readonly countryOf: (address: string) => string | null;
  /** Whom the data of places is from; empty where there is none. */
  readonly attribution: readonly string[];
  /** The source ended before its format says it should. */
  readonly truncated: boolean;
}

export interface ReportParts {
  readonly alerts: AlertService;
  readonly geo: Geo;
  readonly overview: OverviewService;
  /** The packets that the report is of. */
  readonly view: (scope: ReportScope) => PacketView;
  readonly engine: {
    statistics(scope: ReportScope, signal: AbortSignal): Promise<StatisticsSnapshot>;
    tick(): Tick;
  };
}

/** Asks everybody who knows something of the session. The exposure is that of the likeliest host. */
export async function collectReport(parts: ReportParts, session: Session, scope: ReportScope, signal: AbortSignal): Promise<ReportData> {
  const { alerts, geo, overview, engine } = parts;
  const view = parts.view(scope);
  const exposure = new ExposureService({ alerts, geo, session: () => session, view: () => view });
  const { addresses } = session.capture.tables;
  const places = await overview.places(scope);
  const worstFirst = [...places.marks].sort(
    (a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || a.time - b.time || a.id - b.id,
  );
  return {
    source: session.info,
    scope,
    tick: engine.tick(),
    made: Date.now(),
    statistics: await engine.statistics(scope, signal),
    alerts: worstFirst.slice(0, MAX_REPORT_ALERTS).flatMap(({ id }) => alerts.get(id) ?? []),
    places,
    exposure: await exposure.rows({ host: null, scope: 'open', from: 0, count: MAX_REPORT_PORTS, sort: 'addresses', descending: true }),
    countryOf: (address) => geo.country(addresses, findAddress(addresses, address)),
    attribution: geo.info()?.attribution ?? [],
    truncated: session.capture.source.truncated,
  };
}
