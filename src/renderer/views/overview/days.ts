import { epochOf, formatDate } from '../../widgets/format/time';

/** '2026-11-21', local. */
export const dayName = (second: number): string => formatDate(epochOf(Math.floor(second), 0), 'local');

/** `day`: a local midnight, epoch seconds. */
export const isToday = (day: number): boolean => dayName(day) === dayName(Date.now() / 1000);
