import { MAX_CAPTURE_NAME } from '../../shared/contract/notification-schemas';
import type { AlertNotice } from '../../shared/contract/notifications';
import type { AlertRow } from '../../shared/model/alerts';
import { timestamp } from '../alerts/export';
import { RULES } from '../detectors/rules';

const titles: ReadonlyMap<string, string> = new Map(RULES.map(({ type, title }) => [type, title]));

/**
 * An alert as a person is told of it outside the window. Title, description, note and key of the row are left out: they may hold what a
 * packet said (a host name, a user name), and a notification is read on locked screens and by other people's servers.
 */
export const noticeOf = (row: AlertRow, session: number, capture: string): AlertNotice => ({
  kind: 'alert',
  session,
  alert: row.id,
  type: row.type,
  severity: row.severity,
  time: timestamp(row.epoch),
  sourceIp: row.sourceIp,
  sourcePort: row.sourcePort,
  targetIp: row.targetIp,
  targetPort: row.targetPort,
  title: titles.get(row.type) ?? row.type,
  count: row.count,
  technique: row.technique,
  capture: capture.slice(0, MAX_CAPTURE_NAME),
});
