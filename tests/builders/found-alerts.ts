import type { Capture } from '../../src/engine/capture';
import type { AlertType, Evidence, Severity } from '../../src/shared/model/alerts';
import { DEFAULT_DETECTION } from '../../src/shared/model/detection-settings';
import { readCapture } from './read-capture';

export interface FoundAlert {
  readonly type: AlertType;
  readonly severity: Severity;
  readonly source: string;
  readonly target: string;
  readonly targetPort: number | null;
  readonly count: number;
  readonly evidence: Evidence;
}

/** Alerts of one type in a capture that was read with its rules at work, in the order in which they were raised. */
export function alertsIn({ detection, tables }: Capture, type: AlertType): FoundAlert[] {
  const text = (address: number): string => (address < 0 ? '' : tables.addresses.text(address));
  return (detection?.book.alerts ?? [])
    .filter((alert) => alert.type === type)
    .map(({ severity, source, target, targetPort, count, describe }) => ({
      type,
      severity,
      source: text(source),
      target: text(target),
      targetPort,
      count,
      evidence: describe().evidence,
    }));
}

/** Alerts of one type that a capture file's bytes bring about, with some of the rule's thresholds changed. */
export async function alertsOf(
  pcap: Uint8Array,
  type: AlertType,
  thresholds: Readonly<Record<string, number>> = {},
): Promise<FoundAlert[]> {
  const settings = { ...DEFAULT_DETECTION, thresholds: { [type]: thresholds } };
  return alertsIn(await readCapture(pcap, undefined, { settings }), type);
}
