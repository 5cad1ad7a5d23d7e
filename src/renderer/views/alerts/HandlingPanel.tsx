import { useState } from 'react';
import type { AlertDetails, AlertRow, AlertStatus } from '../../../shared/model/alerts';
import { texts } from '../../texts';
import { formatFull } from '../../widgets/format/time';
import { copyAlert, handle } from './actions';
import styles from './alerts.module.css';

const words = texts.alerts;
const MAX_NOTE = 4000;

interface HandlingPanelProps {
  readonly alert: AlertDetails;
  onMute(row: AlertRow): void;
}

/** What people said of it, and what can be said and done now. */
export function HandlingPanel({ alert, onMute }: HandlingPanelProps) {
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const set = async (status: AlertStatus): Promise<void> => {
    setBusy(true);
    if (await handle([alert.id], status, note.trim())) setNote('');
    setBusy(false);
  };
  const button = (status: AlertStatus, label: string) => (
    <button type="button" className="button" data-small disabled={busy} onClick={() => void set(status)}>
      {label}
    </button>
  );
  return (
    <section className={styles.handling}>
      <textarea
        className={styles.note}
        aria-label={words.detail.note}
        placeholder={words.detail.notePlaceholder}
        rows={2}
        maxLength={MAX_NOTE}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <div className="details-actions">
        {alert.status === 'open' && button('acknowledged', words.menu.acknowledge)}
        {alert.status !== 'resolved' && button('resolved', words.menu.resolve)}
        {alert.status !== 'open' && button('open', words.menu.reopen)}
        <button type="button" className="button" data-small onClick={() => onMute(alert)}>
          {words.menu.mute}
        </button>
        <button type="button" className="button" data-small onClick={() => copyAlert(alert)}>
          {words.menu.copy}
        </button>
      </div>
      {alert.notes.length > 0 && (
        <ol className={styles.history} aria-label={words.detail.notes}>
          {[...alert.notes].reverse().map((each) => (
            <li key={`${each.at} ${each.status} ${each.text}`}>
              <span className={styles.historyHead}>
                {words.statuses[each.status]} · {formatFull((each.at / 1000).toFixed(3)).replace(/\.\d+/, '')}
              </span>
              {each.text !== '' && <p className={`${styles.text} selectable`}>{each.text}</p>}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
