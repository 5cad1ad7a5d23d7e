import { epochOf, formatClock, formatDate } from '../format/time';
import { tickTimes } from './ticks';

const DAY = 86_400e9;
const SECOND = 1e9;

/** Labels without dates may stand that much closer than the brush's. */
const DENSITY = 1.5;
/** Half a label, px: none is cut at the ends of the axis. */
const halfLabel = (decimals: number): number => DENSITY * (28 + 3.5 * decimals);

/** Round local times for an axis of so many px. */
export function timeTicks(from: number, to: number, startSecond: number, width: number): { at: number; label: string }[] {
  const offset = -new Date((startSecond + from / SECOND) * 1000).getTimezoneOffset() * 60;
  const { step, decimals, at } = tickTimes(from, to, startSecond, DENSITY * width, Number.isFinite(offset) ? offset : 0, halfLabel);
  return at.map((time) => {
    const epoch = epochOf(startSecond, time);
    return { at: time, label: step >= DAY ? formatDate(epoch, 'local') : formatClock(epoch, 'local', decimals) };
  });
}
