import type { QuietHours } from '../../shared/contract/notifications';

/** `at`: epoch milliseconds; the hours are those of the local clock, whatever its offset is on that day. */
export function isQuiet(quiet: QuietHours | null, at: number): boolean {
  if (quiet === null || quiet.from === quiet.to) return false;
  const date = new Date(at);
  const minute = date.getHours() * 60 + date.getMinutes();
  const { from, to } = quiet;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
