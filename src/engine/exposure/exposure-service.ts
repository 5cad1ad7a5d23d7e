import { z } from 'zod';
import {
  EXPOSURE_SCOPES,
  EXPOSURE_SORTS,
  type ExposedPort,
  type ExposureCalls,
  type ExposureSort,
  type ExposureSummary,
} from '../../shared/contract/exposure';
import { SEVERITIES } from '../../shared/model/alerts';
import type { AddressIndex } from '../../shared/model/units';
import type { AlertService } from '../alerts/alert-service';
import type { Alert } from '../detectors/alert';
import { LocalAddresses } from '../detectors/local-addresses';
import type { Geo } from '../enrich/geo/geo';
import { findAddress } from '../hosts/host-context';
import type { Session } from '../session';
import { shownFlows } from '../view/flow-view';
import { KeptAnswers } from '../view/kept-answers';
import type { PacketView } from '../view/packet-view';
import { type SortKey, sortByKey } from '../view/sort-by-key';
import { type CountedPorts, countPorts } from './count-ports';
import { type FoundHost, watchedHosts } from './watched-hosts';

const MAX_ROWS = 1000;
/** Longest address as text. */
const MAX_ADDRESS_LENGTH = 64;
const NOTHING: ExposureSummary = { ports: 0, addresses: 0, localAddresses: 0, countries: 0, tried: 0 };

type Args = ExposureCalls['exposure.rows']['args'];
type Answer = ExposureCalls['exposure.rows']['result'];

export const exposureSchemas: { [K in keyof ExposureCalls]: z.ZodType<ExposureCalls[K]['args']> } = {
  'exposure.rows': z.strictObject({
    host: z.string().max(MAX_ADDRESS_LENGTH).nullable(),
    scope: z.enum(EXPOSURE_SCOPES),
    from: z.number().int().min(0),
    count: z.number().int().min(0).max(MAX_ROWS),
    sort: z.enum(EXPOSURE_SORTS),
    descending: z.boolean(),
  }),
};

export interface ExposureParts {
  readonly alerts: AlertService;
  readonly geo: Geo;
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

interface Hosts {
  readonly mark: string;
  readonly shown: Uint32Array;
  readonly hosts: readonly FoundHost[];
  readonly count: number;
}

/** Which ports of a host somebody touched: counted once for a filter, a number of packets and a host, ordered once a question. */
export class ExposureService {
  readonly #parts: ExposureParts;
  readonly #hosts = new KeptAnswers<Hosts>();
  readonly #ports = new KeptAnswers<CountedPorts & { readonly mark: string }>();
  readonly #order = new KeptAnswers<readonly ExposedPort[]>();
  #counts = 0;

  constructor(parts: ExposureParts) {
    this.#parts = parts;
  }

  /** The session is closed. */
  close(): void {
    for (const kept of [this.#hosts, this.#ports, this.#order]) kept.clear();
  }

  async rows({ host: asked, scope, from, count, sort, descending }: Args): Promise<Answer> {
    const session = this.#parts.session();
    const view = this.#parts.view();
    const nothing = {
      from,
      rows: [],
      total: 0,
      host: null,
      hosts: [],
      hostCount: 0,
      summary: NOTHING,
      bounded: false,
      knowsListeners: false,
    };
    if (!session || !view) return nothing;
    const { addresses } = session.capture.tables;
    const found = await this.#find(session, view);
    const wanted = asked === null ? -1 : findAddress(addresses, asked);
    const host = wanted >= 0 ? wanted : found.hosts[0]?.address;
    if (host === undefined) return nothing;
    const processes = watchedBy(session).has(host) ? session.capture.tables.processes : null;
    const counted = await this.#count(session, view, found, host);
    const rows = await this.#order.of(view).get(`${counted.mark} ${scope} ${sort} ${descending}`, false, async (signal) => {
      const ports = scope === 'all' ? counted.ports : counted.ports.filter(isOpen);
      const slots = await sortByKey(ports.length, (i) => keyOf(ports[i], sort), descending, signal);
      return Array.from(slots, (slot) => ports[slot]).filter((port) => port !== undefined);
    });
    const { summary, bounded } = counted;
    return {
      from,
      rows: rows.slice(from, from + count),
      total: rows.length,
      host: addresses.text(host),
      hosts: found.hosts.map(({ address, local, answered, flows }) => ({ address: addresses.text(address), local, answered, flows })),
      hostCount: found.count,
      summary,
      bounded,
      knowsListeners: processes !== null,
    };
  }

  #find(session: Session, view: PacketView): Promise<Hosts> {
    const { tables } = session.capture;
    const grows = session.load === 'loading' || view.scanning;
    const ids = `${session.info.id} ${view.key}`;
    const key = grows ? ids : `${ids} ${view.count} ${tables.flows.count}`;
    return this.#hosts.of(view).get(key, grows, async (signal) => {
      const shown = await shownFlows(tables, view);
      const watched = watchedBy(session);
      const { hosts, count } = await watchedHosts(tables, shown, localOf(session), (address) => watched.has(address), signal);
      return { mark: `${++this.#counts}`, shown, hosts, count };
    });
  }

  #count(session: Session, view: PacketView, { mark, shown }: Hosts, host: AddressIndex) {
    const { tables, pipeline } = session.capture;
    const processes = watchedBy(session).has(host) ? tables.processes : null;
    const revision = `${this.#parts.alerts.news().revision} ${this.#parts.geo.info()?.built ?? ''} ${processes?.state?.looks ?? 0}`;
    return this.#ports.of(view).get(`${mark} ${host} ${revision}`, false, async (signal) => {
      const counted = await countPorts(
        {
          tables,
          host,
          local: localOf(session),
          alerts: this.#alerts(session),
          processes,
          serviceName: (service) => pipeline.applications.protocolName(service),
          country: (address) => this.#parts.geo.country(tables.addresses, address),
        },
        shown,
        signal,
      );
      return { ...counted, mark: `${++this.#counts}` };
    });
  }

  /** Those that are listed and that no mute hides. */
  #alerts(session: Session): Alert[] {
    const book = session.capture.detection?.book.alerts ?? [];
    const query = { severities: [], types: [], statuses: [], source: null, text: '', muted: false };
    const { rows } = this.#parts.alerts.rows({ from: 0, count: book.length, query, sort: 'time', descending: false });
    return rows.flatMap(({ id }) => book[id - 1] ?? []);
  }
}

export const exposureCalls = (service: ExposureService) => ({ 'exposure.rows': (args: Args) => service.rows(args) });

const isOpen = ({ answered, listener }: ExposedPort): boolean => answered > 0 || listener?.open === true;

const localOf = ({ capture }: Session): LocalAddresses => capture.detection?.local ?? new LocalAddresses(capture.tables.addresses, []);

/** Addresses of the machine whose programs are known. */
function watchedBy({ capture }: Session): ReadonlySet<AddressIndex> {
  const { processes, addresses } = capture.tables;
  return new Set((processes?.ownAddresses() ?? []).map((text) => findAddress(addresses, text)).filter((address) => address >= 0));
}

function keyOf(port: ExposedPort | undefined, sort: ExposureSort): SortKey {
  if (!port) return null;
  switch (sort) {
    case 'service':
      return port.service || null;
    case 'process':
      return port.listener?.process ?? null;
    case 'alert':
      return port.severity === null ? null : SEVERITIES.indexOf(port.severity);
    default:
      return port[sort];
  }
}
