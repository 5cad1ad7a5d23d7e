import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './stream.module.css';
import type { Found } from './useStream';

const words = texts.stream.search;
const MAX_LENGTH = 512;

export interface SearchWords {
  readonly text: string;
  readonly hex: boolean;
  readonly matchCase: boolean;
}

interface StreamSearchProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly search: SearchWords;
  onSearch(search: SearchWords): void;
  readonly isWrong: boolean;
  readonly found: Found | null;
  readonly current: number;
  onStep(step: number): void;
}

/** Text or bytes that are looked for in the whole stream, and the way from match to match. */
export function StreamSearch({ field, search, onSearch, isWrong, found, current, onStep }: StreamSearchProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    onStep(event.shiftKey ? -1 : 1);
  };
  const none = !found || found.total === 0;
  const listed = found ? found.matches.length : 0;
  const status =
    search.text === ''
      ? ''
      : isWrong
        ? words.wrong
        : !found
          ? words.searching
          : found.total === 0
            ? words.none
            : words.count(formatCount(current + 1), formatCount(found.total));
  return (
    <search className={styles.searching} aria-label={words.label}>
      <label className={`search-field ${styles.search}`}>
        <IconSearch size={13} stroke={1.7} aria-hidden />
        <input
          ref={field}
          type="text"
          aria-label={search.hex ? words.hex : words.text}
          placeholder={search.hex ? words.hex : words.text}
          aria-invalid={isWrong}
          value={search.text}
          maxLength={MAX_LENGTH}
          spellCheck={false}
          onKeyDown={onKeyDown}
          onChange={({ target }) => onSearch({ ...search, text: target.value })}
        />
        <span
          className={styles.count}
          role="status"
          data-wrong={isWrong ? '' : undefined}
          title={found && listed < found.total ? words.tooMany(formatCount(listed)) : undefined}
        >
          {status}
        </span>
      </label>
      <button
        type="button"
        className="toggle"
        aria-pressed={search.matchCase}
        aria-label={words.matchCaseHint}
        title={words.matchCaseHint}
        disabled={search.hex}
        onClick={() => onSearch({ ...search, matchCase: !search.matchCase })}
      >
        {words.matchCase}
      </button>
      <button
        type="button"
        className="toggle"
        aria-pressed={search.hex}
        aria-label={words.asHexHint}
        title={words.asHexHint}
        onClick={() => onSearch({ ...search, hex: !search.hex })}
      >
        {words.asHex}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={words.previous}
        title={words.previous}
        disabled={none}
        onClick={() => onStep(-1)}
      >
        <IconChevronUp size={15} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label={words.next} title={words.next} disabled={none} onClick={() => onStep(1)}>
        <IconChevronDown size={15} aria-hidden />
      </button>
    </search>
  );
}
