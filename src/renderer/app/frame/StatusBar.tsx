import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { SpoolState } from '../../../shared/contract/live';
import { refreshDatabases, useDatabases } from '../../stores/databases';
import { applyFilter, isFiltered, useFilter } from '../../stores/filter';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBytes, formatCount, formatShare } from '../../widgets/format/numbers';
import { showWarnings } from '../dialogs/dialog-store';
import { SelectedCount } from '../export/SelectedCount';
import { ProfileButton } from '../profiles/ProfileButton';
import { CaptureCost } from '../ssh/CaptureCost';
import styles from './frame.module.css';

/** Counts of the session and the health of the engine. */
export function StatusBar() {
  const tick = useSession((state) => state.tick);
  const filtered = useFilter(isFiltered);
  const words = texts.frame.status;
  if (!tick) return <footer className={styles.status} />;
  const { session, packets, flows, filter, engine, warningCount, interfaces, live } = tick;
  const shown = filtered ? filter.shown : packets;
  return (
    <footer className={styles.status} data-testid="status">
      {session && (
        <>
          <span>
            <b>{formatCount(packets)}</b> {packets === 1 ? words.packet : words.packets}
          </span>
          <span>
            <b>{formatCount(shown)}</b> {words.shown} ({formatShare(shown, packets)})
          </span>
          <SelectedCount />
          <span title={flows.evicted > 0 ? words.flowsEvicted(formatCount(flows.evicted)) : undefined}>
            <b>{formatCount(flows.total)}</b> {flows.total === 1 ? words.flow : words.flows}
          </span>
        </>
      )}
      {tick.annotations.marked > 0 && (
        <button
          type="button"
          className={styles.marked}
          title={texts.annotations.countHint}
          onClick={() => void applyFilter('frame.marked')}
        >
          {texts.annotations.count(formatCount(tick.annotations.marked))}
        </button>
      )}
      <span className={styles.wideOnly} title={words.index(formatBytes(engine.indexBytes))}>
        {words.engine} <b>{formatBytes(engine.memory)}</b>
        <span title={words.lagHint}>
          {' '}
          · {words.lag} <b>{Math.round(engine.lagMs)} ms</b>
        </span>
      </span>
      {live?.spool && <Spool spool={live.spool} />}
      <CaptureCost />
      <span className={styles.spread} />
      {warningCount > 0 && (
        <button type="button" className={styles.warnings} onClick={showWarnings}>
          <IconAlertTriangle size={13} aria-hidden />
          {words.warnings(formatCount(warningCount), warningCount === 1)}
        </button>
      )}
      {session && !live && (
        <span className={styles.format}>
          {interfaces.length > 1 && `${words.interfaces(interfaces.length)} · `}
          {session.format}
          {session.compression !== 'none' && session.compression !== '' && ` · ${session.compression}`}
          {session.size !== null && ` · ${formatBytes(session.size)}`}
        </span>
      )}
      <ProfileButton />
      <Databases />
    </footer>
  );
}

/** How much of its room on disk a capture has used, and what had to go. */
function Spool({ spool: { bytes, limit, forgotten } }: { readonly spool: SpoolState }) {
  const words = texts.live;
  return (
    <span title={words.spoolHint} data-testid="spool">
      {words.spoolLabel} <b>{words.spool(formatBytes(bytes), formatBytes(limit))}</b>
      {forgotten > 0 && ` · ${words.forgotten(formatCount(forgotten), forgotten === 1)}`}
    </span>
  );
}

/** Which database of places is used and how old it is; how large the history is. */
function Databases() {
  const info = useDatabases((state) => state.info);
  const sessionId = useSession(selectSessionId);
  const loading = useSession((state) => state.tick?.load.state === 'loading');
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked again whenever one of them changes
  useEffect(refreshDatabases, [sessionId, loading]);
  if (!info) return null;
  const words = texts.frame.status;
  const { geo, history } = info;
  return (
    <>
      {geo && (
        <span title={[...geo.attribution, geo.ageDays === null ? '' : words.age(geo.ageDays)].join('\n')}>
          {geo.name}
          {geo.built !== null && ` ${new Date(geo.built).toISOString().slice(0, 7)}`}
        </span>
      )}
      {history ? (
        <span title={words.historyHint(history.path, formatBytes(history.quota))}>
          {words.history} <b>{formatBytes(history.bytes)}</b>
          {history.dropped > 0 && <span title={words.historyDroppedHint}> · {words.historyDropped(formatCount(history.dropped))}</span>}
        </span>
      ) : (
        <span title={words.noHistoryHint}>{words.noHistory}</span>
      )}
    </>
  );
}
