import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { FIND_MODES, MAX_FIND_LENGTH } from '../../../../shared/contract/find';
import { useFilterMistakes } from '../../../stores/filter-mistakes';
import { changeFind, closeFind, findNext, stopFind, useFind } from '../../../stores/find';
import { texts } from '../../../texts';
import { MarkedInput } from '../../../widgets/marked-input/MarkedInput';
import { Segments } from '../../../widgets/segments/Segments';
import styles from './find.module.css';
import { statusText } from './status-text';

const words = texts.find;
const ICON = { size: 15, 'aria-hidden': true } as const;

/** Below the list: what to find in the packets that it shows, and the way from one to the next. */
export function FindBar({ onDone }: { onDone(): void }) {
  const { isOpen, asked, mode, text, caseSensitive, status } = useFind();
  const bar = useRef<HTMLElement>(null);
  const mistakeOf = useFilterMistakes(isOpen && mode === 'filter' ? [text] : []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each wish to type in it
  useEffect(() => {
    const input = bar.current?.querySelector('input[type=text]');
    if (!(input instanceof HTMLInputElement)) return;
    input.focus();
    input.select();
  }, [asked]);

  if (!isOpen) return null;
  const close = (): void => {
    closeFind();
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      if (status.kind === 'searching') stopFind();
      else close();
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type === 'text') {
      void findNext(event.shiftKey);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const typed = mode === 'filter' ? (mistakeOf(text) ?? null) : null;
  const mistake = status.kind === 'wrong' ? status : typed;
  const isWrong = mistake !== null || status.kind === 'no-bytes';
  const told = mistake ? mistake.sentence : statusText(status);

  return (
    <search ref={bar} className={styles.bar} aria-label={words.label} data-testid="find-bar" onKeyDown={onKeyDown}>
      <Segments
        label={words.modeLabel}
        name="find-mode"
        ids={FIND_MODES}
        titles={words.modes}
        chosen={mode}
        onChoose={(mode) => changeFind({ mode })}
      />
      <div className={`search-field ${styles.field}`} data-wrong={isWrong ? '' : undefined}>
        <IconSearch size={13} stroke={1.7} aria-hidden />
        <MarkedInput
          value={text}
          mark={mistake}
          maxLength={mode === 'bytes' ? 3 * MAX_FIND_LENGTH : MAX_FIND_LENGTH}
          aria-label={words.fields[mode]}
          aria-invalid={isWrong}
          placeholder={words.placeholders[mode]}
          onChange={({ target }) => changeFind({ text: target.value })}
        />
      </div>
      {mode === 'text' && (
        <button
          type="button"
          className="toggle"
          aria-pressed={caseSensitive}
          aria-label={words.matchCaseHint}
          title={words.matchCaseHint}
          onClick={() => changeFind({ caseSensitive: !caseSensitive })}
        >
          {words.matchCase}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={words.previous} title={words.previous} onClick={() => void findNext(true)}>
        <IconChevronUp {...ICON} />
      </button>
      <button type="button" className="icon-button" aria-label={words.next} title={words.next} onClick={() => void findNext(false)}>
        <IconChevronDown {...ICON} />
      </button>
      <span className={styles.status} role="status" title={told} data-wrong={isWrong || status.kind === 'failed' ? '' : undefined}>
        {told}
      </span>
      {status.kind === 'searching' && (
        <button type="button" className="button" data-small onClick={stopFind}>
          {words.stop}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={words.close} title={words.close} onClick={close}>
        <IconX {...ICON} />
      </button>
    </search>
  );
}
