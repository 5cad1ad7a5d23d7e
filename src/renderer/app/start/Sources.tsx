import { useState } from 'react';
import { HistoryPage } from '../HistoryPage';
import { StartPage } from './StartPage';

/** The page of sources, and the history behind its door. */
export function Sources() {
  const [history, setHistory] = useState(false);
  return history ? <HistoryPage onBack={() => setHistory(false)} /> : <StartPage onHistory={() => setHistory(true)} />;
}
