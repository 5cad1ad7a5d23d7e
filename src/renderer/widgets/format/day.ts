import { formatClock, formatDate } from './time';

interface DayWords {
  today(time: string): string;
  yesterday(time: string): string;
}

/** 'today 14:02', 'yesterday 14:02', '2026-11-19 14:02', local time. */
export function formatDay(time: Date, now: Date, words: DayWords): string {
  const epoch = (date: Date): string => String(date.getTime() / 1000);
  const clock = formatClock(epoch(time), 'local', 0).slice(0, 5);
  const date = formatDate(epoch(time), 'local');
  if (date === formatDate(epoch(now), 'local')) return words.today(clock);
  const dayBefore = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return date === formatDate(epoch(dayBefore), 'local') ? words.yesterday(clock) : `${date} ${clock}`;
}
