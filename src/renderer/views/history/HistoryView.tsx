import { IconArrowLeft, IconDatabaseOff, IconHistory } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { HistoryCapture } from '../../../shared/contract/history';
import { isAddress, refreshHistory, searchHistory, useHistory } from '../../stores/history';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { Notice } from '../../widgets/notice/Notice';
import { SearchField } from '../../widgets/search-field/SearchField';
import { CaptureTable } from './CaptureTable';
import { ForgetDialog } from './ForgetDialog';
import { HistoryChart } from './HistoryChart';
import { HostPanel } from './HostPanel';
import styles from './history.module.css';

const words = texts.history;
/** Until it is looked again. */
const LATE_MS = 700;
const ICON = { size: 32, stroke: 1.4 } as const;

interface HistoryViewProps {
  /** Opens a capture file as the session. */
  onOpen(path: string): void;
  /** Where there is a page to go back to. */
  readonly onBack?: () => void;
}

/** What is remembered of all captures: the list, their traffic, and where a host was seen. */
export function HistoryView({ onOpen, onBack }: HistoryViewProps) {
  const sessionId = useSession(selectSessionId);
  const loading = useSession((state) => state.tick?.load.state === 'loading');
  const { search, captures, host, problem } = useHistory();
  const [forgetting, setForgetting] = useState<HistoryCapture | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again whenever one of them changes
  useEffect(refreshHistory, [sessionId, loading]);
  useLateFacts();
  const nothing = captures?.total === 0 && search === '';
  return (
    <section className={styles.view} aria-label={words.region} data-testid="history-view">
      <header className={`toolbar ${styles.toolbar}`}>
        {onBack && (
          <button type="button" className="icon-button" aria-label={words.back} title={words.back} onClick={onBack}>
            <IconArrowLeft size={16} stroke={1.7} />
          </button>
        )}
        <SearchField className={styles.search} label={words.search} value={search} onChange={searchHistory} />
        {captures && !nothing && !host && <span className={styles.count}>{countText(captures.captures.length, captures.total)}</span>}
      </header>
      <div className={styles.body}>
        {problem ? (
          <Notice title={words.failed} sentence={problem.sentence} {...(problem.next ? { next: problem.next } : {})}>
            <button type="button" className="button" onClick={refreshHistory}>
              {words.retry}
            </button>
          </Notice>
        ) : captures === undefined ? (
          <Notice title={words.loading} />
        ) : captures === null ? (
          <Notice
            icon={<IconDatabaseOff {...ICON} />}
            title={words.absent.title}
            sentence={words.absent.sentence}
            next={words.absent.next}
          />
        ) : nothing ? (
          <Notice icon={<IconHistory {...ICON} />} title={words.empty.title} sentence={words.empty.sentence} />
        ) : host && isAddress(search) ? (
          <HostPanel host={host} onOpen={onOpen} />
        ) : (
          <>
            <HistoryChart />
            {captures.captures.length === 0 ? (
              <div className={styles.room}>
                <Notice title={words.noMatch.title} sentence={words.noMatch.sentence(search)} next={words.noMatch.next}>
                  <button type="button" className="button" onClick={() => searchHistory('')}>
                    {words.noMatch.clear}
                  </button>
                </Notice>
              </div>
            ) : (
              <CaptureTable captures={captures.captures} onOpen={onOpen} onForget={setForgetting} />
            )}
          </>
        )}
      </div>
      <ForgetDialog capture={forgetting} onClose={() => setForgetting(null)} />
    </section>
  );
}

/** What is known of the open capture is written a moment after its last packet was read. */
function useLateFacts(): void {
  const read = useSession((state) =>
    state.tick?.load.state === 'done' && state.tick.packets > 0 ? (state.tick.session?.path ?? null) : null,
  );
  const captures = useHistory((state) => state.captures?.captures);
  useEffect(() => {
    if (!captures?.some(({ path, packets, complete }) => path === read && packets === 0 && !complete)) return;
    const timer = setTimeout(refreshHistory, LATE_MS);
    return () => clearTimeout(timer);
  }, [read, captures]);
}

const countText = (shown: number, total: number): string =>
  shown < total ? words.of(formatCount(shown), formatCount(total)) : words.captures(formatCount(total));
