import styles from './charts.module.css';
import type { AreaSeries } from './StackedArea';

/** Which colour is what. */
export function Legend({ series }: { readonly series: readonly AreaSeries[] }) {
  return (
    <ul className={styles.legend}>
      {series.map(({ id, title, color }) => (
        <li key={id}>
          <i className={styles.key} style={{ background: color }} />
          {title}
        </li>
      ))}
    </ul>
  );
}
