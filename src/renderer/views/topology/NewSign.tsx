import styles from './topology.module.css';

/** The sign of a host that is new in the shown time, as the graph draws it. */
export const NewSign = () => (
  <svg className={styles.sign} viewBox="0 0 10 10" width="12" height="12" aria-hidden>
    <circle cx="5" cy="5" r="4.5" />
    <path d="M5 2.6V7.4M2.6 5H7.4" />
  </svg>
);
