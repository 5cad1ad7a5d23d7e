import { IconArrowLeft, IconHistory } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { hideSources, useLayout } from '../../stores/layout';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Logo } from '../frame/Logo';
import { clearRecent } from '../session';
import { FirstTour } from '../tour/FirstTour';
import { Doors } from './Doors';
import { LeftSpools } from './LeftSpools';
import { RecentSources } from './RecentSources';
import styles from './start.module.css';

const words = texts.sources;

/** What there is to begin with: in place of a session, or over the one that is open. */
export function StartPage({ onHistory }: { onHistory(): void }) {
  const adds = useLayout((state) => state.sources?.adds ?? false);
  const session = useSession((state) => state.tick?.session?.name);
  const { chosen, choose } = useChosenDoor();
  const page = useRef<HTMLElement>(null);
  const isOver = session !== undefined;
  // Over a session it takes the keys: Escape leads back.
  useEffect(() => {
    if (isOver && !page.current?.contains(document.activeElement)) page.current?.focus();
  }, [isOver]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || session === undefined) return;
    event.preventDefault();
    hideSources();
  };
  return (
    <section ref={page} className={styles.start} aria-label={words.title} data-testid="start-page" tabIndex={-1} onKeyDown={onKeyDown}>
      <div className={styles.column}>
        {session === undefined ? (
          <div className={styles.brand}>
            <Logo size={44} />
            <div>
              <p className={styles.name}>{texts.frame.app}</p>
              <p className={styles.line}>{words.line}</p>
            </div>
          </div>
        ) : (
          <button type="button" className={`button ${styles.back}`} title={`${words.back(session)} (Esc)`} onClick={hideSources}>
            <IconArrowLeft size={15} aria-hidden />
            <span className={styles.backName}>{words.back(session)}</span>
          </button>
        )}
        {adds ? (
          <>
            <h2 className="eyebrow">{words.add}</h2>
            <p className={styles.line}>{words.addHint}</p>
            <Doors adds chosen={chosen} onChoose={choose} />
          </>
        ) : (
          <>
            <LeftSpools />
            <h2 className="eyebrow">{words.doors}</h2>
            <Doors adds={false} chosen={chosen} onChoose={choose} />
            <FirstTour />
            <Recent onHistory={onHistory} />
          </>
        )}
      </div>
    </section>
  );
}

function Recent({ onHistory }: { onHistory(): void }) {
  const recent = useSession((state) => state.recent);
  return (
    <>
      <div className={styles.recentHeader}>
        <h2 className="eyebrow">{words.recent}</h2>
        {recent.length > 0 && (
          <button type="button" className={styles.link} onClick={() => void clearRecent()}>
            {words.clearRecent}
          </button>
        )}
      </div>
      {recent.length === 0 && <p className={styles.line}>{words.noRecent}</p>}
      <RecentSources sources={recent} />
      <button type="button" className={styles.history} onClick={onHistory}>
        <IconHistory size={15} stroke={1.5} aria-hidden />
        {texts.history.door}
      </button>
    </>
  );
}

/** The door that was asked for, until another is chosen; at the start the one that was used last. */
function useChosenDoor(): { readonly chosen: string | null; choose(id: string | null): void } {
  const asked = useLayout((state) => state.sources);
  const last = useSession((state) => state.recent[0]?.kind ?? null);
  const [own, setOwn] = useState<string | null | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again opens the door again
  useEffect(() => setOwn(undefined), [asked]);
  return { chosen: own === undefined ? (asked?.door ?? last) : own, choose: setOwn };
}
