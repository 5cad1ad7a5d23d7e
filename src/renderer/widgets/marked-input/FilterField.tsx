import { type ComponentProps, useId } from 'react';
import { MarkedInput } from './MarkedInput';
import styles from './marked-input.module.css';

interface FilterFieldProps extends Omit<ComponentProps<typeof MarkedInput>, 'mark'> {
  /** What is wrong and where; null: nothing, or it is not known yet. */
  readonly mistake: { readonly sentence: string; readonly start: number; readonly end: number } | null;
}

/** A display filter in a form: a mistake is underlined and explained below. */
export function FilterField({ mistake, ...input }: FilterFieldProps) {
  const id = useId();
  return (
    <div>
      <div className={styles.box} data-wrong={mistake ? '' : undefined}>
        <MarkedInput {...input} mark={mistake} aria-invalid={mistake !== null} aria-describedby={mistake ? id : undefined} />
      </div>
      {mistake && (
        <p id={id} className={styles.mistake}>
          {mistake.sentence}
        </p>
      )}
    </div>
  );
}
