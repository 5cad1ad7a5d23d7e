import type { AlertDetails, AlertRow, AlertStatus, AlertType, Mute, NewMute, Severity } from '../model/alerts';
import type { Nanoseconds } from '../model/units';

export const ALERT_SCOPES = ['shown', 'all'] as const;

/** `shown`: those that filter and time range show (docs/decisions.md says when they do). */
export type AlertScope = (typeof ALERT_SCOPES)[number];

/** Which alerts are meant. An empty list leaves its property open. Absorbed alerts are never listed: they are under their parent. */
export interface AlertQuery {
  readonly severities: readonly Severity[];
  readonly types: readonly AlertType[];
  readonly statuses: readonly AlertStatus[];
  /** Exact source address, '' being alerts without a single one; null: any. */
  readonly source: string | null;
  /** Words that title, description, ends or note contain, whatever their case; '': any. */
  readonly text: string;
  /** Also those that a mute hides. */
  readonly muted: boolean;
  /** All where it is not given. */
  readonly scope?: AlertScope;
}

export const ALERT_SORTS = ['severity', 'time', 'lastTime', 'type', 'source', 'target', 'count', 'status'] as const;

export type AlertSort = (typeof ALERT_SORTS)[number];

export const ALERT_GROUPINGS = ['source', 'type'] as const;

export type AlertGrouping = (typeof ALERT_GROUPINGS)[number];

export const ALERT_EXPORTS = ['csv', 'jsonl', 'syslog'] as const;

export type AlertExport = (typeof ALERT_EXPORTS)[number];

/** A receiver of RFC 5424 messages. */
export interface SyslogTarget {
  readonly transport: 'udp' | 'tcp';
  readonly host: string;
  readonly port: number;
}

export interface AlertWindow {
  readonly from: number;
  readonly rows: readonly AlertRow[];
  readonly total: number;
  /** Alerts whatever the query says, muted and absorbed ones left out. */
  readonly all: number;
  /** Of them, those that mutes hide. */
  readonly muted: number;
}

export interface AlertGroup {
  /** The source address, or the type. */
  readonly key: string;
  readonly count: number;
  readonly open: number;
  /** The highest. */
  readonly severity: Severity;
  readonly lastTime: Nanoseconds;
}

/** An alert on a time line. */
export interface AlertMark {
  readonly id: number;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly status: AlertStatus;
  readonly time: Nanoseconds;
  readonly lastTime: Nanoseconds;
}

/** What the frame shows of the alerts; whoever needs more asks again when `revision` changed. */
export interface AlertNews {
  /** Session id; 0: none is open. */
  readonly session: number;
  readonly revision: number;
  /** Open alerts that are not muted, by severity. */
  readonly open: Readonly<Record<Severity, number>>;
  /** Alerts that are not absorbed, muted ones included. */
  readonly total: number;
  readonly muted: number;
  /** The newest first, a few; muted ones left out. */
  readonly newest: readonly AlertRow[];
  /** The rules' settings or lists are others by now than those that these alerts were found with. */
  readonly outdated: boolean;
}

export interface AlertCalls {
  /** At most 1,000 rows. */
  'alerts.rows': { args: { from: number; count: number; query: AlertQuery; sort: AlertSort; descending: boolean }; result: AlertWindow };
  /** The worst first, at most 500. */
  'alerts.groups': { args: { by: AlertGrouping; query: AlertQuery }; result: { readonly groups: readonly AlertGroup[] } };
  /** Null where there is no such alert. */
  'alerts.get': { args: { id: number }; result: AlertDetails | null };
  /** Alerts that are not muted, at most 2,000, the most severe where there are more; in order of time. */
  'alerts.marks': { args: Record<string, never>; result: { readonly marks: readonly AlertMark[]; readonly omitted: number } };
  /** Sets their status, with a note ('' for none). */
  'alerts.handle': { args: { ids: readonly number[]; status: AlertStatus; note: string }; result: null };
  /** The newest first. */
  'mutes.list': { args: Record<string, never>; result: { readonly mutes: readonly Mute[] } };
  'mutes.add': { args: { mute: NewMute }; result: Mute };
  'mutes.remove': { args: { id: number }; result: null };
  /** All alerts of the query as text. */
  'alerts.export': { args: { format: AlertExport; query: AlertQuery }; result: { readonly text: string; readonly count: number } };
  /** Sends all alerts of the query; over UDP nobody knows whether they arrive. A receiver that is not reached is a problem. */
  'alerts.send': { args: { query: AlertQuery; target: SyslogTarget }; result: { readonly count: number } };
}
