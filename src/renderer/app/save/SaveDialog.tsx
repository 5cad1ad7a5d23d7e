import { Loader } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatCount } from '../../widgets/format/numbers';
import { nameOf } from '../../widgets/format/paths';
import { closeSave, type SaveScope, saveScope, useSave } from './save';
import styles from './save.module.css';

const words = texts.live.save;

/** Which packets are saved, and that it is under way. */
export function SaveDialog() {
  const step = useSave((state) => state.step);
  return (
    <>
      <Dialog title={words.title} size={420} opened={step === 'choosing'} onClose={closeSave}>
        {step === 'choosing' && <Choice />}
      </Dialog>
      <Saving />
    </>
  );
}

function Choice() {
  const [scope, setScope] = useState<SaveScope>('shown');
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const forgotten = useSession((state) => state.tick?.live?.spool?.forgotten ?? 0);
  const shown = useSession((state) => state.tick?.filter.shown ?? 0);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void saveScope(scope);
  };
  const choices = [
    { id: 'shown', label: words.shown, count: shown },
    { id: 'all', label: words.all, count: packets - forgotten },
  ] as const;
  return (
    <form onSubmit={submit}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{words.scope}</legend>
        {choices.map(({ id, label, count }) => (
          <label key={id} className={styles.choice}>
            <input
              type="radio"
              name="save-scope"
              checked={scope === id}
              data-autofocus={scope === id ? '' : undefined}
              onChange={() => setScope(id)}
            />
            <span>{label}</span>
            <span className={styles.count}>{formatCount(count)}</span>
          </label>
        ))}
      </fieldset>
      {forgotten > 0 && <p className={styles.note}>{words.forgotten(formatCount(forgotten))}</p>}
      <div className={styles.actions}>
        <button type="button" className="button" onClick={closeSave}>
          {words.cancel}
        </button>
        <button type="submit" className="button" data-primary>
          {words.choose}
        </button>
      </div>
    </form>
  );
}

/** At the window's lower edge, so that work can go on. */
function Saving() {
  const state = useSave();
  if (state.step !== 'saving') return null;
  return (
    <div className={styles.saving} role="status" aria-busy="true" data-testid="saving">
      <Loader size={16} />
      <div className={styles.savingText}>
        <p>{words.saving(nameOf(state.path))}</p>
        <p className={styles.note}>{words.savingHint}</p>
      </div>
      <button type="button" className="button" data-small onClick={state.cancel}>
        {words.cancel}
      </button>
    </div>
  );
}
