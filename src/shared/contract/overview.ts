import type { AlertType, Severity } from '../model/alerts';
import type { Bytes, Nanoseconds } from '../model/units';
import type { MapCountry, MapScope } from './map';

/** Entries of each list. */
export const MAX_OVERVIEW_ROWS = 50;
/** Alerts that are told one by one: more marks than a chart has room for. */
export const MAX_OVERVIEW_ALERTS = 2000;

export interface OverviewAlert {
  readonly id: number;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly time: Nanoseconds;
}

/** Places and alerts of the flows that have a packet in the scope: the map's numbers. */
export interface OverviewPlaces {
  /** Null: no database of places is loaded. */
  readonly countries: {
    /** The most bytes first, at most `MAX_OVERVIEW_ROWS`. */
    readonly rows: readonly MapCountry[];
    readonly total: number;
    /** Addresses that are not ours, and those of them that have a country. */
    readonly hosts: number;
    readonly located: number;
  } | null;
  /** Those that stand: not muted, not part of another one. */
  readonly alerts: Readonly<Record<Severity, number>>;
  /** In order of time; the worst where there are more than `MAX_OVERVIEW_ALERTS`. */
  readonly marks: readonly OverviewAlert[];
}

export interface NewRow {
  /** Address, 'TCP/443' or ISO 3166 code. */
  readonly key: string;
  /** In the scope. */
  readonly bytes: Bytes;
}

/** What was not there before the day. */
export interface NewRows {
  /** The most bytes first, at most `MAX_OVERVIEW_ROWS`. */
  readonly rows: readonly NewRow[];
  readonly total: number;
  /** Of what came up on the day, the rest by bytes, which was not looked up. */
  readonly unasked: number;
}

/**
 * What the last day of the scope's packets (local time of this machine) has that earlier days do not. `compared`: with the history's captures
 * and the session's own earlier packets; `nothing`: there is nothing earlier; `demo`: what is generated is compared with nothing; `no-history`:
 * nothing is kept; `no-times`: no packet of the scope has a time.
 */
export type NewToday =
  | { readonly state: 'demo' | 'no-history' | 'no-times' }
  | { readonly state: 'nothing'; readonly day: number }
  | {
      readonly state: 'compared';
      /** Its begin, epoch seconds. */
      readonly day: number;
      /** Captures with remembered traffic of before the day; 0: only the session's own earlier packets. */
      readonly captures: number;
      /** Begin of what it is compared with, epoch seconds. */
      readonly since: number;
      readonly hosts: NewRows;
      readonly ports: NewRows;
      /** Null: no database of places is loaded. */
      readonly countries: NewRows | null;
    };

export interface OverviewCalls {
  'overview.places': { args: { scope: MapScope }; result: OverviewPlaces };
  'overview.new': { args: { scope: MapScope }; result: NewToday };
}
