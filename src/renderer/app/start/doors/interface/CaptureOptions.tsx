import { useId } from 'react';
import { texts } from '../../../../texts';
import { KeepField } from '../KeepField';
import styles from '../panel.module.css';
import { setFilter, useCaptureForm } from './form-store';

const words = texts.sources.interface;

/** Which packets, and how much of each. */
export function CaptureOptions() {
  const { filter, mistake, keep, custom, promiscuous } = useCaptureForm();
  const id = useId();
  return (
    <>
      <div className={`form-field ${styles.field}`}>
        <label htmlFor={`${id}-filter`}>{words.filter}</label>
        <input
          id={`${id}-filter`}
          className={`text-input ${styles.input} mono`}
          value={filter}
          placeholder={words.filterPlaceholder}
          maxLength={10_000}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={mistake !== null}
          aria-describedby={`${id}-about`}
          onChange={({ target }) => setFilter(target.value)}
        />
        <p id={`${id}-about`} className={mistake ? `${styles.wrong} selectable` : styles.hint} role={mistake ? 'alert' : undefined}>
          {mistake ? `${mistake.sentence} ${mistake.next ?? ''}` : words.filterHint}
        </p>
      </div>
      <div className={styles.options}>
        <KeepField choice={{ keep, custom }} onChange={(choice) => useCaptureForm.setState(choice)} />
        <label className={styles.option}>
          <input
            type="checkbox"
            checked={promiscuous}
            onChange={({ target }) => useCaptureForm.setState({ promiscuous: target.checked })}
          />
          <span>{words.promiscuous}</span>
        </label>
      </div>
    </>
  );
}
