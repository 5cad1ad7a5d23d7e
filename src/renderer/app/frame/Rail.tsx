import { showView, useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { VIEWS } from '../views';
import styles from './frame.module.css';

/** The views, one of which is shown. */
export function Rail() {
  const view = useLayout((state) => state.view);
  return (
    <nav className={styles.rail} aria-label={texts.frame.views}>
      {VIEWS.map(({ id, title, icon: Icon, key }) => (
        <button
          key={id}
          type="button"
          className={styles.railButton}
          aria-current={id === view ? 'page' : undefined}
          title={`${title} (${key})`}
          onClick={() => showView(id)}
        >
          <Icon size={19} stroke={1.6} />
          <span>{title}</span>
        </button>
      ))}
    </nav>
  );
}
