import { texts } from '../../texts';
import { formatCount } from '../format/numbers';
import { epochOf, formatClock, formatDuration } from '../format/time';
import styles from './missing-times.module.css';

/** A time in which packets are missing: all of them, for a reason, or so many. */
export interface MissingTime {
  readonly from: number;
  /** null while it lasts. */
  readonly to: number | null;
  readonly reason: string | null;
  readonly packets: number;
}

interface MissingTimesProps {
  readonly times: readonly MissingTime[];
  /** What the axis shows. */
  readonly from: number;
  readonly to: number;
  readonly startSecond: number;
  /** For axes in several strips: losses are a plain band. */
  readonly plain?: boolean;
}

const words = texts.missing;

/** Grey marks over a time axis that fills its positioned parent: hatched where nothing could be captured, a line where packets were lost. */
export function MissingTimes({ times, from, to, startSecond, plain = false }: MissingTimesProps) {
  const span = Math.max(1, to - from);
  const percent = (time: number): number => (100 * (Math.min(Math.max(time, from), to) - from)) / span;
  const clock = (time: number): string => formatClock(epochOf(startSecond, time), 'local', 0);
  const title = ({ from: begin, to: end, reason, packets }: MissingTime): string =>
    reason === null
      ? words.lost(formatCount(packets), packets === 1, clock(begin), clock(end ?? to))
      : end === null
        ? words.gapNow(reason, clock(begin))
        : words.gap(reason, clock(begin), clock(end), formatDuration(end - begin));
  return times
    .filter((time) => time.from <= to && (time.to ?? to) >= from)
    .map((time) => (
      <span
        key={`${time.reason === null ? 'loss' : 'gap'} ${time.from}`}
        className={time.reason === null ? styles.loss : styles.gap}
        data-plain={plain ? '' : undefined}
        data-testid={time.reason === null ? 'loss-mark' : 'gap-mark'}
        style={{ left: `${percent(time.from)}%`, width: `${percent(time.to ?? to) - percent(time.from)}%` }}
        title={title(time)}
      />
    ));
}
