import { ProblemError } from '../../shared/base/result';
import type { MapScope } from '../../shared/contract/map';
import {
  MAX_OVERVIEW_ALERTS,
  MAX_OVERVIEW_ROWS,
  type NewToday,
  type OverviewAlert,
  type OverviewPlaces,
} from '../../shared/contract/overview';
import { SEVERITIES } from '../../shared/model/alerts';
import type { SessionStatistics } from '../api/session-statistics';
import { LocalAddresses } from '../detectors/local-addresses';
import type { Geo } from '../enrich/geo/geo';
import type { HistoryReader } from '../history/history-reader';
import type { MapService } from '../map/map-service';
import type { Session } from '../session';
import { KeptAnswer } from '../view/kept-answer';
import type { PacketView } from '../view/packet-view';
import { newToday } from './new-today';

export interface OverviewParts {
  readonly map: MapService;
  readonly geo: Geo;
  readonly history: HistoryReader;
  readonly statistics: () => SessionStatistics | null;
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

/** What the overview shows beside the sums over packets. */
export class OverviewService {
  readonly #parts: OverviewParts;
  readonly #new = new KeptAnswer<NewToday>();

  constructor(parts: OverviewParts) {
    this.#parts = parts;
  }

  /** The session is closed. */
  close(): void {
    this.#new.clear();
  }

  /** Counted with the map's numbers, so that both say the same. */
  async places(scope: MapScope): Promise<OverviewPlaces> {
    const { map, geo } = this.#parts;
    const { countries, hosts, locatedHosts } = await map.places({ scope });
    const alerts = (await map.alerts({ scope })).map(
      ({ row: { id, type, severity, time } }): OverviewAlert => ({ id, type, severity, time }),
    );
    const counts = { info: 0, low: 0, medium: 0, high: 0, critical: 0 };
    for (const { severity } of alerts) counts[severity]++;
    return {
      countries:
        geo.info() === null ? null : { rows: countries.slice(0, MAX_OVERVIEW_ROWS), total: countries.length, hosts, located: locatedHosts },
      alerts: counts,
      marks: worst(alerts).sort((a, b) => a.time - b.time),
    };
  }

  newToday(scope: MapScope): Promise<NewToday> {
    const { session, view, statistics } = this.#present();
    if (session.info.kind === 'demo') return Promise.resolve({ state: 'demo' });
    const shown = scope === 'shown' && !view.isEverything ? view : null;
    const grows = session.load === 'loading' || view.scanning;
    const { tables, detection } = session.capture;
    const { geo, history } = this.#parts;
    const counts = grows ? '' : `${shown?.count} ${tables.packets.count}`;
    const key = `${session.info.id} ${shown?.id} ${counts} ${geo.info()?.built}`;
    return this.#new.get(key, grows, async (signal) =>
      newToday(
        {
          history,
          addresses: tables.addresses,
          local: detection?.local ?? new LocalAddresses(tables.addresses, []),
          countryOf: geo.info() === null ? null : (address) => geo.country(tables.addresses, address),
          startSecond: tables.packets.startSecond,
          all: statistics.all,
          scope: shown === null ? statistics.all : await statistics.count(shown, signal),
        },
        signal,
      ),
    );
  }

  #present(): { readonly session: Session; readonly view: PacketView; readonly statistics: SessionStatistics } {
    const session = this.#parts.session();
    const view = this.#parts.view();
    const statistics = this.#parts.statistics();
    if (!session || !view || !statistics) throw new ProblemError({ code: 'no-session', sentence: 'No capture is open.' });
    return { session, view, statistics };
  }
}

const rank = ({ severity }: OverviewAlert): number => SEVERITIES.indexOf(severity);

const worst = (alerts: readonly OverviewAlert[]): OverviewAlert[] =>
  alerts.length <= MAX_OVERVIEW_ALERTS ? [...alerts] : alerts.toSorted((a, b) => rank(b) - rank(a)).slice(0, MAX_OVERVIEW_ALERTS);
