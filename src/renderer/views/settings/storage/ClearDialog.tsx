import { type FormEvent, useState } from 'react';
import { engine } from '../../../client/engine';
import { texts } from '../../../texts';
import { Dialog } from '../../../widgets/dialog/Dialog';
import { formatBytes, formatCount } from '../../../widgets/format/numbers';
import { save, tell } from '../saving';
import styles from '../settings.module.css';

const words = texts.settings.storage;
const AGES = { week: 7, month: 30, year: 365, all: null } as const;
type Age = keyof typeof AGES;
const isAge = (value: string): value is Age => Object.hasOwn(AGES, value);

/** Asks what to forget. */
export function ClearDialog({ opened, onClose }: { readonly opened: boolean; onClose(): void }) {
  return (
    <Dialog title={words.clearTitle} size={440} opened={opened} onClose={onClose}>
      <ClearForm onClose={onClose} />
    </Dialog>
  );
}

function ClearForm({ onClose }: { onClose(): void }) {
  const [age, setAge] = useState<Age>('month');
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const report = await save(() => engine.call('storage.clear', { olderThanDays: AGES[age] }));
    setBusy(false);
    if (!report) return;
    tell(words.cleared(formatCount(report.captures), report.captures === 1, formatBytes(report.after)));
    onClose();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <label className={styles.area}>
        <span>{words.clearWhat}</span>
        <select className={styles.select} data-autofocus value={age} onChange={({ target }) => isAge(target.value) && setAge(target.value)}>
          {(Object.keys(AGES) as Age[]).map((each) => (
            <option key={each} value={each}>
              {words.ages[each]}
            </option>
          ))}
        </select>
      </label>
      <p className={styles.about}>{words.clearWarning}</p>
      <div className="form-actions">
        <button type="button" className="button" onClick={onClose}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-danger disabled={busy}>
          {words.confirm}
        </button>
      </div>
    </form>
  );
}
