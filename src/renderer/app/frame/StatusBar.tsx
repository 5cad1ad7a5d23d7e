import { IconAlertTriangle } from '@tabler/icons-react';
import { isFiltered, useFilter } from '../../stores/filter';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatBytes, formatCount, formatShare } from '../../widgets/format/numbers';
import { showWarnings } from '../dialogs/dialog-store';
import styles from './frame.module.css';

/** Counts of the session and the health of the engine. */
export function StatusBar() {
  const tick = useSession((state) => state.tick);
  const filtered = useFilter(isFiltered);
  const words = texts.frame.status;
  if (!tick) return <footer className={styles.status} />;
  const { session, packets, flows, filter, engine, warningCount, interfaces } = tick;
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
          <span title={flows.evicted > 0 ? words.flowsEvicted(formatCount(flows.evicted)) : undefined}>
            <b>{formatCount(flows.total)}</b> {flows.total === 1 ? words.flow : words.flows}
          </span>
        </>
      )}
      <span title={words.index(formatBytes(engine.indexBytes))}>
        {words.engine} <b>{formatBytes(engine.memory)}</b>
        <span title={words.lagHint}>
          {' '}
          · {words.lag} <b>{Math.round(engine.lagMs)} ms</b>
        </span>
      </span>
      <span className={styles.spread} />
      {warningCount > 0 && (
        <button type="button" className={styles.warnings} onClick={showWarnings}>
          <IconAlertTriangle size={13} aria-hidden />
          {words.warnings(formatCount(warningCount), warningCount === 1)}
        </button>
      )}
      {session && (
        <span className={styles.format}>
          {interfaces.length > 1 && `${words.interfaces(interfaces.length)} · `}
          {session.format}
          {session.compression !== 'none' && session.compression !== '' && ` · ${session.compression}`}
          {session.size !== null && ` · ${formatBytes(session.size)}`}
        </span>
      )}
    </footer>
  );
}
