import type { ReactNode } from 'react';
import styles from './alerts.module.css';

interface FactProps {
  readonly name: string;
  readonly isMono?: boolean;
  readonly children: ReactNode;
}

/** A name and its value. */
export function Fact({ name, isMono = false, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={`selectable ${isMono ? 'mono' : ''}`}>{children}</dd>
    </div>
  );
}
