import type { AreaStep } from '../../widgets/charts/StackedArea';
import { epochOf, formatClock, formatDate, formatOffset } from '../../widgets/format/time';
import { tickTimes } from '../../widgets/time-brush/ticks';

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

/** '2026-11-21 14:30:07.118 – 14:30:07.374 UTC+02:00'. */
export function stepText({ from, to }: AreaStep, startSecond: number): string {
  const [begin, end] = [epochOf(startSecond, from), epochOf(startSecond, to)];
  const decimals = to - from < 10 * SECOND ? 3 : 0;
  const [day, lastDay] = [formatDate(begin, 'local'), formatDate(end, 'local')];
  const until = lastDay === day ? '' : `${lastDay} `;
  return `${day} ${formatClock(begin, 'local', decimals)} – ${until}${formatClock(end, 'local', decimals)} UTC${formatOffset(begin)}`;
}
