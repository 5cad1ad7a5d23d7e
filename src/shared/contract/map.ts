import type { AlertType, Severity } from '../model/alerts';
import type { Bytes, Nanoseconds } from '../model/units';

export const MAP_SCOPES = ['shown', 'all'] as const;

/** `shown`: flows with a packet that filter and time range show; their numbers are those of the whole flow. */
export type MapScope = (typeof MAP_SCOPES)[number];

/** Degrees, WGS 84. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** What hosts that are not ours did; a flow between two of them counts to both of their places. */
export interface MapTraffic {
  readonly hosts: number;
  readonly flows: number;
  readonly packets: number;
  /** Sent by its hosts, and received by them. */
  readonly bytesSent: Bytes;
  readonly bytesReceived: Bytes;
}

export interface MapCountry extends MapTraffic {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  /** Alerts that name one of its hosts, as source or target. */
  readonly alerts: Readonly<Record<Severity, number>>;
}

/** Hosts that the database of places has at the same coordinates: a city, or the middle of a country. */
export interface MapPlace extends MapTraffic, Coordinates {
  readonly city: string | null;
  readonly country: string | null;
  /** Alerts that name one of its hosts, as source or target. */
  readonly alerts: number;
  /** The worst of them; null: none. */
  readonly severity: Severity | null;
  /** Those with the most bytes, at most five. */
  readonly addresses: readonly string[];
}

/** Where flows go to. */
export interface MapHome {
  /** The place of the address; null where it has none: a private one. */
  readonly place: (Coordinates & { readonly city: string | null; readonly country: string | null }) | null;
  /** '' where no flow has an address of ours. */
  readonly address: string;
  /** `own`: the user or the capture names it, or it is private; `busiest`: no such is in any flow, this one is an end of most. */
  readonly origin: 'own' | 'busiest';
  /** Further addresses of ours in these flows. */
  readonly others: number;
}

/** Another address of ours whose place is known. */
export interface MapOwnPlace extends Coordinates {
  readonly address: string;
  readonly city: string | null;
  readonly country: string | null;
}

export interface MapPort {
  /** 'TCP', 'UDP', 'SCTP'. */
  readonly transport: string;
  readonly port: number;
  /** What is usual there, '' where nothing is. */
  readonly service: string;
  readonly flows: number;
  readonly bytes: Bytes;
}

export interface MapAlertType {
  readonly type: AlertType;
  /** The worst of them. */
  readonly severity: Severity;
  readonly count: number;
}

export interface MapWorld {
  /** The most bytes first. */
  readonly countries: readonly MapCountry[];
  /** The most bytes first, at most `MAX_MAP_PLACES`. */
  readonly places: readonly MapPlace[];
  /** Places that there are. */
  readonly placeCount: number;
  readonly home: MapHome;
  /** Named addresses of ours beside home that have a place, those with the most flows first, at most 20. */
  readonly ownPlaces: readonly MapOwnPlace[];
  /** Of the flows on the map, those with the most flows, at most 20. */
  readonly ports: readonly MapPort[];
  /** Of the alerts on the map, the most frequent first. */
  readonly types: readonly MapAlertType[];
  /** Flows that were looked at, and those of them with an end on the map. */
  readonly flows: number;
  readonly locatedFlows: number;
  /** Addresses of ours in them. */
  readonly ownHosts: number;
  /** Addresses that are not ours, and those of them that the database has a country for. */
  readonly hosts: number;
  readonly locatedHosts: number;
  /** Flows that are no longer kept and not counted. */
  readonly lostFlows: number;
  /** Of the alerts that the numbers have: changes with each new or changed one. */
  readonly alertRevision: number;
}

/** More markers than anybody tells apart; as objects they take some 6 MB in engine and window each. */
export const MAX_MAP_PLACES = 20_000;

/** Up to where events were told; a later call goes on from there. */
export interface MapCursor {
  readonly session: number;
  readonly filter: number;
  /** Flows, or with a filter shown packets, that were there. */
  readonly position: number;
  /** The greatest id of an alert that was there. */
  readonly alert: number;
}

/** A flow or an alert between a place and us. */
export interface MapEvent extends Coordinates {
  /** Different for each event of a session. */
  readonly key: string;
  readonly time: Nanoseconds;
  /** Epoch seconds with 9 decimals. */
  readonly epoch: string;
  /** Of the host at the place. */
  readonly address: string;
  readonly city: string | null;
  readonly country: string | null;
  /** Where our end is; null where that is not known. */
  readonly ours: Coordinates | null;
  /** The host at the place began it. */
  readonly inbound: boolean;
  /** Application protocol where it is known, else the transport's. */
  readonly protocol: string;
  /** The responder's; null where there is none. */
  readonly port: number | null;
  /** Of an alert its own, of a flow that of the worst alert that names the address; null: none. */
  readonly severity: Severity | null;
  /** Null: a flow. */
  readonly alert: { readonly id: number; readonly type: AlertType; readonly title: string } | null;
}

export interface MapEvents {
  /** Null where no capture is open. */
  readonly cursor: MapCursor | null;
  /** The newest last. */
  readonly events: readonly MapEvent[];
  /** Flows since the cursor that were left out because there were more than asked for, whether or not they have a place. */
  readonly skipped: number;
}

export const MAX_MAP_EVENTS = 1000;

export interface MapCalls {
  'map.places': { args: { scope: MapScope }; result: MapWorld };
  /** Without a cursor, or with that of another session or filter, the newest ones there are. */
  'map.events': { args: { scope: MapScope; after: MapCursor | null; count: number }; result: MapEvents };
}
