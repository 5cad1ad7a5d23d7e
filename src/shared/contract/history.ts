import type { AlertStatus, AlertType, Severity } from '../model/alerts';
import type { Bytes } from '../model/units';

/** Captures that one answer lists. */
export const MAX_HISTORY_CAPTURES = 500;
/** Buckets of one series. */
export const MAX_HISTORY_BUCKETS = 500;

/** A capture that was opened once. */
export interface HistoryCapture {
  readonly id: number;
  /** Where it lay when it was last opened. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly firstOpened: number;
  readonly opened: number;
  /** It was read to its end and all of it was kept; otherwise what follows is of a part, or not known (0). */
  readonly complete: boolean;
  readonly packets: number;
  readonly bytes: Bytes;
  readonly flows: number;
  /** Earliest and latest packet, epoch seconds with 9 decimals; '': no packet has a time. */
  readonly firstTime: string;
  readonly lastTime: string;
  /** Alerts that are not part of another one. */
  readonly alerts: Readonly<Record<Severity, number>>;
  /** Of them, those that nobody handled and no mute hides. */
  readonly open: Readonly<Record<Severity, number>>;
}

export interface HistoryCaptures {
  /** The one opened last first. */
  readonly captures: readonly HistoryCapture[];
  /** That the search found; more than `captures` has where there are too many. */
  readonly total: number;
}

/** A host in one capture. Packets and bytes are those that it sent or received; times are the minutes' starts, epoch seconds. */
export interface HistorySighting {
  readonly captureId: number;
  readonly path: string;
  readonly packets: number;
  readonly bytes: Bytes;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface HistoryAlert {
  readonly captureId: number;
  readonly path: string;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly status: AlertStatus;
  readonly title: string;
  /** Epoch seconds. */
  readonly time: number;
  readonly sourceIp: string;
  readonly targetIp: string;
}

export interface HistoryHost {
  /** As it is written everywhere, however it was asked for. */
  readonly address: string;
  readonly packets: number;
  readonly bytes: Bytes;
  /** Epoch seconds, to the minute (older traffic to the hour, then the day); null: never seen. */
  readonly firstSeen: number | null;
  readonly lastSeen: number | null;
  /** The latest first, at most 500. */
  readonly sightings: readonly HistorySighting[];
  /** As source or target, the latest first, at most 100. */
  readonly alerts: readonly HistoryAlert[];
}

export const HISTORY_KINDS = ['protocol', 'host', 'port', 'country'] as const;

export type HistoryKind = (typeof HISTORY_KINDS)[number];

export const HISTORY_TIERS = ['minute', 'hour', 'day'] as const;

export type HistoryTier = (typeof HISTORY_TIERS)[number];

export interface HistorySeriesQuery {
  readonly kind: HistoryKind;
  /** Protocol, address, 'TCP/443' or ISO 3166 code; null (protocols and countries only): all of them. */
  readonly key: string | null;
  /** Epoch seconds; null: from the first, to the last. */
  readonly from: number | null;
  readonly to: number | null;
  readonly tier: HistoryTier;
}

/** Traffic over all captures. Only buckets that have some are there: the latest 500. */
export interface HistorySeries {
  /** Seconds. What is older than its tier keeps lies in the first minute or hour of its hour or day. */
  readonly width: number;
  /** Starts, epoch seconds, rising. */
  readonly buckets: readonly number[];
  /** The most bytes first, at most 64; packets and bytes by bucket. */
  readonly keys: readonly { readonly key: string; readonly packets: readonly number[]; readonly bytes: readonly Bytes[] }[];
}

/** What is remembered of all captures. Each result is null where nothing is kept, because the database could not be opened. */
export interface HistoryCalls {
  /** Captures whose path contains these words, whatever their case; '': all. */
  'history.captures': { args: { search: string; count: number }; result: HistoryCaptures | null };
  /** What is no IP or MAC address is a problem. */
  'history.host': { args: { address: string }; result: HistoryHost | null };
  'history.series': { args: HistorySeriesQuery; result: HistorySeries | null };
  /** Forgets the capture with its alerts and what was said of them; the file stays where it is. */
  'history.forget': { args: { captureId: number }; result: null };
}
