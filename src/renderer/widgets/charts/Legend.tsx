import styles from './charts.module.css';
import type { AreaSeries } from './StackedArea';

interface LegendProps {
  readonly series: readonly AreaSeries[];
  /** What a click does, said on hovering. */
  readonly hint?: string;
  /** A series was chosen; its menu belongs there. Without it the legend is only read. */
  onMenu?(series: AreaSeries, at: { readonly x: number; readonly y: number }): void;
}

/** Which colour is what. */
export function Legend({ series, hint, onMenu }: LegendProps) {
  return (
    <ul className={styles.legend}>
      {series.map((each) => (
        <li key={each.id}>
          {onMenu ? (
            <button
              type="button"
              className={styles.legendButton}
              aria-haspopup="menu"
              title={hint}
              onClick={({ currentTarget }) => {
                const { left, bottom } = currentTarget.getBoundingClientRect();
                onMenu(each, { x: left, y: bottom });
              }}
            >
              <i className={styles.key} style={{ background: each.color }} />
              {each.title}
            </button>
          ) : (
            <>
              <i className={styles.key} style={{ background: each.color }} />
              {each.title}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
