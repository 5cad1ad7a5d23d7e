import { type ReactNode, useId } from 'react';
import styles from './overview.module.css';

export type PanelArea = 'traffic' | 'protocols' | 'talkers' | 'ports' | 'names' | 'lengths' | 'interfaces' | 'countries' | 'newToday';

interface PanelProps {
  readonly title: string;
  /** Of what the numbers are. */
  readonly note?: string;
  /** At the right of the title. */
  readonly aside?: ReactNode;
  readonly area: PanelArea;
  readonly children: ReactNode;
}

/** One part of the overview. */
export function Panel({ title, note, aside, area, children }: PanelProps) {
  const id = useId();
  return (
    <section className={`${styles.panel} ${styles[area]}`} aria-labelledby={id} data-testid={`overview-${area}`}>
      <header className={styles.panelHeader}>
        <h2 id={id} className="eyebrow">
          {title}
        </h2>
        {note && <span className={styles.note}>{note}</span>}
        {aside && <span className={styles.aside}>{aside}</span>}
      </header>
      {children}
    </section>
  );
}
