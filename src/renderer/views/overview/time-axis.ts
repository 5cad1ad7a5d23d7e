import type { AreaStep } from '../../widgets/charts/StackedArea';
import { epochOf, formatClock, formatDate, formatDuration, formatOffset } from '../../widgets/format/time';
import { halfLabel, tickTimes } from '../../widgets/time-brush/ticks';

const DAY = 86_400e9;
const SECOND = 1e9;

/** Round local times for an axis of so many px. */
export function timeTicks(from: number, to: number, startSecond: number, width: number): { at: number; label: string }[] {
  const offset = -new Date((startSecond + from / SECOND) * 1000).getTimezoneOffset() * 60;
  const { step, decimals, at } = tickTimes(from, to, startSecond, width, Number.isFinite(offset) ? offset : 0, halfLabel);
  return at.map((time) => {
    const epoch = epochOf(startSecond, time);
    return { at: time, label: step >= DAY ? formatDate(epoch, 'local') : formatClock(epoch, 'local', decimals) };
  });
}

/** '2026-11-21 14:30:07.118 UTC+02:00' and how long the step is. */
export function stepText({ from, to }: AreaStep, startSecond: number): string {
  const epoch = epochOf(startSecond, from);
  const decimals = to - from < SECOND ? 3 : 0;
  return `${formatDate(epoch, 'local')} ${formatClock(epoch, 'local', decimals)} UTC${formatOffset(epoch)}\nand the ${formatDuration(to - from)} after`;
}
