import type { Severity } from '../../../shared/model/alerts';
import styles from './severity.module.css';

/** Shapes tell severities apart where colours do not: square, triangle, diamond, circle, ring. */
const PATHS: Readonly<Record<Severity, string>> = {
  critical: 'M1 1h10v10H1z',
  high: 'M6 0.6 11.7 11.2H0.3z',
  medium: 'M6 0.2 11.8 6 6 11.8 0.2 6z',
  low: 'M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6z',
  info: 'M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6zM6 3.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z',
};

interface SeverityMarkProps {
  readonly severity: Severity;
  /** px. */
  readonly size?: number;
}

/** The sign of a severity. It says nothing to a screen reader: the word stands beside it. */
export function SeverityMark({ severity, size = 11 }: SeverityMarkProps) {
  return (
    <svg className={styles.mark} data-severity={severity} width={size} height={size} viewBox="0 0 12 12" aria-hidden>
      <path d={PATHS[severity]} fillRule="evenodd" />
    </svg>
  );
}

/** The sign in a text where no element can stand. */
export const SEVERITY_GLYPHS: Readonly<Record<Severity, string>> = { critical: '■', high: '▲', medium: '◆', low: '●', info: '○' };

export const severityColor = (severity: Severity): string => (severity === 'info' ? 'var(--fg1)' : `var(--${severity})`);

/** Sign and word on the severity's own ground. */
export function SeverityBadge({ severity, word }: { readonly severity: Severity; readonly word: string }) {
  return (
    <span className={styles.badge} data-severity={severity}>
      <SeverityMark severity={severity} size={10} />
      {word}
    </span>
  );
}
