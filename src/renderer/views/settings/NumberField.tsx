import { useEffect, useId, useState } from 'react';
import styles from './settings.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** 1: whole numbers only. */
  readonly step: number;
  readonly unit: string;
  /** What is said of a number that cannot be. */
  readonly problem: string;
  /** A number that can be and is another one than `value`, when Enter is pressed or the field is left. */
  onCommit(value: number): void;
}

/** A number that is taken when its field is left; Escape brings back the one before. */
export function NumberField({ label, value, min, max, step, unit, problem, onCommit }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const id = useId();
  useEffect(() => setText(String(value)), [value]);
  const wanted = text.trim() === '' ? Number.NaN : Number(text);
  const isRight = wanted >= min && wanted <= max && (step !== 1 || Number.isInteger(wanted));
  const commit = (): void => {
    if (isRight && wanted !== value) onCommit(wanted);
  };
  return (
    <span className={styles.number}>
      <input
        className={styles.numberInput}
        type="number"
        inputMode={step === 1 ? 'numeric' : 'decimal'}
        aria-label={unit === '' ? label : `${label}, ${unit}`}
        aria-invalid={!isRight}
        aria-describedby={isRight ? undefined : id}
        value={text}
        min={min}
        max={max}
        step={step}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key !== 'Escape' || text === String(value)) return;
          event.preventDefault();
          setText(String(value));
        }}
      />
      {unit !== '' && <span className={styles.unit}>{unit}</span>}
      {!isRight && (
        <span id={id} className={styles.wrong} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
