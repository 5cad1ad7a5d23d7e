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
  /** A number that can be and is another one than `value`, when Enter is pressed or the field is left. False: it was refused. */
  onCommit(value: number): Promise<boolean>;
}

/** A number that is taken when its field is left; Escape brings back the one before. */
export function NumberField({ label, value, min, max, step, unit, problem, onCommit }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  const id = useId();
  useEffect(() => setText(String(value)), [value]);
  const wanted = text.trim() === '' ? Number.NaN : Number(text);
  const isRight = wanted >= min && wanted <= max && (step !== 1 || Number.isInteger(wanted));
  const commit = async (): Promise<void> => {
    if (isRight && wanted !== value && !(await onCommit(wanted))) setText(String(value));
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
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void commit();
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
