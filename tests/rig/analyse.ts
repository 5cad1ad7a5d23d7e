import { Readable } from 'node:stream';
import { Capture, type GapSource } from '../../src/engine/capture';
import type { Alert } from '../../src/engine/detectors/alert';
import type { AlertType, Severity } from '../../src/shared/model/alerts';
import { DEFAULT_DETECTION, type DetectionSettings } from '../../src/shared/model/detection-settings';
import type { AddressIndex } from '../../src/shared/model/units';

/** An alert as a test reads it. */
export interface Found {
  readonly type: AlertType;
  readonly severity: Severity;
  /** '' where there is no single one. */
  readonly source: string;
  readonly target: string;
  readonly port: number | null;
  readonly title: string;
  readonly count: number;
  /** How many packets of the capture were read when it was raised; those of all for what its end brought about. */
  readonly after: number;
  /** It became part of another alert. */
  readonly absorbed: boolean;
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface Analysis {
  readonly packets: number;
  /** Those that became part of another alert included. */
  readonly all: readonly Found[];
  /** Those that a user sees. */
  readonly alerts: readonly Found[];
}

interface AnalysisOptions {
  /** Tells the rules which packets are missing. */
  readonly missing?: GapSource;
  /** Packets that are handed on at a time. */
  readonly batch?: number;
  readonly settings?: DetectionSettings;
}

/** A capture file's bytes through the real sources, pipeline and rules with their default settings, packet by packet. */
export async function analyse(pcap: Uint8Array, { missing, batch = 1, settings }: AnalysisOptions = {}): Promise<Analysis> {
  const capture = await watchedCapture(pcap, settings);
  capture.missing = missing ?? null;
  const alerts = capture.detection?.book.alerts ?? [];
  const after = new Map<Alert, number>();
  let more = true;
  while (more) {
    more = (await capture.next(batch)) !== null;
    for (let i = after.size; i < alerts.length; i++) after.set(alerts[i] as Alert, capture.tables.packets.count);
  }
  await capture.source.close();
  const address = (index: AddressIndex): string => (index < 0 ? '' : capture.tables.addresses.text(index));
  const all = alerts.map((alert): Found => {
    const { title, evidence } = alert.text();
    const { type, severity, count, targetPort: port } = alert;
    const [source, target] = [address(alert.source), address(alert.target)];
    return { type, severity, source, target, port, title, count, after: after.get(alert) ?? 0, absorbed: alert.parent !== null, evidence };
  });
  return { packets: capture.tables.packets.count, all, alerts: all.filter(({ absorbed }) => !absorbed) };
}

/** The capture of these bytes, opened and not yet read, with every rule watching. */
export async function watchedCapture(pcap: Uint8Array, settings = DEFAULT_DETECTION): Promise<Capture> {
  const opened = await Capture.openStream(Readable.from([Buffer.from(pcap)], { objectMode: false }), {
    randomAccess: false,
    watch: { settings },
  });
  if (!opened.ok) throw new Error(opened.problem.sentence);
  return opened.value;
}
