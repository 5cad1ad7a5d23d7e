import type { HistoryCapture } from '../../../shared/contract/history';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { formatClock, formatDate, formatDuration } from '../../widgets/format/time';

const SECOND = 1e9;
const words = texts.history;

/** From the first packet to the last, in nanoseconds; null where no packet has a time. */
export function spanOf({ firstTime, lastTime }: HistoryCapture): number | null {
  if (firstTime === '' || lastTime === '') return null;
  return (Number(lastTime) - Number(firstTime)) * SECOND;
}

/** '8 min 12 s'; '' where no packet has a time. */
export function spanText(capture: HistoryCapture): string {
  const span = spanOf(capture);
  return span === null ? '' : formatDuration(span);
}

/** '19,998 packets in 7 min 46 s'. */
export const summaryOf = (capture: HistoryCapture): string =>
  words.remembered(words.packets(formatCount(capture.packets)), spanText(capture));

/** '2026-11-21 14:30' of epoch seconds, by the clock here. */
export function minuteText(epoch: string): string {
  return epoch === '' ? '' : `${formatDate(epoch, 'local')} ${formatClock(epoch, 'local', 0).slice(0, 5)}`;
}

export const openedText = (milliseconds: number): string => minuteText(String(milliseconds / 1000));
