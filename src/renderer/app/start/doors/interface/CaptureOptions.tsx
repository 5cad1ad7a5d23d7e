import { useId } from 'react';
import { texts } from '../../../../texts';
import styles from '../panel.module.css';
import { type Keep, requestOf, setFilter, useCaptureForm } from './form-store';

const words = texts.sources.interface;

const KEEPS: readonly { readonly id: Keep; readonly label: string }[] = [
  { id: 'whole', label: words.whole },
  { id: 'headers', label: words.headers },
  { id: 'custom', label: words.custom },
];

/** Which packets, and how much of each. */
export function CaptureOptions() {
  const form = useCaptureForm();
  const { filter, mistake, keep, custom, promiscuous } = form;
  const id = useId();
  const isCustomWrong = keep === 'custom' && requestOf(form, 'any') === null;
  return (
    <>
      <div className={styles.field}>
        <label htmlFor={`${id}-filter`}>{words.filter}</label>
        <input
          id={`${id}-filter`}
          className={`${styles.input} mono`}
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
        <label className={styles.option}>
          <span>{words.keep}</span>
          <select
            className={styles.select}
            value={keep}
            onChange={({ target }) => useCaptureForm.setState({ keep: KEEPS.find((each) => each.id === target.value)?.id ?? 'whole' })}
          >
            {KEEPS.map(({ id: each, label }) => (
              <option key={each} value={each}>
                {label}
              </option>
            ))}
          </select>
          {keep === 'custom' && (
            <input
              className={`${styles.input} ${styles.bytes}`}
              aria-label={words.customLabel}
              title={words.customWrong}
              inputMode="numeric"
              value={custom}
              aria-invalid={isCustomWrong}
              onChange={({ target }) => useCaptureForm.setState({ custom: target.value })}
            />
          )}
          {isCustomWrong && (
            <span className={styles.wrong} role="alert">
              {words.customWrong}
            </span>
          )}
        </label>
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
