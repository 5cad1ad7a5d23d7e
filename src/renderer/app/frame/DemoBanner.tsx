import { IconFlask } from '@tabler/icons-react';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import styles from './demo.module.css';

/** As long as a demo is open: that none of it happened. It cannot be closed. */
export function DemoBanner() {
  const isDemo = useSession((state) => state.tick?.session?.kind === 'demo');
  if (!isDemo) return null;
  return (
    <div className={styles.banner} role="note" data-testid="demo-banner">
      <span className={styles.badge}>
        <IconFlask size={13} stroke={2} aria-hidden />
        {texts.demo.badge}
      </span>
      <span className="selectable">{texts.demo.banner}</span>
    </div>
  );
}
