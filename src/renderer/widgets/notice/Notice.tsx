import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly sentence?: string;
  /** What to do about it. */
  readonly next?: string;
  /** Buttons that do it. */
  readonly children?: ReactNode;
}

/** Stands where a view has nothing to show: what is missing, why, and what fixes it. */
export function Notice({ icon, title, sentence, next, children }: NoticeProps) {
  return (
    <div className={styles.notice} role="status">
      {icon && (
        <div className={styles.icon} aria-hidden>
          {icon}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {sentence && <p className={`${styles.sentence} selectable`}>{sentence}</p>}
      {next && <p className={`${styles.sentence} selectable`}>{next}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
