import { useEffect, useRef, useState } from 'react';
import type { RowWindow } from '../client/row-pages';
import { useFilter } from './filter';
import { type Ask, useRowList } from './row-list';
import { selectSessionId, useSession } from './session';

/** While packets come, no more often: each time the engine counts anew. */
const REFRESH_MS = 1500;

/** Rows of a table of the engine, for as long as `key` stays the same: another key is another table or order. */
export function useEngineRows<Row extends { readonly id: number }, Window extends RowWindow<Row>>(key: string, ask: Ask<Window>) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const filter = useFilter((state) => state.id);
  const [cursor, setCursor] = useState(-1);
  const list = `${session} ${filter} ${key}`;
  const news = useRef('');
  if (!document.hidden) news.current = `${packets} ${scanned}`;
  // What is complete is not waited for.
  const rows = useRowList<Row, Window>({ list, ask, news: news.current, urgent: `${load} ${list}`, interval: REFRESH_MS });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are others
  useEffect(() => setCursor(-1), [list]);

  const chosen = cursor < 0 ? undefined : rows.rowAt(cursor);
  return {
    ...rows,
    cursor: Math.min(cursor, rows.count - 1),
    setCursor,
    isSelected: (row: Row): boolean => row.id === chosen?.id,
  };
}
