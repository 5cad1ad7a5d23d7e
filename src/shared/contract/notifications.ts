import type { Result } from '../base/result';
import type { AlertType, Severity } from '../model/alerts';

/** When a person wants to be told of alerts. Nothing is on until it is asked for. */
export interface NotificationSettings {
  readonly desktop: boolean;
  readonly webhook: boolean;
  /** The least that is told. */
  readonly severity: Severity;
  /** Also of files that are opened; otherwise only of captures that go on. */
  readonly files: boolean;
  /** Hours in which alerts are counted only and told of together afterwards; null: none. */
  readonly quiet: QuietHours | null;
  /** Notifications a minute, the one that sums up the rest included. */
  readonly perMinute: number;
}

/** Minutes since midnight, local time; `from` belongs to it, `to` does not. It may go over midnight. Both the same: no time at all. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** One is for the sum of those that found no room, so there are at least two. */
export const PER_MINUTE = { least: 2, most: 60 } as const;

export const DEFAULT_NOTIFICATIONS: NotificationSettings = {
  desktop: false,
  webhook: false,
  severity: 'high',
  files: false,
  quiet: null,
  perMinute: 6,
};

/**
 * An alert as it leaves the engine to be told of. Nothing in it is a text that a packet carried: the title is the rule's, not the finding's,
 * and there is no evidence.
 */
export interface AlertNotice {
  readonly kind: 'alert';
  /** Session and alert id, to open it. */
  readonly session: number;
  readonly alert: number;
  readonly type: AlertType;
  readonly severity: Severity;
  /** RFC 3339, UTC, nanoseconds; '' where the capture's time is none that a calendar has. */
  readonly time: string;
  /** IP or MAC address; '' where there is no single one. */
  readonly sourceIp: string;
  readonly sourcePort: number | null;
  readonly targetIp: string;
  readonly targetPort: number | null;
  readonly title: string;
  readonly count: number;
  /** ATT&CK technique id. */
  readonly technique: string;
  /** Name of the file or interface. */
  readonly capture: string;
}

/** Alerts that were only counted: there were too many in a minute, or it was in the quiet hours. */
export interface SummaryNotice {
  readonly kind: 'summary';
  readonly count: number;
  /** The highest among them. */
  readonly severity: Severity;
  readonly reason: 'many' | 'quiet';
}

export type Notice = AlertNotice | SummaryNotice;

/** What became of one request to the webhook, as a sentence for a person. `code` is stable. */
export interface WebhookOutcome {
  readonly ok: boolean;
  readonly code: string;
  readonly sentence: string;
  readonly next?: string;
}

export interface WebhookState {
  readonly hasUrl: boolean;
  readonly hasSecret: boolean;
  /** Since the application started. */
  readonly delivered: number;
  /** Given up after all attempts. */
  readonly failed: number;
  /** Not tried: the queue was full. */
  readonly dropped: number;
  readonly waiting: number;
  /** The latest attempt; `at` in epoch milliseconds. */
  readonly last: (WebhookOutcome & { readonly at: number }) | null;
}

export interface NotificationState {
  readonly settings: NotificationSettings;
  /** This system can show notifications. */
  readonly desktopSupported: boolean;
  /** Where URL and secret are kept: in a file that only the system's keychain opens, or in memory until the application ends. */
  readonly secrets: 'keychain' | 'session';
  readonly webhook: WebhookState;
}

/** Which alert a click on a notification asks for. */
export interface AlertLink {
  readonly session: number;
  readonly alert: number;
}

/** What the page may ask of main about notifications. A secret goes in and never comes back. */
export interface NotificationBridge {
  /** The listener is called at once with the present state, then on every change. Returns how to stop listening. */
  onState(listener: (state: NotificationState) => void): () => void;
  saveSettings(settings: NotificationSettings): Promise<Result<null>>;
  /** '' removes it. */
  setWebhookUrl(url: string): Promise<Result<null>>;
  /** '' removes it. */
  setWebhookSecret(secret: string): Promise<Result<null>>;
  /** Sends one message to the webhook and tells what came back. */
  testWebhook(): Promise<WebhookOutcome>;
  /** Shows one notification. */
  testDesktop(): Promise<Result<null>>;
  /** Null: all alerts are asked for. */
  onOpenAlert(listener: (link: AlertLink | null) => void): () => void;
}
