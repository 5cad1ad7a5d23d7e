const SECONDS = /^(\d+(?:\.\d{0,9})?)\s*s$|^(\d+\.\d{1,9})$/;
const CLOCK = /^(?:(\d{4})-(\d{2})-(\d{2})[ T])?(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?$/;
const DAY = 86_400;

/**
 * A filter for the packets from this time on: '12.5' or '12 s' after the first packet, '14:02:31' or '2026-03-01 14:02:31' of this computer's
 * clock. Without a date the first such time at or after the first packet (`first`, epoch seconds) is meant. Null: it is no time.
 */
export function timeTest(text: string, first: number): string | null {
  const seconds = SECONDS.exec(text.trim());
  if (seconds) return `frame.time_relative >= ${seconds[1] ?? seconds[2]}`;
  const clock = CLOCK.exec(text.trim());
  if (!clock) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = ''] = clock;
  const date = new Date(first * 1000);
  if (year !== undefined) date.setFullYear(Number(year), Number(month) - 1, Number(day));
  date.setHours(Number(hour), Number(minute), Number(second), 0);
  const whole = Math.floor(date.getTime() / 1000);
  const isBefore = year === undefined && whole + Number(`0${fraction}`) < Math.floor(first);
  return `frame.time_epoch >= ${whole + (isBefore ? DAY : 0)}${fraction}`;
}
