import { useElementSize } from '@mantine/hooks';
import { SeverityMark } from '../severity/SeverityMark';
import styles from './alert-marks.module.css';
import { placeMarks, type TimedAlert } from './place-marks';

interface AlertMarksProps {
  /** What a screen reader calls them. */
  readonly label: string;
  readonly alerts: readonly TimedAlert[];
  /** What the axis shows. */
  readonly from: number;
  readonly to: number;
  onOpen(id: number): void;
}

/** Alerts at the head of a time axis that fills its positioned parent; a button each, which the Tab key reaches. */
export function AlertMarks({ label, alerts, from, to, onOpen }: AlertMarksProps) {
  const { ref, width } = useElementSize();
  const span = Math.max(1, to - from);
  return (
    <ul ref={ref} className={styles.marks} aria-label={label}>
      {placeMarks(alerts, from, to, width).map(({ id, at, severity, title }) => (
        <li key={id} style={{ left: `${(100 * (at - from)) / span}%` }}>
          <button type="button" className={styles.mark} title={title} aria-label={title} onClick={() => onOpen(id)}>
            <SeverityMark severity={severity} size={9} />
          </button>
          <i className={styles.line} aria-hidden />
        </li>
      ))}
    </ul>
  );
}
