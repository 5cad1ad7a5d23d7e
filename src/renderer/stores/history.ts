import { create } from 'zustand';
import type { Problem } from '../../shared/base/result';
import { type HistoryCaptures, type HistoryHost, MAX_HISTORY_CAPTURES } from '../../shared/contract/history';
import { engine } from '../client/engine';
import { problemOf } from '../client/engine-client';
import { Latest } from '../client/latest';

export interface HistoryState {
  /** What is searched for: words of a path, or an address. */
  readonly search: string;
  /** Null: none is kept; undefined: not read yet. */
  readonly captures: HistoryCaptures | null | undefined;
  /** Of the address that is searched for; null: it is none, or not read yet. */
  readonly host: HistoryHost | null;
  readonly problem: Problem | null;
  /** Raised when what is remembered may have changed. */
  readonly revision: number;
}

export const useHistory = create<HistoryState>(() => ({ search: '', captures: undefined, host: null, problem: null, revision: 0 }));

/** An address in full: what is shorter is rather a part of a name. */
export const isAddress = (text: string): boolean =>
  /^(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f.]*:[\da-f:.]*|([\da-f]{2}-){5}[\da-f]{2})$/i.test(text.trim());

const reading = new Latest(async (search: string) => {
  try {
    const host = isAddress(search) ? await engine.call('history.host', { address: search }) : null;
    const captures = await engine.call('history.captures', { search: host ? '' : search, count: MAX_HISTORY_CAPTURES });
    useHistory.setState({ captures, host, problem: null });
  } catch (error) {
    useHistory.setState({ problem: problemOf(error), host: null });
  }
});

export function searchHistory(search: string): void {
  useHistory.setState({ search });
  reading.ask(search);
}

/** Something may have been kept or forgotten. */
export function refreshHistory(): void {
  const { search, revision } = useHistory.getState();
  useHistory.setState({ revision: revision + 1 });
  reading.ask(search);
}

export async function forgetCapture(captureId: number): Promise<void> {
  try {
    await engine.call('history.forget', { captureId });
  } catch (error) {
    useHistory.setState({ problem: problemOf(error) });
  }
  refreshHistory();
}
