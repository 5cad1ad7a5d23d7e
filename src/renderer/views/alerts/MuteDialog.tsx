import { type FormEvent, useState } from 'react';
import type { AlertRow, NewMute } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { complain } from './actions';
import styles from './alerts.module.css';

const words = texts.alerts.mute;
const HOUR = 3_600_000;
const EXPIRIES = { hour: HOUR, day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR, never: null } as const;
type Expiry = keyof typeof EXPIRIES;
const isExpiry = (value: string): value is Expiry => Object.hasOwn(EXPIRIES, value);

/** Asks what to hide, why, and for how long. */
export function MuteDialog({ alert, onClose }: { readonly alert: AlertRow | null; onClose(): void }) {
  return (
    <Dialog title={words.title} size={460} opened={alert !== null} onClose={onClose}>
      {alert && <MuteForm key={alert.id} alert={alert} onClose={onClose} />}
    </Dialog>
  );
}

type Part = 'type' | 'source' | 'target' | 'port';

function MuteForm({ alert, onClose }: { readonly alert: AlertRow; onClose(): void }) {
  const values: Readonly<Record<Part, string>> = {
    type: texts.alerts.types[alert.type],
    source: alert.sourceIp,
    target: alert.targetIp,
    port: alert.targetPort === null ? '' : String(alert.targetPort),
  };
  const names: Readonly<Record<Part, string>> = { type: words.rule, source: words.source, target: words.target, port: words.port };
  const parts = (['type', 'source', 'target', 'port'] as const).filter((part) => values[part] !== '');
  const [ticked, setTicked] = useState<readonly Part[]>(parts.filter((part) => part !== 'port'));
  const [reason, setReason] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wants = (part: Part): boolean => ticked.includes(part);
    const length = EXPIRIES[expiry];
    const mute: NewMute = {
      type: wants('type') ? alert.type : null,
      source: wants('source') ? alert.sourceIp : null,
      target: wants('target') ? alert.targetIp : null,
      port: wants('port') ? alert.targetPort : null,
      reason: reason.trim(),
      expires: length === null ? null : Date.now() + length,
    };
    setBusy(true);
    try {
      await engine.call('mutes.add', { mute });
      onClose();
    } catch (error) {
      complain(error);
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p className={styles.text}>{words.sentence}</p>
      <fieldset className={styles.ticks}>
        <legend>{words.matches}</legend>
        {parts.map((part) => (
          <label key={part} className={styles.tick}>
            <input
              type="checkbox"
              checked={ticked.includes(part)}
              onChange={({ target }) =>
                setTicked((before) => (target.checked ? [...before, part] : before.filter((each) => each !== part)))
              }
            />
            <span className={styles.tickName}>{names[part]}</span>
            <span className="mono">{values[part]}</span>
          </label>
        ))}
      </fieldset>
      <p className={styles.wrong} role="alert">
        {ticked.length === 0 ? words.nothing : ''}
      </p>
      <label className={styles.field}>
        <span>{words.reason}</span>
        <input
          className="text-input"
          data-autofocus
          value={reason}
          maxLength={500}
          placeholder={words.reasonPlaceholder}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <label className={styles.field}>
        <span>{words.expires}</span>
        <select className="select" value={expiry} onChange={({ target }) => isExpiry(target.value) && setExpiry(target.value)}>
          {(Object.keys(EXPIRIES) as Expiry[]).map((each) => (
            <option key={each} value={each}>
              {words.expiries[each]}
            </option>
          ))}
        </select>
      </label>
      <div className={`form-actions ${styles.formActions}`}>
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-primary disabled={busy || ticked.length === 0}>
          {words.add}
        </button>
      </div>
    </form>
  );
}
