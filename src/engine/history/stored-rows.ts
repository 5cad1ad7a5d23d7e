import { alertDetails, alertKey, alertRow } from '../alerts/alert-rows';
import type { Capture } from '../capture';
import type { Alert } from '../detectors/alert';
import type { StoredAlert } from '../store/records';

const NO_COUNTRY = (): null => null;

export const storedAlerts = (capture: Capture): StoredAlert[] =>
  (capture.detection?.book.alerts ?? []).map((alert) => storedAlert(capture, alert));

function storedAlert({ tables }: Capture, alert: Alert): StoredAlert {
  const key = alertKey(tables, alert);
  const row = alertRow(tables, alert, { key, status: 'open', note: '', mute: null }, NO_COUNTRY);
  const details = alertDetails(tables, alert, row, [], []);
  const { id, time, lastTime, status, note, mute, notes, children, techniqueName, ...stored } = details;
  return { ...stored, parentKey: alert.parent && alertKey(tables, alert.parent) };
}
