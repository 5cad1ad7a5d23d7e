import type { ReactNode } from 'react';
import styles from './alerts.module.css';

interface FactProps {
  readonly name: string;
  readonly isMono?: boolean;
  /** Said when hovering. */
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A name and its value. */
export function Fact({ name, isMono = false, hint, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={`selectable ${isMono ? 'mono' : ''}`} title={hint}>
        {children}
      </dd>
    </div>
  );
}
