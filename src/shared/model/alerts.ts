import type { Nanoseconds } from './units';

/** What rules raise; `detection.md` and the rule's own file say when. */
export const ALERT_TYPES = [
  'port_scan',
  'slow_scan',
  'host_sweep',
  'brute_force',
  'syn_flood',
  'udp_flood',
  'icmp_flood',
  'dns_tunneling',
  'traffic_spike',
  'arp_spoof',
  'beaconing',
  'cryptominer',
  'tor_contact',
  'blocklist_contact',
  'cleartext_credentials',
  'data_exfiltration',
  'dhcp_rogue',
  'exploit_probe',
  'ssh_login_after_failures',
] as const;

export type AlertType = (typeof ALERT_TYPES)[number];

/** In rising order. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

export type Severity = (typeof SEVERITIES)[number];

export const ALERT_STATUSES = ['open', 'acknowledged', 'resolved'] as const;

export type AlertStatus = (typeof ALERT_STATUSES)[number];

export type EvidenceValue = number | string | boolean | readonly (number | string)[];

/** Named numbers and texts that the alert rests on; text from packets among them is shown as text only. */
export type Evidence = Readonly<Record<string, EvidenceValue>>;

/** Why an alert fired, so that a person can decide whether the threshold suits them. */
export interface AlertWhy {
  /** What was measured, for a reader: 'distinct ports'. */
  readonly measure: string;
  readonly value: number;
  readonly threshold: number;
  /** Of value and threshold: 'ports'. */
  readonly unit: string;
  /** Seconds that the value was counted over; null: no window. */
  readonly window: number | null;
  /** What would have kept it quiet, as a sentence. */
  readonly quiet: string;
}

/** An alert as lists show it. */
export interface AlertRow {
  /** Of this session. */
  readonly id: number;
  /** The same for the same finding in the same capture, however often it is analysed: what acknowledgements hang on. */
  readonly key: string;
  readonly type: AlertType;
  readonly severity: Severity;
  /** Since the session's start. */
  readonly time: Nanoseconds;
  readonly lastTime: Nanoseconds;
  /** Epoch seconds with 9 decimals. */
  readonly epoch: string;
  readonly lastEpoch: string;
  /** '' where there is no single one. */
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly targetIp: string;
  readonly targetPort: number | null;
  /** ISO 3166 codes, null where unknown. */
  readonly sourceCountry: string | null;
  readonly targetCountry: string | null;
  readonly title: string;
  readonly description: string;
  /** ATT&CK technique id. */
  readonly technique: string;
  /** Occurrences folded into it, the first included. */
  readonly count: number;
  /** Alerts that it absorbed. */
  readonly absorbed: number;
  readonly status: AlertStatus;
  /** The latest note. */
  readonly note: string;
  /** Id of the mute that hides it; null: none. */
  readonly mute: number | null;
}

/** One step of an alert's handling. */
export interface AlertNote {
  /** Epoch milliseconds, by the wall clock of whoever wrote it. */
  readonly at: number;
  readonly status: AlertStatus;
  readonly text: string;
}

export interface AlertDetails extends AlertRow {
  readonly evidence: Evidence;
  readonly why: AlertWhy;
  readonly techniqueName: string;
  /** Numbers, from 1, of up to 64 packets that caused it. */
  readonly packets: readonly number[];
  /** Flow indices, up to 64. */
  readonly flows: readonly number[];
  /** A display filter that shows its traffic. */
  readonly filter: string;
  /** From its first packet to its last, evidence included. */
  readonly range: { readonly from: Nanoseconds; readonly to: Nanoseconds };
  readonly notes: readonly AlertNote[];
  readonly children: readonly AlertRow[];
}

/** Hides alerts that match all of what it names; null matches anything. */
export interface Mute {
  readonly id: number;
  readonly type: AlertType | null;
  readonly source: string | null;
  readonly target: string | null;
  readonly port: number | null;
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** Null: until it is removed. */
  readonly expires: number | null;
  /** Alerts that it hid so far. */
  readonly hits: number;
}

export type NewMute = Omit<Mute, 'id' | 'created' | 'hits'>;
