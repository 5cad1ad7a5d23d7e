import type { AreaStep } from '../../widgets/charts/StackedArea';
import { epochOf, formatClock, formatDate, formatOffset } from '../../widgets/format/time';

const SECOND = 1e9;

/** '2026-11-21 14:30:07.118 – 14:30:07.374 UTC+02:00'. */
export function stepText({ from, to }: AreaStep, startSecond: number): string {
  const [begin, end] = [epochOf(startSecond, from), epochOf(startSecond, to)];
  const decimals = to - from < 10 * SECOND ? 3 : 0;
  const [day, lastDay] = [formatDate(begin, 'local'), formatDate(end, 'local')];
  const until = lastDay === day ? '' : `${lastDay} `;
  return `${day} ${formatClock(begin, 'local', decimals)} – ${until}${formatClock(end, 'local', decimals)} UTC${formatOffset(begin)}`;
}
