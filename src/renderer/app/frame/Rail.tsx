import { IconLayoutSidebarRight, IconSettings } from '@tabler/icons-react';
import { useShallow } from 'zustand/shallow';
import { openAlerts, useAlerts } from '../../stores/alerts';
import { showSettings, showsInspector, showView, toggleInspector, useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { VIEWS } from '../views';
import styles from './frame.module.css';

/** The views, one of which is shown, and the switch of the inspector. */
export function Rail() {
  const view = useLayout((state) => state.view);
  const settings = useLayout((state) => state.settings);
  const sources = useLayout((state) => state.sources !== null);
  const inspector = useLayout(showsInspector);
  const ownDetails = VIEWS.find(({ id }) => id === view)?.hasOwnDetails ?? false;
  const words = texts.frame.inspector;
  return (
    <nav className={styles.rail} aria-label={texts.frame.views}>
      {VIEWS.map(({ id, title, icon: Icon, key }) => (
        <button
          key={id}
          type="button"
          className={styles.railButton}
          aria-current={id === view && !settings && !sources ? 'page' : undefined}
          title={`${title} (${key})`}
          onClick={() => showView(id)}
        >
          <Icon size={19} stroke={1.6} />
          <span>{title}</span>
          {id === 'alerts' && <AlertBadge />}
        </button>
      ))}
      <button
        type="button"
        className={`${styles.railButton} ${styles.railSwitch}`}
        aria-pressed={inspector && !ownDetails}
        disabled={ownDetails || settings || sources}
        title={`${inspector ? words.hide : words.show} (Ctrl I)`}
        onClick={toggleInspector}
      >
        <IconLayoutSidebarRight size={19} stroke={1.6} aria-hidden />
        <span>{words.title}</span>
      </button>
      <button
        type="button"
        className={`${styles.railButton} ${styles.railLast}`}
        aria-current={settings ? 'page' : undefined}
        title={`${texts.settings.title} (Ctrl ,)`}
        onClick={showSettings}
      >
        <IconSettings size={19} stroke={1.6} aria-hidden />
        <span>{texts.settings.title}</span>
      </button>
    </nav>
  );
}

/** Beyond this the number would be wider than the rail. */
const MAX_BADGE = 999;

/** How many alerts are open, in the colour of the worst. */
function AlertBadge() {
  const open = useAlerts(useShallow(openAlerts));
  if (!open) return null;
  const words = texts.alerts;
  const label = words.badge(formatCount(open.count), words.severities[open.severity].toLowerCase());
  return (
    <span className={styles.railBadge} data-severity={open.severity} title={label}>
      <span aria-hidden>{open.count > MAX_BADGE ? `${MAX_BADGE}+` : open.count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}
