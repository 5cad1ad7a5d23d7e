import type { ReactNode } from 'react';
import { menuHandlers, openMenu } from './menu-store';
import styles from './value.module.css';
import { type ValueFacts, valueItems } from './value-items';

interface ValueProps extends ValueFacts {
  /** What a click does; without it a click opens the menu. */
  readonly onOpen?: () => void;
  /** Of what a click does. */
  readonly hint?: string;
  /** What a screen reader says in place of the text. */
  readonly label?: string;
  /** Where something else than the text is shown. */
  readonly children?: ReactNode;
}

/** A value with its menu: Shift F10, the menu key or the other mouse button. */
export function Value({ onOpen, hint, label, children, ...facts }: ValueProps) {
  const items = () => valueItems(facts);
  return (
    <button
      type="button"
      className={styles.value}
      data-opens={onOpen ? '' : undefined}
      aria-haspopup={onOpen ? undefined : 'menu'}
      title={hint}
      aria-label={label}
      {...menuHandlers(facts.text, items)}
      onClick={(event) => (onOpen ? onOpen() : openMenu(event, facts.text, items()))}
    >
      {children ?? facts.text}
    </button>
  );
}
