const SECOND = 1e9;

/** Seconds with a fixed number of decimals (6 or 9), cut rather than rounded as a clock shows it: '12.000345'. */
export function formatSeconds(nanoseconds: number, decimals: 6 | 9 = 6): string {
  const sign = nanoseconds < 0 ? '-' : '';
  const all = Math.abs(nanoseconds);
  const seconds = Math.floor(all / SECOND);
  const rest = Math.floor(all - seconds * SECOND);
  return `${sign}${seconds}.${String(rest).padStart(9, '0').slice(0, decimals)}`;
}

/** A length of time in the unit that suits it: '340 ns', '1.25 ms', '12.4 s', '3 min 12 s', '2 h 05 min', '4 d 3 h'. */
export function formatDuration(nanoseconds: number): string {
  if (nanoseconds < 0) return `-${formatDuration(-nanoseconds)}`;
  if (nanoseconds < 1e3) return `${Math.round(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${short(nanoseconds / 1e3)} µs`;
  if (nanoseconds < SECOND) return `${short(nanoseconds / 1e6)} ms`;
  const seconds = nanoseconds / SECOND;
  if (seconds < 60) return `${short(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${two((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
const short = (value: number): string =>
  (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)).replace(/\.0+$/, '');

export type Zone = 'local' | 'utc';

/** An instant as epoch seconds in decimal digits ('1700000000.123456789'), read without loss. */
interface Instant {
  readonly date: Date;
  readonly fraction: string;
}

function instantOf(epoch: string): Instant | null {
  const [whole, fraction = ''] = epoch.split('.');
  const seconds = Number(whole);
  // Beyond what a Date can hold: a file may claim any time.
  if (epoch === '' || !Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return null;
  return { date: new Date(seconds * 1000), fraction: fraction.padEnd(9, '0') };
}

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** '14:30:07.118402'; '' where there is no time. */
export function formatClock(epoch: string, zone: Zone, decimals = 6): string {
  const instant = instantOf(epoch);
  if (!instant) return '';
  const { date, fraction } = instant;
  const [h, m, s] =
    zone === 'utc'
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds()];
  const clock = `${pad(h)}:${pad(m)}:${pad(s)}`;
  return decimals === 0 ? clock : `${clock}.${fraction.slice(0, decimals)}`;
}

/** '2026-11-21'. */
export function formatDate(epoch: string, zone: Zone): string {
  const instant = instantOf(epoch);
  if (!instant) return '';
  const { date } = instant;
  return zone === 'utc'
    ? `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
    : `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** '+02:00' at that instant. */
export function formatOffset(epoch: string): string {
  const minutes = -(instantOf(epoch)?.date.getTimezoneOffset() ?? 0);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}

/** Everything about an instant, for hovering: date, exact time and zone. */
export const formatFull = (epoch: string): string =>
  epoch === '' ? '' : `${formatDate(epoch, 'local')} ${formatClock(epoch, 'local', 9)} UTC${formatOffset(epoch)}`;

/** Epoch seconds with 9 decimals of a time since the session's start, exact to the nanosecond up to 104 days. */
export function epochOf(startSecond: number, nanoseconds: number): string {
  const seconds = Math.floor(nanoseconds / SECOND);
  return `${startSecond + seconds}.${pad(Math.floor(nanoseconds - seconds * SECOND), 9)}`;
}
