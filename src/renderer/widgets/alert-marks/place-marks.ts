import type { AlertType, Severity } from '../../../shared/model/alerts';
import { SEVERITIES } from '../../../shared/model/alerts';
import { texts } from '../../texts';

export interface TimedAlert {
  readonly id: number;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly time: number;
}

/** A sign at a time of an axis. */
export interface AlertSign {
  readonly id: number;
  readonly at: number;
  readonly severity: Severity;
  readonly title: string;
}

/** Signs closer than this would cover each other, px. */
const MARK_PX = 10;

/** Alerts on an axis of so many px: where they stand close, the worst stands for all. */
export function placeMarks(alerts: readonly TimedAlert[], from: number, to: number, width: number): AlertSign[] {
  if (width === 0) return [];
  const cell = Math.max(1, (to - from) / Math.max(1, Math.floor(width / MARK_PX)));
  const cells = new Map<number, { mark: TimedAlert; more: number }>();
  for (const mark of alerts) {
    // What the axis does not reach back to has no sign on it.
    if (mark.time < from) continue;
    const at = Math.floor((mark.time - from) / cell);
    const before = cells.get(at);
    if (!before) cells.set(at, { mark, more: 0 });
    else {
      before.more++;
      if (SEVERITIES.indexOf(mark.severity) > SEVERITIES.indexOf(before.mark.severity)) before.mark = mark;
    }
  }
  const { brushMark, severities, types } = texts.alerts;
  return [...cells.values()].map(({ mark: { id, time, severity, type }, more }) => ({
    id,
    at: Math.min(Math.max(time, from), to),
    severity,
    title: brushMark(severities[severity], types[type], more),
  }));
}
