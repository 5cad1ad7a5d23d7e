import { texts } from '../../texts';
import styles from './export.module.css';
import { columnsOfList, type FieldName } from './remembered';

const words = texts.exports;
const NAMES = Object.keys(words.fields) as FieldName[];

interface FieldsProps {
  readonly fields: readonly string[];
  readonly more: string;
  /** What is wrong with them; '' while nothing is. */
  readonly mistake: string;
  onChange(fields: readonly string[], more: string): void;
}

/** Which columns a table of packets has. */
export function Fields({ fields, more, mistake, onChange }: FieldsProps) {
  const toggle = (name: FieldName): void => {
    const chosen = new Set(fields);
    if (!chosen.delete(name)) chosen.add(name);
    onChange(
      NAMES.filter((each) => chosen.has(each)),
      more,
    );
  };
  const asInList = (): void => {
    const list = columnsOfList();
    onChange(list.fields, list.more);
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{words.columns}</legend>
      <button type="button" className={`button ${styles.asInList}`} data-small onClick={asInList}>
        {words.asInList}
      </button>
      <div className={styles.fields}>
        {NAMES.map((name) => (
          <label key={name} className={styles.choice}>
            <input type="checkbox" checked={fields.includes(name)} onChange={() => toggle(name)} />
            {words.fields[name]}
          </label>
        ))}
      </div>
      <label className={styles.more}>
        <span>{words.more}</span>
        <input
          className={`text-input mono ${styles.input}`}
          value={more}
          maxLength={4000}
          spellCheck={false}
          autoComplete="off"
          placeholder={words.morePlaceholder}
          aria-invalid={mistake !== ''}
          aria-describedby={mistake === '' ? undefined : 'export-mistake'}
          onChange={({ target }) => onChange(fields, target.value)}
        />
      </label>
      {mistake !== '' && (
        <p id="export-mistake" className={styles.mistake} role="alert">
          {mistake}
        </p>
      )}
    </fieldset>
  );
}
