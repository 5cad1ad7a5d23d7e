import { spotlight } from '@mantine/spotlight';
import { IconDownload, IconFolderOpen, IconPlayerRecordFilled, IconSettings } from '@tabler/icons-react';
import { showSettings, showSources } from '../../stores/layout';
import { isCapturing, phaseOf, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { exportHere } from '../commands';
import { cancelLoading, openDialog } from '../session';
import { BackForward } from './BackForward';
import { FilterBar } from './FilterBar';
import styles from './frame.module.css';
import { LiveStatus } from './LiveStatus';
import { Logo } from './Logo';

/** Source and its state, the filter, and what is always at hand. */
export function TopBar() {
  const hasSession = useSession((state) => state.tick?.session != null);
  const hasRail = useSession((state) => phaseOf(state) === 'open');
  return (
    <header className={styles.top}>
      <h1 className={styles.brand}>
        <Logo size={22} />
        <span className="visually-hidden">{texts.frame.app}</span>
      </h1>
      <Source />
      {hasSession && <BackForward />}
      {hasSession ? <FilterBar /> : <span className={styles.spread} />}
      <CaptureButton />
      {hasRail && (
        <button
          type="button"
          className="icon-button"
          aria-label={texts.exports.command}
          title={`${texts.exports.hint} (Ctrl Shift E)`}
          onClick={exportHere}
        >
          <IconDownload size={16} aria-hidden />
        </button>
      )}
      <button type="button" className="button" aria-label={texts.frame.openCapture} onClick={() => void openDialog()}>
        <IconFolderOpen size={15} aria-hidden />
        <span className={styles.wideOnly}>{texts.frame.openCapture}</span>
      </button>
      {!hasRail && (
        <button
          type="button"
          className="icon-button"
          aria-label={texts.settings.title}
          title={`${texts.settings.title} (Ctrl ,)`}
          onClick={showSettings}
        >
          <IconSettings size={16} aria-hidden />
        </button>
      )}
      <button type="button" className={`kbd ${styles.paletteKey}`} title={texts.frame.palette} onClick={() => spotlight.open()}>
        Ctrl K<span className="visually-hidden"> {texts.frame.palette}</span>
      </button>
    </header>
  );
}

function Source() {
  const session = useSession((state) => state.tick?.session);
  const opening = useSession((state) => state.opening);
  const words = texts.frame.source;
  if (!session) return opening ? null : <span className={styles.noSource}>{words.none}</span>;
  return (
    <>
      <div className={styles.source} title={session.path} data-testid="source">
        <span className={styles.sourceName}>{session.name}</span>
        <span className={styles.sourceFormat}>{texts.live.kinds[session.kind] ?? session.format}</span>
      </div>
      {session.kind === 'file' ? (
        <>
          <LoadState />
          <Dropped />
        </>
      ) : session.kind === 'replay' ? (
        <span className={styles.state}>{texts.live.replaying}</span>
      ) : (
        <LiveStatus />
      )}
    </>
  );
}

/** Leads to where capturing is started; while it goes on there is a button that stops it. */
function CaptureButton() {
  const capturing = useSession((state) => isCapturing(state.tick));
  const words = texts.live;
  if (capturing) return null;
  return (
    <button type="button" className="button" aria-label={words.capture} title={words.captureHint} onClick={() => showSources('interface')}>
      <IconPlayerRecordFilled size={14} className={styles.record} aria-hidden />
      <span className={styles.wideOnly}>{words.capture}</span>
    </button>
  );
}

function LoadState() {
  const load = useSession((state) => state.tick?.load);
  const isDamaged = useSession((state) => (state.tick?.warningCount ?? 0) > 0);
  const words = texts.frame.source;
  if (!load || load.state === 'none') return null;
  if (load.state !== 'loading') {
    const label = load.following ? words.following : isDamaged && load.state === 'done' ? words.damaged : words[load.state];
    return (
      <span className={styles.state} data-state={isDamaged ? 'failed' : load.state}>
        {label}
      </span>
    );
  }
  const known = load.total !== null && load.total > 0;
  const percent = known && load.total ? Math.min(100, Math.floor((100 * load.consumed) / load.total)) : null;
  return (
    <span className={styles.loading}>
      <span
        className={styles.progress}
        role="progressbar"
        aria-label={words.progress}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? {} : { 'aria-valuenow': percent })}
      >
        <span className={styles.progressBar} style={{ width: `${percent ?? 100}%` }} />
      </span>
      <span className={styles.percent}>{percent === null ? words.loadingUnknown : words.loading(`${percent} %`)}</span>
      <button type="button" className="button" data-small title={words.cancelHint} onClick={() => void cancelLoading()}>
        {words.cancel}
      </button>
    </span>
  );
}

function Dropped() {
  const dropped = useSession((state) => state.tick?.dropped ?? null);
  if (dropped === null) return null;
  return (
    <span className={styles.dropped} data-some={dropped > 0 ? '' : undefined} title={texts.frame.source.droppedHint}>
      {texts.frame.source.dropped(formatCount(dropped))}
    </span>
  );
}
