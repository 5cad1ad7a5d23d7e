import { IconFilter } from '@tabler/icons-react';
import { clearFilter, useFilter } from '../../stores/filter';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatShare } from '../../widgets/format/numbers';
import { epochOf, formatClock, formatFull } from '../../widgets/format/time';
import styles from './overview.module.css';

const words = texts.overview.scope;

/** Of what the numbers are. */
export function ScopeNote() {
  const { text, range } = useFilter();
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanning = useSession((state) => state.tick?.filter.scanning ?? false);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  if (text === '' && range === null) {
    return <div className={styles.scope}>{words.all}</div>;
  }
  const clock = (time: number): string => formatClock(epochOf(startSecond, time), 'local', 3);
  const full = (time: number): string => formatFull(epochOf(startSecond, time));
  return (
    <div className={styles.scope} data-testid="overview-scope" data-shown>
      <IconFilter size={14} stroke={1.7} aria-hidden />
      <span>{words.shown}</span>
      {text !== '' && (
        <code className={styles.scopeText} title={text}>
          {text}
        </code>
      )}
      {range && (
        <span className={styles.scopeRange} title={`${full(range.from)}\n${full(range.to)}`}>
          {clock(range.from)} – {clock(range.to)}
        </span>
      )}
      {scanning && <span className={styles.note}>{words.scanning(formatShare(scanned, packets))}</span>}
      <button type="button" className={styles.more} onClick={() => void clearFilter()}>
        {words.clear}
      </button>
    </div>
  );
}
