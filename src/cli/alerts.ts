import type { Capture } from '../engine/capture';
import { type AlertRecord, alertRecords } from './alert-records';
import { cell, Output } from './output';

const HEADER = ['severity', 'type', 'time', 'lastTime', 'source', 'target', 'count', 'title'] as const;

/** Reads the capture to its end and prints what the rules found: one line an alert. */
export async function printAlerts(capture: Capture, json: boolean): Promise<void> {
  while ((await capture.next()) !== null);
  const output = new Output();
  if (!json) output.line(HEADER.join('\t'));
  for (const alert of alertRecords(capture)) output.line(json ? JSON.stringify(alert) : alertLine(alert));
  output.flush();
}

/** One line of tab-separated cells. */
export function alertLine(alert: AlertRecord): string {
  const { severity, type, time, lastTime, count, title } = alert;
  const source = end(alert.sourceIp, alert.sourcePort);
  const target = end(alert.targetIp, alert.targetPort);
  return [severity, type, time, lastTime, source, target, String(count), title].map(cell).join('\t');
}

/** '10.0.0.4:22', '[2001:db8::1]:22'; '-' where there is no single one. */
export function end(address: string | null, port: number | undefined): string {
  if (address === null) return '-';
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
