import type { AlertQuery } from '../../shared/contract/alerts';
import type { HostCalls, HostQuery, HostSort } from '../../shared/contract/hosts';
import type { BlockAdvice, HostDetails } from '../../shared/model/hosts';
import type { AlertService } from '../alerts/alert-service';
import { Turn } from '../budget';
import { NO_LISTS } from '../detectors/lists';
import { LocalAddresses } from '../detectors/local-addresses';
import type { Geo } from '../enrich/geo/geo';
import type { Session } from '../session';
import { shownFlows } from '../view/flow-view';
import type { PacketView } from '../view/packet-view';
import { blockRules } from './block-rules';
import { blockWarnings } from './block-warnings';
import { type Cached, cached, isFresh } from './cached';
import { type Census, countHost, takeCensus } from './census';
import { findAddress, HostContext } from './host-context';
import { hostDetails } from './host-details';
import { orderHosts } from './host-order';
import { hostRow } from './host-rows';

/** Flows between two looks at the clock. */
const STEP = 0xfff;
const EVERY_ALERT: AlertQuery = { severities: [], types: [], statuses: [], source: null, text: '', muted: false };

type Args<K extends keyof HostCalls> = HostCalls[K]['args'];
type Answer<K extends keyof HostCalls> = HostCalls[K]['result'];

/** What the service asks of whoever holds the session. */
export interface HostServiceParts {
  readonly alerts: AlertService;
  readonly geo: Geo;
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

export interface Counted {
  readonly number: number;
  readonly context: HostContext;
  readonly census: Census;
}

/** The hosts of the open session: counted once a revision for all who ask, ordered once a question. */
export class HostService {
  readonly #parts: HostServiceParts;
  #counting: Cached<Counted> | null = null;
  /** The newest of all hosts and of those that a filter shows: whoever drops the filter has the former at once. */
  readonly #ordering = new Map<'all' | 'shown', Cached<Uint32Array>>();
  #page: Cached<HostDetails | null> | null = null;
  #counts = 0;
  #stop = new AbortController();

  constructor(parts: HostServiceParts) {
    this.#parts = parts;
  }

  /** The session is closed: nothing of it is kept, and what is being counted is given up. */
  close(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#counting = null;
    this.#ordering.clear();
    this.#page = null;
  }

  async rows({ from, count, query, sort, descending }: Args<'hosts.rows'>): Promise<Answer<'hosts.rows'>> {
    const session = this.#parts.session();
    if (!session) return { from, rows: [], total: 0, hosts: 0, considered: 0, lostFlows: 0 };
    const counted = await this.count(session);
    const slots = await this.#order(session, counted, query, sort, descending);
    const { context, census } = counted;
    const { flows } = session.capture.tables;
    const rows = Array.from(slots.subarray(from, from + count), (slot) => hostRow(context, census.counters, slot));
    const { hosts, counters } = census;
    return { from, rows, total: slots.length, hosts, considered: counters.size, lostFlows: flows.evicted + flows.forgotten };
  }

