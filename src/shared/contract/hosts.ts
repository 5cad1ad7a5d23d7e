import type { BlockAdvice, HostDetails, HostRow } from '../model/hosts';

export const HOST_SORTS = [
  'risk',
  'address',
  'name',
  'country',
  'organisation',
  'flows',
  'packets',
  'bytes',
  'alerts',
  'firstTime',
  'lastTime',
] as const;

export type HostSort = (typeof HOST_SORTS)[number];

export const HOST_SCOPES = ['shown', 'all'] as const;

/** `shown`: addresses of flows with a packet that filter and time range show. */
export type HostScope = (typeof HOST_SCOPES)[number];

export interface HostQuery {
  readonly scope: HostScope;
  /**
   * What address, name, country code, city or organisation contain, whatever their case; '': any. 'country:DE' and 'city:Berlin' take what is
   * exactly there.
   */
  readonly text: string;
}

export interface HostWindow {
  readonly from: number;
  readonly rows: readonly HostRow[];
  /** Hosts that match the query. */
  readonly total: number;
  /** IP addresses of all kept flows. */
  readonly hosts: number;
  /** Of them, those that are listed: with more addresses than the list's bound, those with alerts and then those with the most packets. */
  readonly considered: number;
  /** Flows that are no longer kept and not counted. */
  readonly lostFlows: number;
}

export interface HostCalls {
  /** At most 1,000 rows. */
  'hosts.rows': { args: { from: number; count: number; query: HostQuery; sort: HostSort; descending: boolean }; result: HostWindow };
  /** Null where no kept flow and no alert has this IP address. */
  'hosts.get': { args: { address: string }; result: HostDetails | null };
  /** Lines that block the address, and what speaks against it; null where it is no IP address of this session. */
  'hosts.block': { args: { address: string }; result: BlockAdvice | null };
}
