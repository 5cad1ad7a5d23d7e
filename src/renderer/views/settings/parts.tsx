import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/base/result';
import { texts } from '../../texts';
import styles from './settings.module.css';

interface RowProps {
  readonly title: string;
  readonly about?: ReactNode;
  /** The control. */
  readonly children?: ReactNode;
}

/** One setting: what it is on the left, its control on the right. */
export function Row({ title, about, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.rowText}>
        <h3 className={styles.rowTitle}>{title}</h3>
        {about && <p className={styles.about}>{about}</p>}
      </div>
      {children && <div className={styles.rowControl}>{children}</div>}
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChange(checked: boolean): void;
}

/** On or off, taking effect at once. */
export function Switch({ label, checked, disabled = false, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      disabled={disabled}
      className={styles.switch}
      onClick={() => onChange(!checked)}
    >
      <span className={styles.knob} />
    </button>
  );
}

/** Something that was kept could not be used. */
export function Trouble({ problem }: { readonly problem: Problem }) {
  return (
    <p className={`${styles.trouble} selectable`} role="alert">
      <IconAlertTriangle size={15} aria-hidden />
      <span>
        {problem.sentence} {problem.next}
      </span>
    </p>
  );
}

interface PendingProps {
  /** Why nothing came; null: it is on its way. */
  readonly problem: Problem | null;
  onRetry(): void;
}

/** Stands for a section whose settings did not come yet. */
export function Pending({ problem, onRetry }: PendingProps) {
  if (!problem) return <p role="status">{texts.settings.loading}</p>;
  return (
    <>
      <Trouble problem={problem} />
      <button type="button" className="button" onClick={onRetry}>
        {texts.settings.retry}
      </button>
    </>
  );
}
