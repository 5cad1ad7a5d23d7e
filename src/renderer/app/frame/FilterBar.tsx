import { IconFilter, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { applyRange, clearFilter, isFiltered, useFilter } from '../../stores/filter';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatShare } from '../../widgets/format/numbers';
import { formatDuration } from '../../widgets/format/time';
import { MarkedInput } from '../../widgets/marked-input/MarkedInput';
import { bindFilterInput, leaveFilter } from '../focus';
import { SavedFiltersButton } from '../saved-filters/SavedFiltersButton';
import styles from './filter-bar.module.css';
import { type Choice, useFilterBar } from './useFilterBar';

const LIST_ID = 'filter-choices';

/** The one filter of all views. */
export function FilterBar() {
  const bar = useFilterBar();
  const input = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const { mistake, checked, text } = useFilter();
  const filtered = useFilter(isFiltered);
  const words = texts.frame.filter;
  const { items } = bar.choices;
  const present = mistake && checked === bar.draft ? mistake : null;
  const state = present ? 'wrong' : bar.draft.trim() === '' ? 'empty' : bar.draft.trim() === text ? 'applied' : 'draft';
  const isOpen = focused && items.length > 0;

  useEffect(() => bindFilterInput(input.current), []);

  const take = (choice: Choice): void => {
    bar.take(choice);
    requestAnimationFrame(() => input.current?.setSelectionRange(choice.caret, choice.caret));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const chosen = items[bar.active];
    switch (event.key) {
      case 'ArrowDown':
        if (!bar.move(1)) bar.showHistory();
        break;
      case 'ArrowUp':
        bar.move(-1);
        break;
      case 'Enter':
        if (chosen) take(chosen);
        else void bar.apply();
        break;
      case 'Tab': {
        const first = chosen ?? items[0];
        if (event.shiftKey || !isOpen || !first || bar.choices.kind === 'history') return;
        take(first);
        break;
      }
      case 'Escape':
        if (isOpen) bar.close();
        else if (bar.draft !== text) bar.revert();
        else leaveFilter();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.bar} data-state={state} data-testid="filter-bar">
      <IconFilter size={14} className={styles.icon} aria-hidden />
      <MarkedInput
        ref={input}
        value={bar.draft}
        mark={present}
        placeholder={words.placeholder}
        aria-label={words.label}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={LIST_ID}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && bar.active >= 0 ? `${LIST_ID}-${bar.active}` : undefined}
        aria-invalid={present !== null}
        aria-describedby={present ? 'filter-mistake' : undefined}
        onChange={(event) => bar.type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          bar.close();
        }}
      />
      <RangeChip />
      <Scanning />
      <SavedFiltersButton />
      {filtered || bar.draft !== '' ? (
        <button type="button" className="icon-button" aria-label={words.clear} title={words.clear} onClick={() => void clearFilter()}>
          <IconX size={14} aria-hidden />
        </button>
      ) : (
        <span className="kbd">Ctrl F</span>
      )}
      {focused && present && !isOpen && (
        <p id="filter-mistake" className={styles.mistake} role="alert">
          {present.problem.sentence} {present.problem.next}
        </p>
      )}
      {isOpen && (
        <div className={styles.choices}>
          <div className={`eyebrow ${styles.choicesTitle}`}>{words[bar.choices.kind]}</div>
          <div id={LIST_ID} role="listbox" aria-label={words[bar.choices.kind]}>
            {items.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
              <div
                key={`${choice.text}${choice.title}`}
                id={`${LIST_ID}-${index}`}
                role="option"
                aria-selected={index === bar.active}
                className={styles.choice}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(choice)}
              >
                <span className="mono">{choice.text}</span>
                <span className={styles.choiceTitle}>{choice.title}</span>
              </div>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function RangeChip() {
  const range = useFilter((state) => state.range);
  const words = texts.frame.filter;
  if (!range) return null;
  return (
    <button
      type="button"
      className={styles.range}
      title={words.clearRange}
      aria-label={`${words.range}: ${formatDuration(range.to - range.from)}. ${words.clearRange}`}
      onClick={() => void applyRange(null)}
    >
      {formatDuration(range.to - range.from)}
      <IconX size={12} aria-hidden />
    </button>
  );
}

function Scanning() {
  const filter = useSession((state) => state.tick?.filter);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  if (!filter?.scanning || packets === 0) return null;
  return <span className={styles.scanning}>{texts.frame.filter.scanning(formatShare(filter.scanned, packets))}</span>;
}
