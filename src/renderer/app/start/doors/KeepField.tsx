import { texts } from '../../../texts';
import styles from './panel.module.css';
import { type Keep, type SnapLengthChoice, snapLengthOf } from './snap-length';

const words = texts.sources.interface;

const KEEPS: readonly { readonly id: Keep; readonly label: string }[] = [
  { id: 'whole', label: words.whole },
  { id: 'headers', label: words.headers },
  { id: 'custom', label: words.custom },
];

interface KeepFieldProps {
  readonly choice: SnapLengthChoice;
  onChange(choice: SnapLengthChoice): void;
}

/** How much of each packet is kept. */
export function KeepField({ choice, onChange }: KeepFieldProps) {
  const { keep, custom } = choice;
  const isWrong = snapLengthOf(choice) === 'wrong';
  return (
    <label className={styles.option}>
      <span>{words.keep}</span>
      <select
        className={styles.select}
        value={keep}
        onChange={({ target }) => onChange({ keep: KEEPS.find((each) => each.id === target.value)?.id ?? 'whole', custom })}
      >
        {KEEPS.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {keep === 'custom' && (
        <input
          className={`text-input ${styles.input} ${styles.bytes}`}
          aria-label={words.customLabel}
          title={words.customWrong}
          inputMode="numeric"
          value={custom}
          aria-invalid={isWrong}
          onChange={({ target }) => onChange({ keep, custom: target.value })}
        />
      )}
      {isWrong && (
        <span className={styles.wrong} role="alert">
          {words.customWrong}
        </span>
      )}
    </label>
  );
}
