import type { FindStatus } from '../../../stores/find';
import { texts } from '../../../texts';
import { formatCount } from '../../../widgets/format/numbers';

const words = texts.find;

/** What the bar says of the search. */
export function statusText(status: FindStatus): string {
  switch (status.kind) {
    case 'idle':
      return '';
    case 'searching':
      return words.searching(formatCount(status.searched), formatCount(status.total));
    case 'stopped':
      return words.stopped(formatCount(status.searched), formatCount(status.total));
    case 'found': {
      const packet = formatCount(status.packet + 1);
      if (status.isOnly) return words.only(packet);
      return status.wrapped === 'no'
        ? words.found(packet)
        : status.wrapped === 'end'
          ? words.foundFromStart(packet)
          : words.foundFromEnd(packet);
    }
    case 'none':
      return [
        words.none(formatCount(status.searched)),
        ...(status.unreadable > 0 ? [words.unreadable(formatCount(status.unreadable))] : []),
      ].join(' ');
    case 'no-bytes':
      return words.noBytes;
    case 'wrong':
      return status.sentence;
    case 'failed':
      return [status.problem.sentence, status.problem.next ?? ''].join(' ').trim();
  }
}
