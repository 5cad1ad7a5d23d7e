import type { Severity } from '../model/alerts';
import type { Bytes, Nanoseconds } from '../model/units';

export const EXPOSURE_SORTS = [
  'port',
  'transport',
  'service',
  'process',
  'answered',
  'refused',
  'silent',
  'addresses',
  'countries',
  'bytes',
  'firstTime',
  'lastTime',
  'alert',
] as const;
export type ExposureSort = (typeof EXPOSURE_SORTS)[number];

/** All ports that somebody tried, or those that answered or are listened on. */
export const EXPOSURE_SCOPES = ['open', 'all'] as const;
export type ExposureScope = (typeof EXPOSURE_SCOPES)[number];

/** A host whose ports can be looked at: it answered, or refused. */
export interface WatchedHost {
  readonly address: string;
  /** Of a local network, or named as one's own. */
  readonly local: boolean;
  /** Flows to it that it answered. */
  readonly answered: number;
  /** Flows to it. */
  readonly flows: number;
}

/** A port of the watched host, and who touched it. Flows are those that a shown packet belongs to. */
export interface ExposedPort {
  readonly id: number;
  readonly transport: string;
  readonly port: number;
  /** The protocol that was spoken, else what the port is known for; '' where neither is known. */
  readonly service: string;
  /** Of the watched machine, as its list of sockets says; null: no program listens, or nobody knows. */
  readonly listener: { readonly process: string | null; readonly user: string | null; readonly open: boolean } | null;
  /** Flows, by how they ended. */
  readonly answered: number;
  readonly refused: number;
  readonly silent: number;
  /** That touched it. */
  readonly addresses: number;
  /** Of the addresses whose country is known. */
  readonly countries: number;
  /** ISO 3166 codes, the first few that came. */
  readonly firstCountries: readonly string[];
  readonly bytes: Bytes;
  /** Null where nobody touched it. */
  readonly firstTime: Nanoseconds | null;
  readonly lastTime: Nanoseconds | null;
  /** The worst alert about the port that stands. */
  readonly severity: Severity | null;
  readonly alerts: number;
}

/** What answered whom, over all ports of the host. */
export interface ExposureSummary {
  readonly ports: number;
  readonly addresses: number;
  /** Of the addresses, those of local networks. */
  readonly localAddresses: number;
  readonly countries: number;
  /** Ports that were tried, whatever came back. */
  readonly tried: number;
}

export interface ExposureWindow {
  readonly from: number;
  readonly rows: readonly ExposedPort[];
  readonly total: number;
  /** Whose ports these are; null: there is no host that answered. */
  readonly host: string | null;
  /** The first 200, the likeliest first. */
  readonly hosts: readonly WatchedHost[];
  readonly hostCount: number;
  readonly summary: ExposureSummary;
  /** More addresses came than are told apart: their counts are too small. */
  readonly bounded: boolean;
  /** Its programs are known. */
  readonly knowsListeners: boolean;
}

export interface ExposureCalls {
  /** Ports of `host`, of the likeliest one where it is null or not there. At most 1,000 rows. */
  'exposure.rows': {
    args: {
      readonly host: string | null;
      readonly scope: ExposureScope;
      readonly from: number;
      readonly count: number;
      readonly sort: ExposureSort;
      readonly descending: boolean;
    };
    result: ExposureWindow;
  };
}
