import { create } from 'zustand';
import type { Problem } from '../../shared/base/result';
import type { Tick, TimeRange } from '../../shared/contract/engine';
import { engine } from '../client/engine';
import { problemOf, wasCancelled } from '../client/engine-client';
import { also, not } from './filter-text';
import { load, save } from './storage';

export interface FilterMistake {
  readonly problem: Problem;
  /** Of the text that was checked: characters start..end are what is wrong. */
  readonly start: number;
  readonly end: number;
}

export interface FilterState {
  /** What stands in the filter bar. */
  readonly draft: string;
  /** What the views show. */
  readonly text: string;
  readonly range: TimeRange | null;
  readonly id: number;
  /** Of the draft; null while it is right or not checked yet. */
  readonly mistake: FilterMistake | null;
  /** The text that `mistake` speaks of. */
  readonly checked: string;
  /** Newest first. */
  readonly history: readonly string[];
}

const HISTORY_KEY = 'portlight-filter-history';
const MAX_HISTORY = 50;

const isHistory = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

export const useFilter = create<FilterState>(() => ({
  draft: '',
  text: '',
  range: null,
  id: 0,
  mistake: null,
  checked: '',
  history: load(HISTORY_KEY, isHistory, []).slice(0, MAX_HISTORY),
}));

let check: AbortController | null = null;

/** Checks what is being typed; an answer to an older text is dropped. */
export async function checkDraft(): Promise<void> {
  const { draft } = useFilter.getState();
  check?.abort();
  check = new AbortController();
  try {
    const answer = draft.trim() === '' ? null : await engine.call('filter.check', { text: draft }, check.signal);
    if (useFilter.getState().draft !== draft) return;
    useFilter.setState({ checked: draft, mistake: answer === null || answer.ok ? null : answer });
  } catch (error) {
    if (!wasCancelled(error)) useFilter.setState({ checked: draft, mistake: { problem: problemOf(error), start: 0, end: draft.length } });
  }
}

export const setDraft = (draft: string): void => useFilter.setState({ draft });

let newest = 0;

/**
 * Sets the filter of every view. A wrong text stays in the bar with its mistake and changes nothing else. Of several under way only the
 * newest counts.
 */
export async function applyFilter(text: string, range: TimeRange | null = useFilter.getState().range): Promise<boolean> {
  const mine = ++newest;
  const before = useFilter.getState();
  const trimmed = text.trim();
  // A range is never wrong, so it holds at once: keys held down go on from where they are, not from what was answered so far.
  useFilter.setState(trimmed === before.text ? { draft: text, range } : { draft: text });
  try {
    const answer = await engine.call('filter.set', { text: trimmed, range });
    if (mine !== newest) return answer.ok;
    if (!answer.ok) {
      useFilter.setState({ mistake: answer, checked: text, range: before.range });
      return false;
    }
    const history = trimmed === '' ? useFilter.getState().history : remembered(trimmed);
    // Whoever went back to what was applied while the answer was under way goes back to this.
    const draft = useFilter.getState().draft === before.text ? text : useFilter.getState().draft;
    useFilter.setState({ draft, text: trimmed, range, id: answer.filterId, mistake: null, checked: text, history });
    return true;
  } catch (error) {
    if (mine === newest)
      useFilter.setState({ mistake: { problem: problemOf(error), start: 0, end: text.length }, checked: text, range: before.range });
    return false;
  }
}

function remembered(text: string): readonly string[] {
  const history = [text, ...useFilter.getState().history.filter((item) => item !== text)].slice(0, MAX_HISTORY);
  save(HISTORY_KEY, history);
  return history;
}

export const applyRange = (range: TimeRange | null): Promise<boolean> => applyFilter(useFilter.getState().text, range);
export const clearFilter = (): Promise<boolean> => applyFilter('', null);
export const filterTo = (test: string): Promise<boolean> => applyFilter(also(useFilter.getState().text, test));
export const exclude = (test: string): Promise<boolean> => applyFilter(also(useFilter.getState().text, not(test)));

/** Back to what is applied. */
export const revertDraft = (): void => useFilter.setState((state) => ({ draft: state.text, mistake: null, checked: state.text }));

/** A new session begins with the filter that the engine gave it. */
export function adoptFilter({ text, range, id }: Tick['filter']): void {
  useFilter.setState({ draft: text, text, range, id, mistake: null, checked: text });
}

export const isFiltered = (state: FilterState): boolean => state.text !== '' || state.range !== null;
