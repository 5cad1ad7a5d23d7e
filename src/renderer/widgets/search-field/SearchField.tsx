import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';

/** Characters; the engine is asked with no more. */
const MAX_LENGTH = 200;

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly className?: string | undefined;
  /** Behind what was typed. */
  readonly children?: ReactNode;
  onChange(text: string): void;
  onKeyDown?(event: KeyboardEvent): void;
}

/** Words that a view is searched for. */
export function SearchField({ label, value, className = '', children, onChange, onKeyDown }: SearchFieldProps) {
  return (
    <label className={`search-field ${className}`}>
      <IconSearch size={13} stroke={1.7} aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={MAX_LENGTH}
        spellCheck={false}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={onKeyDown}
      />
      {children}
    </label>
  );
}
