import { useEffect, useState } from 'react';
import type { Mute } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { useAlerts } from '../../stores/alerts';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatCount } from '../../widgets/format/numbers';
import { formatFull } from '../../widgets/format/time';
import { complain } from './actions';
import styles from './alerts.module.css';

const words = texts.alerts.mutes;

/** What is hidden, why, how often, and the way back. */
export function MutesDialog({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  return (
    <Dialog title={words.title} size={560} opened={opened} onClose={onClose}>
      <MuteList />
    </Dialog>
  );
}

function MuteList() {
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const [mutes, setMutes] = useState<readonly Mute[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision is the news
  useEffect(() => {
    engine.call('mutes.list', {}).then(({ mutes }) => setMutes(mutes), complain);
  }, [revision]);
  if (mutes === null) return null;
  if (mutes.length === 0) {
    return (
      <div className="form">
        <p>{words.none}</p>
        <p className={styles.quiet}>{words.noneNext}</p>
      </div>
    );
  }
  return (
    <ul className={styles.mutes}>
      {mutes.map((mute) => (
        <li key={mute.id} className={styles.mute}>
          <div className={styles.muteText}>
            <p className="selectable">
              {words.matches(
                mute.type === null ? words.any : texts.alerts.types[mute.type],
                mute.source ?? words.any,
                mute.target ?? words.any,
                mute.port === null ? words.any : String(mute.port),
              )}
            </p>
            {mute.reason !== '' && <p className={`${styles.text} selectable`}>{mute.reason}</p>}
            <p className={styles.quiet}>
              {words.hits(formatCount(mute.hits))} ·{' '}
              {mute.expires === null ? words.forever : words.until(formatFull((mute.expires / 1000).toFixed(3)).replace(/\.\d+/, ''))}
            </p>
          </div>
          <button
            type="button"
            className="button"
            data-small
            onClick={() => void engine.call('mutes.remove', { id: mute.id }).catch(complain)}
          >
            {words.remove}
          </button>
        </li>
      ))}
    </ul>
  );
}
