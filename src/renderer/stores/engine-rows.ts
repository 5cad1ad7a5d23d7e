import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../shared/base/result';
import { problemOf, wasCancelled } from '../client/engine-client';
import { Paced } from '../client/paced';
import { RowPages, type RowWindow } from '../client/row-pages';
import { useFilter } from './filter';
import { selectSessionId, useSession } from './session';

/** While packets come, no more often: each time the engine counts anew. */
const REFRESH_MS = 1500;
/** Rows asked for before it is known how many there are. */
const FIRST_ROWS = 64;

/** Gives rows from..from+count, with whatever else is known of all of them. */
export type Ask<Window> = (from: number, count: number) => Promise<Window>;

/** Rows of a table of the engine, for as long as `key` stays the same: another key is another table or order. */
export function useEngineRows<Row extends { readonly id: number }, Window extends RowWindow<Row>>(key: string, ask: Ask<Window>) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const filter = useFilter((state) => state.id);
  const [version, setVersion] = useState(0);
  const [cursor, setCursor] = useState(-1);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(ask);
  asked.current = ask;
  const newest = useRef<Window | null>(null);
  const whole = `${session} ${filter} ${key}`;
  const before = useRef(whole);

  const pages = useMemo(
    () =>
      new RowPages<Row>(
        async (from, count) => {
          try {
            const window = await asked.current(from, count);
            newest.current = window;
            setProblem(null);
            return window;
          } catch (error) {
            if (!wasCancelled(error)) setProblem(problemOf(error));
            throw error;
          }
        },
        () => setVersion((version) => version + 1),
      ),
    [],
  );
  const refresh = useMemo(
    () =>
      new Paced(() => {
        pages.reset(true);
        return pages.settled();
      }, REFRESH_MS),
    [pages],
  );

  if (before.current !== whole) {
    // During render: the rows of the old table must not be drawn as those of the new one.
    before.current = whole;
    newest.current = null;
    pages.reset(false);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are others
  useEffect(() => setCursor(-1), [whole]);
  useEffect(() => {
    pages.want(0, FIRST_ROWS, FIRST_ROWS);
  }, [pages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may change the rows
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, packets, scanned]);
  // What is complete is not waited for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are others
  useEffect(() => refresh.ask(true), [refresh, load, whole]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const count = newest.current?.total ?? 0;
  const chosen = cursor < 0 ? undefined : pages.rowAt(cursor);
  return {
    /** Null until the engine has answered. */
    window: newest.current,
    problem,
    count,
    version,
    cursor: Math.min(cursor, count - 1),
    setCursor,
    rowAt: (position: number): Row | undefined => pages.rowAt(position),
    isSelected: (row: Row): boolean => row.id === chosen?.id,
    loaded: () => pages.loaded(),
    onVisible: (first: number, visible: number): void => pages.want(first, Math.max(visible, FIRST_ROWS), Math.max(count, FIRST_ROWS)),
    retry: () => refresh.ask(true),
  };
}
