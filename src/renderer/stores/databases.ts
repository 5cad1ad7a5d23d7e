import { create } from 'zustand';
import type { DatabasesInfo } from '../../shared/contract/engine';
import { engine } from '../client/engine';
import { Paced } from '../client/paced';

/** Between two questions: a size that is two seconds old is good enough. */
const REFRESH_MS = 2000;

/** What the status bar tells of the databases; null until the engine answered. */
export const useDatabases = create<{ readonly info: DatabasesInfo | null }>(() => ({ info: null }));

const refresh = new Paced(async () => {
  try {
    useDatabases.setState({ info: await engine.call('databases', {}) });
  } catch {
    // The engine is gone; whoever shows that state does.
  }
}, REFRESH_MS);

/** Something may have been written, or another capture is open. */
export const refreshDatabases = (): void => refresh.ask();
