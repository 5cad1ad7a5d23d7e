import { z } from 'zod';
import {
  MAX_NODES,
  MAX_OPEN_GROUPS,
  MIN_NODES,
  TOPOLOGY_GROUPINGS,
  TOPOLOGY_SCOPES,
  type TopologyCalls,
  type TopologyGraph,
  type TopologyQuery,
} from '../../shared/contract/topology';
import type { Geo } from '../enrich/geo/geo';
import { type Cached, cached, isFresh } from '../hosts/cached';
import type { HostService } from '../hosts/host-service';
import type { Session } from '../session';
import type { PacketView } from '../view/packet-view';
import { allTraffic, shownTraffic } from '../view/shown-traffic';
import { topologyGraph } from './topology-graph';

/** Of a group's id: a prefix, a country, or the name of a network. */
const MAX_ID_LENGTH = 300;

export const topologySchemas: { [K in keyof TopologyCalls]: z.ZodType<TopologyCalls[K]['args']> } = {
  'topology.graph': z.strictObject({
    scope: z.enum(TOPOLOGY_SCOPES),
    grouping: z.enum(TOPOLOGY_GROUPINGS),
    open: z.array(z.string().max(MAX_ID_LENGTH)).max(MAX_OPEN_GROUPS),
    limit: z.number().int().min(MIN_NODES).max(MAX_NODES),
  }),
};

/** What the service asks of whoever holds the session. */
export interface TopologyServiceParts {
  readonly hosts: HostService;
  readonly geo: Geo;
  readonly session: () => Session | null;
  readonly view: () => PacketView | null;
}

/** The graph of the open session: made once a question, kept for as long as nothing that it rests on changed. */
export class TopologyService {
  readonly #parts: TopologyServiceParts;
  /** The newest of everything and of what a filter shows: whoever drops the filter has the former at once. */
  readonly #making = new Map<'all' | 'shown', Cached<TopologyGraph>>();
  #stop = new AbortController();

  constructor(parts: TopologyServiceParts) {
    this.#parts = parts;
  }

  /** The session is closed: nothing of it is kept. */
  close(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#making.clear();
  }

  async graph({ scope, grouping, open, limit }: TopologyQuery): Promise<TopologyGraph | null> {
    const session = this.#parts.session();
    if (!session) return null;
    const view = scope === 'shown' ? this.#parts.view() : null;
    const shownBy = view && !view.isEverything ? view : null;
    const about = shownBy ? `${shownBy.id} ${session.load === 'loading' ? '' : shownBy.count}` : 'all';
    const key = JSON.stringify([about, grouping, open, limit, this.#parts.geo.info()?.built ?? null, this.#parts.hosts.revision(session)]);
    const which = shownBy ? 'shown' : 'all';
    const before = this.#making.get(which) ?? null;
    if (isFresh(before, key, session)) return before.result;
    const made = cached(key, this.#make(session, shownBy, { grouping, open, limit }));
    this.#making.set(which, made);
    return made.result;
  }

  async #make(session: Session, view: PacketView | null, options: Omit<TopologyQuery, 'scope'>): Promise<TopologyGraph> {
    const { signal } = this.#stop;
    const { context, census } = await this.#parts.hosts.count(session);
    const { tables, pipeline } = session.capture;
    const traffic = view ? await shownTraffic(tables, view) : allTraffic(tables);
    const serviceName = (service: number): string => pipeline.applications.protocolName(service);
    const { flows } = tables;
    const from = view?.range?.from ?? null;
    const hasBefore = from !== null && flows.has(flows.oldest) && flows.firstTime(flows.oldest) < from;
    return topologyGraph({ context, census, traffic, since: hasBefore ? from : null, serviceName }, options, signal);
  }
}
