import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './stream.module.css';

const words = texts.stream;

interface PartBarProps {
  readonly part: number;
  readonly count: number;
  onPart(part: number): void;
}

/** Long streams are read part by part. */
export function PartBar({ part, count, onPart }: PartBarProps) {
  return (
    <footer className={styles.parts}>
      <button type="button" className="button" data-small disabled={part === 0} onClick={() => onPart(part - 1)}>
        <IconChevronLeft size={13} aria-hidden />
        {words.previousPart}
      </button>
      <span role="status">{words.part(formatCount(part + 1), formatCount(count))}</span>
      <button type="button" className="button" data-small disabled={part + 1 >= count} onClick={() => onPart(part + 1)}>
        {words.nextPart}
        <IconChevronRight size={13} aria-hidden />
      </button>
    </footer>
  );
}
