import { useEffect, useState } from 'react';
import type { Suggestion } from '../../../shared/contract/engine';
import type { SavedFilter } from '../../../shared/contract/profiles';
import { engine } from '../../client/engine';
import { applyFilter, checkDraft, revertDraft, setDraft, useFilter } from '../../stores/filter';
import { matchingFilters, savedFilters } from '../../stores/saved-filters';
import { texts } from '../../texts';

const CHECK_DELAY_MS = 120;
const MAX_SHOWN = 12;

/** An entry of the list under the filter bar. */
export interface Choice {
  readonly text: string;
  readonly title: string;
  /** The whole text of the bar once this was chosen, and where the caret then stands. */
  readonly result: string;
  readonly caret: number;
  /** It is a whole filter and is applied at once. */
  readonly isWhole?: boolean;
}

interface Choices {
  readonly kind: 'suggestions' | 'history';
  readonly items: readonly Choice[];
}

const NONE: Choices = { kind: 'suggestions', items: [] };

/** State of the filter bar: what is typed is checked and completed after a pause. */
export function useFilterBar() {
  const draft = useFilter((state) => state.draft);
  const [choices, setChoices] = useState<Choices>(NONE);
  const [active, setActive] = useState(-1);
  /** Where the caret is while a person types; null when they do not. */
  const [caret, setCaret] = useState<number | null>(null);

  useEffect(() => {
    if (caret === null) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      void checkDraft();
      if (draft.trim() === '') return;
      engine.call('filter.complete', { text: draft, cursor: caret }, abort.signal).then(
        ({ suggestions }) => {
          const words = suggestions.map((suggestion) => choiceOf(draft, suggestion));
          setChoices({ kind: 'suggestions', items: [...matchingFilters(draft).map(savedChoice), ...words].slice(0, MAX_SHOWN) });
          setActive(-1);
        },
        () => setChoices(NONE), // superseded by a newer text, or no engine: there is nothing to suggest
      );
    }, CHECK_DELAY_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [draft, caret]);

  const close = (): void => {
    setChoices(NONE);
    setActive(-1);
    setCaret(null);
  };

  const showHistory = (): void => {
    const { history, text } = useFilter.getState();
    const saved = savedFilters().map(savedChoice);
    const recent = history.filter((item) => !saved.some(({ result }) => result === item)).map((item) => whole(item, ''));
    const items = [...saved.slice(0, MAX_SHOWN / 2), ...recent].filter(({ result }) => result !== text).slice(0, MAX_SHOWN);
    setChoices({ kind: 'history', items });
    setActive(-1);
  };

  return {
    draft,
    choices,
    active,
    close,
    type(text: string, at: number): void {
      setDraft(text);
      setCaret(at);
      if (text.trim() === '') setChoices(NONE);
    },
    /** True where there is a list to move in. */
    move(step: 1 | -1): boolean {
      if (choices.items.length === 0) return false;
      setActive((at) => Math.min(Math.max(-1, at + step), choices.items.length - 1));
      return true;
    },
    showHistory,
    take(choice: Choice): void {
      setDraft(choice.result);
      if (choice.isWhole) {
        close();
        void applyFilter(choice.result);
      } else {
        setChoices(NONE);
        setActive(-1);
        setCaret(choice.caret);
      }
    },
    apply(): Promise<boolean> {
      close();
      return applyFilter(draft);
    },
    revert(): void {
      close();
      revertDraft();
    },
  };
}

const whole = (text: string, title: string): Choice => ({ text, title, result: text, caret: text.length, isWhole: true });
const savedChoice = ({ name, filter }: SavedFilter): Choice => whole(filter, texts.savedFilters.completion(name));

function choiceOf(draft: string, { text, start, end, title }: Suggestion): Choice {
  return { text, title, result: draft.slice(0, start) + text + draft.slice(end), caret: start + text.length };
}
