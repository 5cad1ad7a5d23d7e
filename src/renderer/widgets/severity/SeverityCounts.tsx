import { SEVERITIES, type Severity } from '../../../shared/model/alerts';
import { SeverityMark } from './SeverityMark';
import styles from './severity.module.css';

interface SeverityCountsProps {
  readonly counts: Readonly<Record<Severity, number>>;
  /** '3 open, high': what a chip says to who does not see it, and on hovering. */
  words(count: number, severity: Severity): string;
}

/** A chip for each severity that there is, the worst first. */
export function SeverityCounts({ counts, words }: SeverityCountsProps) {
  return (
    <span className={styles.counts}>
      {[...SEVERITIES]
        .reverse()
        .filter((severity) => counts[severity] > 0)
        .map((severity) => (
          <span key={severity} className={styles.badge} data-severity={severity} data-small="" title={words(counts[severity], severity)}>
            <SeverityMark severity={severity} size={9} />
            <span aria-hidden>{counts[severity]}</span>
            <span className="visually-hidden">{words(counts[severity], severity)}</span>
          </span>
        ))}
    </span>
  );
}
