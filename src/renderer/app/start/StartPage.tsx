import { IconFolderOpen, IconHistory } from '@tabler/icons-react';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Logo } from '../frame/Logo';
import { clearRecent, openDialog } from '../session';
import { RecentFiles } from './RecentFiles';
import styles from './start.module.css';

/** What there is to begin with while no session is open. */
export function StartPage({ onHistory }: { onHistory(): void }) {
  const recent = useSession((state) => state.recent);
  const words = texts.states.start;
  return (
    <div className={styles.start} data-testid="start-page">
      <div className={styles.column}>
        <div className={styles.brand}>
          <Logo size={44} />
          <div>
            <p className={styles.name}>{texts.frame.app}</p>
            <p className={styles.line}>{words.line}</p>
          </div>
        </div>
        <h2 className="eyebrow">{words.doors}</h2>
        <button type="button" className={styles.door} onClick={() => void openDialog()}>
          <IconFolderOpen size={26} stroke={1.5} aria-hidden />
          <span className={styles.doorText}>
            <span className={styles.doorTitle}>{words.file}</span>
            <span>{words.fileHint}</span>
            <span>{words.drop}</span>
          </span>
          <span className="kbd">Ctrl O</span>
        </button>
        <div className={styles.recentHeader}>
          <h2 className="eyebrow">{words.recent}</h2>
          {recent.length > 0 && (
            <button type="button" className={styles.link} onClick={() => void clearRecent()}>
              {words.clearRecent}
            </button>
          )}
        </div>
        {recent.length === 0 && <p className={styles.line}>{words.noRecent}</p>}
        <RecentFiles paths={recent} />
        <button type="button" className={styles.history} onClick={onHistory}>
          <IconHistory size={15} stroke={1.5} aria-hidden />
          {texts.history.door}
        </button>
      </div>
    </div>
  );
}
