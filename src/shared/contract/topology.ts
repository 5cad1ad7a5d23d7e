import type { Severity } from '../model/alerts';
import type { ProtocolFamily } from '../model/protocol-families';
import type { Bytes, Nanoseconds } from '../model/units';

export const TOPOLOGY_SCOPES = ['shown', 'all'] as const;

export type TopologyScope = (typeof TOPOLOGY_SCOPES)[number];

/** `subnet`: IPv4 by /24, IPv6 by /64; `network`: by autonomous system; `auto`: by subnet where there are more hosts than `limit`. */
export const TOPOLOGY_GROUPINGS = ['auto', 'none', 'subnet', 'country', 'network'] as const;

export type TopologyGrouping = (typeof TOPOLOGY_GROUPINGS)[number];

/** `ours`: named as the watched server's own; `router`: speaks a routing protocol; `multicast`: nobody sends from it; `group`: several hosts. */
export const NODE_ROLES = ['ours', 'server', 'client', 'router', 'multicast', 'group'] as const;

export type NodeRole = (typeof NODE_ROLES)[number];

/** `scope`: hosts without a place, by what kind of address they have; `rest`: what found no room. */
export const NODE_KINDS = ['host', 'subnet', 'country', 'network', 'scope', 'rest'] as const;

export type NodeKind = (typeof NODE_KINDS)[number];

/** Nodes and edges that a graph has at most: more are neither drawn in time nor read. */
export const MAX_NODES = 300;
export const MAX_EDGES = 1000;
/** With fewer, an opened group would have no room. */
export const MIN_NODES = 50;
/** Groups that may be open at once. */
export const MAX_OPEN_GROUPS = 20;

export interface TrafficSums {
  readonly flows: number;
  readonly packets: number;
  readonly bytes: Bytes;
}

/** A host, or several. Its numbers are of all flows that touch it, those among its own members once. */
export interface TopologyNode extends TrafficSums {
  /** The same for the same hosts in every answer. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Address, prefix, country code, 'AS64500 Name', or the address scope; '' for the rest. */
  readonly label: string;
  /** Of a host, '' where unknown. */
  readonly name: string;
  readonly role: NodeRole;
  /** Hosts in it. */
  readonly members: number;
  /** Of them, those that no flow had before `TopologyGraph.since`; 0 where that is null. */
  readonly newHosts: number;
  /** The greatest of its members, 0 to 100. */
  readonly risk: number;
  /** The worst of the alerts that its members are the source of. */
  readonly severity: Severity | null;
  /** Alerts that its members are the source of, muted ones left out. */
  readonly alerts: number;
  /** Flows among its own members; no edge has them. */
  readonly inside: TrafficSums;
}

export interface TopologyEdge extends TrafficSums {
  /** The node that began more of the flows. */
  readonly source: string;
  readonly target: string;
  /** With the most bytes. */
  readonly family: ProtocolFamily;
  /** No flow between hosts of its two nodes began before `TopologyGraph.since`. */
  readonly isNew: boolean;
}

export interface TopologyQuery {
  readonly scope: TopologyScope;
  readonly grouping: TopologyGrouping;
  /** Ids of groups whose members are nodes of their own, as far as there is room. */
  readonly open: readonly string[];
  /** Nodes at most, `MIN_NODES` to `MAX_NODES`. */
  readonly limit: number;
}

export interface TopologyGraph {
  /** The most bytes first. */
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  /** Begin of the time range; null without one, and where nothing is known of the time before it, so that nothing can be called new. */
  readonly since: Nanoseconds | null;
  /** What was used: never 'auto'. */
  readonly grouping: Exclude<TopologyGrouping, 'auto'>;
  /** Of everything that the scope has, drawn or not; with scope `shown` only packets that filter and range show count. */
  readonly totals: TrafficSums & { readonly hosts: number };
  /** Hosts that are no node of their own, and edges that are not given with what they carry. */
  readonly folded: { readonly hosts: number; readonly edges: TrafficSums & { readonly count: number } };
  /** Flows that are no longer kept and not counted. */
  readonly lostFlows: number;
}

export interface TopologyCalls {
  /** Hosts and who talks with whom. Null where no capture is open. */
  'topology.graph': { args: TopologyQuery; result: TopologyGraph | null };
}
