import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** What is known of one thing, line by line. */
export const Facts = ({ children }: { readonly children: ReactNode }) => <dl className={styles.facts}>{children}</dl>;

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
