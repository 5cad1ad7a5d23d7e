import { notifications } from '@mantine/notifications';
import type { AlertExport } from '../../../shared/contract/alerts';
import type { AlertDetails, AlertRow, AlertStatus } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { listQuery, useAlertQuery } from '../../stores/alert-query';
import { applyFilter } from '../../stores/filter';
import { showFlowPackets } from '../../stores/flow-packets';
import { showView } from '../../stores/layout';
import { revealPacket } from '../../stores/selection';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { formatFull } from '../../widgets/format/time';
import { endText } from './columns';

const words = texts.alerts;

export function complain(error: unknown): void {
  if (wasCancelled(error)) return;
  const { sentence, next } = problemOf(error);
  notifications.show({ title: words.failed, message: next ? `${sentence} ${next}` : sentence, color: 'red' });
}

/** '1 3..5 9' of packet numbers in rising or any order. */
export function numberSet(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end++;
    parts.push(end - i >= 2 ? `${sorted[i]}..${sorted[end]}` : sorted.slice(i, end + 1).join(' '));
    i = end + 1;
  }
  return parts.join(' ');
}

async function goTo(filter: string, { packets, range }: AlertDetails): Promise<void> {
  if (!(await applyFilter(filter, range))) return;
  showView('packets');
  const first = packets[0];
  if (first !== undefined) revealPacket(first - 1);
}

/** The packets that the alert rests on, and no others. */
export const showPackets = (alert: AlertDetails): Promise<void> =>
  goTo(alert.packets.length > 0 ? `frame.number in {${numberSet(alert.packets)}}` : alert.filter, alert);

/** All that passed between its ends while it lasted. */
export const showTraffic = (alert: AlertDetails): Promise<void> => goTo(alert.filter, alert);

export function goToPacket(number: number): void {
  showView('packets');
  revealPacket(number - 1);
}

export async function goToFlow(index: number): Promise<void> {
  try {
    const flow = await engine.call('flows.get', { index });
    if (flow) await showFlowPackets(flow);
    else notifications.show({ message: words.detail.flowGone });
  } catch (error) {
    complain(error);
  }
}

/** With the details of an alert that only its row is known of. */
export async function withDetails(id: number, run: (alert: AlertDetails) => Promise<void>): Promise<void> {
  try {
    const alert = await engine.call('alerts.get', { id });
    if (alert) await run(alert);
  } catch (error) {
    complain(error);
  }
}

/** True once it is kept. */
export async function handle(ids: readonly number[], status: AlertStatus, note = ''): Promise<boolean> {
  try {
    await engine.call('alerts.handle', { ids, status, note });
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

export function copyAlert(row: AlertRow): void {
  const lines = [
    `${words.severities[row.severity]}: ${row.title}`,
    row.description,
    `${words.detail.from} ${endText(row.sourceIp, row.sourcePort)}, ${words.detail.to.toLowerCase()} ${endText(row.targetIp, row.targetPort)}`,
    `${formatFull(row.epoch)} – ${formatFull(row.lastEpoch)}`,
    `${words.statuses[row.status]}${row.note === '' ? '' : `: ${row.note}`}`,
  ];
  void window.portlight.copyText(lines.join('\n'));
}

const EXTENSIONS: Readonly<Record<AlertExport, string>> = { csv: 'csv', jsonl: 'jsonl', syslog: 'log' };

/** Writes what the list shows to a file of the person's choice. */
export async function exportList(format: AlertExport): Promise<void> {
  try {
    const { text, count } = await engine.call('alerts.export', { format, query: listQuery(useAlertQuery.getState()) });
    const name = useSession.getState().tick?.session?.name.replace(/\.[^.]*$/, '') ?? 'capture';
    const saved = await window.portlight.saveText({
      suggestedName: `${name}-alerts.${EXTENSIONS[format]}`,
      filters: [{ name: words.tools.kinds[format], extensions: [EXTENSIONS[format]] }],
      text,
    });
    if (!saved.ok) notifications.show({ title: words.failed, message: saved.problem.sentence, color: 'red' });
    else if (saved.value !== null) notifications.show({ message: words.tools.exported(formatCount(count), saved.value) });
  } catch (error) {
    complain(error);
  }
}
