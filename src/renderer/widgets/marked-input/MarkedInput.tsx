import { type ComponentProps, useRef } from 'react';
import styles from './marked-input.module.css';

interface MarkedInputProps extends Omit<ComponentProps<'input'>, 'value'> {
  readonly value: string;
  /** Characters to underline as wrong. */
  readonly mark: { readonly start: number; readonly end: number } | null;
}

/** A line of text with a part of it underlined: the same text lies under the input, transparent but for the line. */
export function MarkedInput({ value, mark, ...input }: MarkedInputProps) {
  const under = useRef<HTMLDivElement>(null);
  const start = Math.min(mark?.start ?? 0, value.length);
  const end = Math.min(Math.max(mark?.end ?? 0, start + 1), value.length);
  return (
    <div className={styles.field}>
      <div ref={under} className={styles.under} aria-hidden>
        {mark && (
          <>
            {value.slice(0, start)}
            {/* A mistake at the end ("something is missing here") has no character to stand under. */}
            <span className={styles.wrong}>{value.slice(start, end) || ' '}</span>
          </>
        )}
      </div>
      <input
        {...input}
        className={styles.input}
        value={value}
        type="text"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onScroll={(event) => {
          if (under.current) under.current.scrollLeft = event.currentTarget.scrollLeft;
        }}
      />
    </div>
  );
}
