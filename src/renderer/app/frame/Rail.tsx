import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { showsInspector, showView, toggleInspector, useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { VIEWS } from '../views';
import styles from './frame.module.css';

/** The views, one of which is shown, and the switch of the inspector. */
export function Rail() {
  const view = useLayout((state) => state.view);
  const inspector = useLayout(showsInspector);
  const words = texts.frame.inspector;
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
      <button
        type="button"
        className={`${styles.railButton} ${styles.railSwitch}`}
        aria-pressed={inspector}
        title={`${inspector ? words.hide : words.show} (Ctrl I)`}
        onClick={toggleInspector}
      >
        <IconLayoutSidebarRight size={19} stroke={1.6} aria-hidden />
        <span>{words.title}</span>
      </button>
    </nav>
  );
}
