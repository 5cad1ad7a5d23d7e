import type { AlertQuery } from '../../shared/contract/alerts';
import type { MapCalls, MapScope, MapWorld } from '../../shared/contract/map';
import type { AlertService } from '../alerts/alert-service';
import type { ShownAlerts } from '../alerts/shown-alerts';
import { LocalAddresses } from '../detectors/local-addresses';
import type { Geo } from '../enrich/geo/geo';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';
import { allTraffic, shownTraffic } from '../view/shown-traffic';
import { Locator } from './locator';
import { type MapAlert, mapEvents } from './map-events';
import { findOurs, type Whose } from './whose';
import { takeWorldCensus } from './world-census';

/** While packets come a count is used for so long, and so many times as long as it took: each goes over all flows. */
const FRESH_MS = 1000;
const COST_FACTOR = 5;
const EVERY_ALERT: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: false };

const NO_WORLD: MapWorld = {
  countries: [],
  places: [],
  placeCount: 0,
  home: { place: null, address: '', origin: 'own', others: 0 },
  ownPlaces: [],
  ports: [],
  types: [],
  flows: 0,
  locatedFlows: 0,
  ownHosts: 0,
  hosts: 0,
  locatedHosts: 0,
  lostFlows: 0,
  alertRevision: 0,
};

type Args<K extends keyof MapCalls> = MapCalls[K]['args'];
type Answer<K extends keyof MapCalls> = MapCalls[K]['result'];

export interface MapServiceParts {
  readonly alerts: AlertService;
  readonly shownAlerts: ShownAlerts;
  readonly geo: Geo;
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

interface Counted {
  readonly key: string;
  readonly world: Promise<MapWorld>;
  done: { readonly at: number; readonly took: number } | null;
  failed: boolean;
}

/** The open session on the map: counted once a revision for all who ask. */
export class MapService {
  readonly #parts: MapServiceParts;
  /** The newest of everything and of what a filter shows: whoever drops the filter has the former at once. */
  readonly #counted = new Map<'all' | 'shown', Counted>();
  #whose: { readonly key: string; readonly result: Promise<Whose> } | null = null;
  #located: { readonly key: string; readonly locator: Locator } | null = null;
  #alerts: { readonly key: string; readonly shown: ReadonlySet<number> | null; readonly list: readonly MapAlert[] } | null = null;
  #stop = new AbortController();

  constructor(parts: MapServiceParts) {
    this.#parts = parts;
  }

  /** The session is closed: nothing of it is kept, and what is being counted is given up. */
  close(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#counted.clear();
    this.#whose = null;
    this.#located = null;
    this.#alerts = null;
  }

  async places({ scope }: Args<'map.places'>): Promise<Answer<'map.places'>> {
    const session = this.#parts.session();
    return session ? this.#count(session, scope) : NO_WORLD;
  }

  /** Alerts that stand and have evidence in the scope's flows, in the order in which they were raised. */
  async alerts({ scope }: Args<'map.places'>): Promise<readonly MapAlert[]> {
    const session = this.#parts.session();
    return session ? this.#alertsOf(session, this.#shownBy(scope)) : [];
  }