  async get(text: string): Promise<HostDetails | null> {
    const session = this.#parts.session();
    const address = session ? findAddress(session.capture.tables.addresses, text) : -1;
    if (!session || address < 0) return null;
    const { applications } = session.capture.pipeline;
    const key = `${address} ${this.#parts.geo.info()?.built} ${this.revision(session)}`;
    if (!isFresh(this.#page, key, session)) {
      const { signal } = this.#stop;
      this.#page = cached(
        key,
        hostDetails(this.#context(session), (service) => applications.protocolName(service), address, signal),
      );
    }
    return this.#page.result;
  }

  async block(text: string, signal: AbortSignal): Promise<BlockAdvice | null> {
    const session = this.#parts.session();
    const address = session ? findAddress(session.capture.tables.addresses, text) : -1;
    if (!session || address < 0) return null;
    const context = this.#context(session);
    const counters = await countHost(context, address, signal);
    const { flows, addresses } = session.capture.tables;
    const flowsTo = counters.flowsTo[0] ?? 0;
    const own = (counters.flowsBegun[0] ?? 0) + flowsTo;
    // As the table writes it: the text that was asked with may be written in another way.
    const written = addresses.text(address);
    return {
      address: written,
      rules: blockRules(written),
      warnings: blockWarnings({
        scope: context.place(address).scope,
        own: context.isOwn(address),
        handshakes: counters.twoWay[0] === 1,
        flowsTo,
        flows: own,
        share: own / Math.max(1, flows.count - flows.oldest),
      }),
    };
  }

  /** One count for all who ask at the same time. */
  count(session: Session): Promise<Counted> {
    const key = this.revision(session);
    if (!isFresh(this.#counting, key, session)) {
      const context = this.#context(session);
      const number = ++this.#counts;
      this.#counting = cached(
        key,
        takeCensus(context, this.#stop.signal).then((census) => ({ number, context, census })),
      );
    }
    return this.#counting.result;
  }

  /** Changes with everything that hosts are counted from; while packets come only time makes a count old. */
  revision(session: Session): string {
    const { tables } = session.capture;
    const { load, info } = session;
    return load === 'loading'
      ? `${info.id}`
      : `${info.id} ${tables.flows.count} ${tables.packets.count} ${this.#parts.alerts.news().revision}`;
  }

  #order(
    session: Session,
    { number, context, census }: Counted,
    query: HostQuery,
    sort: HostSort,
    descending: boolean,
  ): Promise<Uint32Array> {
    const view = query.scope === 'shown' ? this.#parts.view() : null;
    const shownBy = view && !view.isEverything ? view : null;
    const scope = shownBy ? `${shownBy.id} ${shownBy.count}` : 'all';
    const whole = JSON.stringify([number, scope, this.#parts.geo.info()?.built ?? null, query.text, sort, descending]);
    const which = shownBy ? 'shown' : 'all';
    const before = this.#ordering.get(which);
    if (before?.key === whole && !before.failed) return before.result;
    const { signal } = this.#stop;
    const make = async (): Promise<Uint32Array> => {
      const shown = shownBy && (await shownSlots(session, shownBy, census));
      const order = { text: query.text, shown, sort, descending };
      return orderHosts(context, census.counters, order, signal);
    };
    const ordering = cached(whole, make());
    this.#ordering.set(which, ordering);
    return ordering.result;
  }

  #context(session: Session): HostContext {
    const { tables, detection } = session.capture;
    const book = detection?.book.alerts ?? [];
    const { rows } = this.#parts.alerts.rows({ from: 0, count: book.length, query: EVERY_ALERT, sort: 'time', descending: false });
    const hostAlerts = rows.flatMap((row) => {
      const alert = book[row.id - 1];
      return alert ? { alert, row } : [];
    });
    const local = detection?.local ?? new LocalAddresses(tables.addresses, []);
    const placeOf = (address: number) => this.#parts.geo.place(tables.addresses, address);
    return new HostContext(tables, hostAlerts, local, detection?.lists ?? NO_LISTS, placeOf);
  }
}

/** 1 for each slot whose host has a flow with a shown packet. */
async function shownSlots(session: Session, view: PacketView, census: Census): Promise<Uint8Array> {
  const { tables } = session.capture;
  const { flows } = tables;
  const shown = new Uint8Array(census.counters.size);
  const mark = (address: number): void => {
    const slot = census.slotOf(address);
    if (slot >= 0) shown[slot] = 1;
  };
  const turn = new Turn();
  for (const flow of await shownFlows(tables, view)) {
    if ((flow & STEP) === STEP && turn.over) await turn.next();
    if (!flows.has(flow)) continue;
    mark(flows.source(flow));
    mark(flows.destination(flow));
  }
  return shown;
}
