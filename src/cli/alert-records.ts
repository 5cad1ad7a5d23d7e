import type { Capture } from '../engine/capture';
import { epochText } from '../engine/columns/packet-table';
import type { Alert } from '../engine/detectors/alert';
import { RULES } from '../engine/detectors/rules';
import type { AlertStatus, AlertType, AlertWhy, Evidence, Severity } from '../shared/model/alerts';

const NANOSECONDS = 1_000_000_000;

/** An alert as the command line prints it (detection.md and cli.md: a stable contract). Times are epoch seconds with 9 decimals. */
export interface AlertRecord {
  readonly id: number;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly time: string;
  readonly lastTime: string;
  readonly sourceIp: string | null;
  readonly sourcePort?: number;
  readonly targetIp: string | null;
  readonly targetPort?: number;
  readonly title: string;
  readonly description: string;
  readonly evidence: Evidence;
  readonly why: AlertWhy;
  /** Numbers, from 1. */
  readonly packets: readonly number[];
  readonly flows: readonly number[];
  readonly technique: string;
  readonly count: number;
  /** Alerts that became part of this one. */
  readonly absorbed: readonly AlertType[];
  readonly status: AlertStatus;
  readonly note: string;
}

/** Epoch seconds with 9 decimals of a time since the session's start. */
export function sessionTime(capture: Capture, nanoseconds: number): string {
  const second = Math.floor(nanoseconds / NANOSECONDS);
  return epochText(capture.tables.packets.startSecond + second, Math.round(nanoseconds - second * NANOSECONDS));
}

/** What the rules found so far, in the order in which it was found; without what became part of another alert. */
export const alertRecords = (capture: Capture): AlertRecord[] =>
  (capture.detection?.book.alerts ?? []).filter(({ parent }) => parent === null).map((alert) => alertRecord(capture, alert));

export function alertRecord(capture: Capture, alert: Alert): AlertRecord {
  const { addresses } = capture.tables;
  const { title, description, evidence, why } = alert.text();
  const rule = RULES.find(({ type }) => type === alert.type);
  return {
    id: alert.id,
    type: alert.type,
    severity: alert.severity,
    time: sessionTime(capture, alert.time),
    lastTime: sessionTime(capture, alert.lastTime),
    sourceIp: addresses.text(alert.source) || null,
    ...(alert.sourcePort === null ? {} : { sourcePort: alert.sourcePort }),
    targetIp: addresses.text(alert.target) || null,
    ...(alert.targetPort === null ? {} : { targetPort: alert.targetPort }),
    title,
    description,
    evidence,
    why,
    packets: alert.rows.map((row) => row + 1),
    flows: alert.flows,
    technique: rule?.technique ?? '',
    count: alert.count,
    absorbed: alert.children.map(({ type }) => type),
    status: 'open',
    note: '',
  };
}