  async events({ scope, after, count }: Args<'map.events'>): Promise<Answer<'map.events'>> {
    const session = this.#parts.session();
    if (!session) return { cursor: null, events: [], skipped: 0 };
    // Whose addresses are ours changes rarely: the last count is good enough, whatever came since.
    const view = this.#shownBy(scope);
    const whose = await (this.#whose?.result ?? this.#ours(session));
    const { applications } = session.capture.pipeline;
    return mapEvents(
      {
        tables: session.capture.tables,
        session: session.info.id,
        view,
        alerts: await this.#alertsOf(session, view),
        locator: this.#locator(session),
        whose,
        serviceName: (service) => applications.protocolName(service),
      },
      after,
      count,
    );
  }

  #count(session: Session, scope: MapScope): Counted['world'] {
    const view = this.#shownBy(scope);
    const { tables } = session.capture;
    const isGrowing = session.load === 'loading';
    const built = this.#parts.geo.info()?.built ?? null;
    const revision = isGrowing ? '' : `${tables.flows.count} ${tables.packets.count} ${this.#parts.alerts.news().revision}`;
    // A filter that is still looked for in the packets shows more with every question.
    const shown = view ? `${view.id} ${isGrowing ? '' : view.count}` : 'all';
    const key = `${session.info.id} ${built} ${shown} ${revision}`;
    const which = view ? 'shown' : 'all';
    const before = this.#counted.get(which);
    if (before?.key === key && isFresh(before, isGrowing)) return before.world;
    const begun = performance.now();
    const counted: Counted = { key, world: this.#take(session, view), done: null, failed: false };
    this.#counted.set(which, counted);
    void counted.world.then(
      () => {
        const at = performance.now();
        counted.done = { at, took: at - begun };
      },
      () => {
        counted.failed = true;
      },
    );
    return counted.world;
  }

  async #take(session: Session, view: PacketView | null): Counted['world'] {
    const { signal } = this.#stop;
    const { tables } = session.capture;
    const traffic = view ? await shownTraffic(tables, view) : allTraffic(tables);
    const whose = await this.#ours(session);
    const alertRevision = this.#parts.alerts.news().revision;
    const alerts = (await this.#alertsOf(session, view)).map(({ alert }) => alert);
    const locator = this.#locator(session);
    return takeWorldCensus({ tables, traffic, alerts, alertRevision, locator, whose }, signal);
  }

  /** Of all flows: home does not move when filter or time range show others. */
  #ours({ info, capture: { tables, detection } }: Session): Promise<Whose> {
    const { flows, packets, addresses } = tables;
    const key = `${info.id} ${flows.count} ${packets.count}`;
    if (this.#whose?.key !== key) {
      const local = detection?.local ?? new LocalAddresses(addresses, []);
      this.#whose = { key, result: findOurs(tables, allTraffic(tables).flows, local, this.#stop.signal) };
    }
    return this.#whose.result;
  }

  /** Of what the filter shows, or null for everything. */
  #shownBy(scope: MapScope): PacketView | null {
    const view = scope === 'shown' ? this.#parts.view() : null;
    return view && !view.isEverything ? view : null;
  }

  #locator(session: Session): Locator {
    const { geo } = this.#parts;
    const info = geo.info();
    const key = `${session.info.id} ${info?.path ?? ''} ${info?.built ?? ''}`;
    if (this.#located?.key !== key) {
      const { addresses } = session.capture.tables;
      this.#located = { key, locator: new Locator((address) => geo.location(addresses, address)) };
    }
    return this.#located.locator;
  }

  /** Alerts that stand; with a view those that it shows. In the order in which they were raised. */
  async #alertsOf(session: Session, view: PacketView | null): Promise<readonly MapAlert[]> {
    const { detection } = session.capture;
    if (!detection) return [];
    const shown = view ? await this.#parts.shownAlerts.ids() : null;
    const key = `${session.info.id} ${this.#parts.alerts.news().revision}`;
    if (this.#alerts?.key === key && this.#alerts.shown === shown) return this.#alerts.list;
    const book = detection.book.alerts;
    const { rows } = this.#parts.alerts.rows({ from: 0, count: book.length, query: EVERY_ALERT, sort: 'time', descending: false });
    const list: readonly MapAlert[] = rows
      .flatMap((row) => {
        const alert = book[row.id - 1];
        return alert && (shown === null || shown.has(row.id)) ? [{ alert, row }] : [];
      })
      .sort((a, b) => a.row.id - b.row.id);
    this.#alerts = { key, shown, list };
    return list;
  }
}

function isFresh({ done, failed }: Counted, isGrowing: boolean): boolean {
  if (failed) return false;
  if (!isGrowing || done === null) return true;
  return performance.now() - done.at <= Math.max(FRESH_MS, COST_FACTOR * done.took);
}
