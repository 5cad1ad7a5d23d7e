import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../shared/base/result';
import { problemOf, wasCancelled } from '../client/engine-client';
import { Paced } from '../client/paced';
import { RowPages, type RowWindow } from '../client/row-pages';

/** Rows asked for before it is known how many there are. */
const FIRST_ROWS = 64;

/** Gives rows from..from+count, with whatever else is known of all of them. */
export type Ask<Window> = (from: number, count: number) => Promise<Window>;

interface RowListOptions<Window> {
  /** Another one is another list: nothing of the one before is shown. */
  readonly list: string;
  /** Another one is another question or order of the list: its rows stay until the others have come. */
  readonly key?: string;
  readonly ask: Ask<Window>;
  /** Changes whenever the rows may be others. They are asked for again, no more often than once in `interval` ms. */
  readonly news: string;
  /** The same for what is not waited for. */
  readonly urgent?: string;
  readonly interval: number;
}

/** Rows of a table of the engine, those around what is on screen. */
export function useRowList<Row, Window extends RowWindow<Row>>(options: RowListOptions<Window>) {
  const { list, key = '', ask, news, urgent, interval } = options;
  const [version, setVersion] = useState(0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const whole = `${list} ${key}`;
  const asked = useRef(ask);
  asked.current = ask;
  const newest = useRef<{ readonly whole: string; readonly window: Window } | null>(null);
  const before = useRef({ list, whole });

  const pages = useMemo(() => {
    let arrived: Window;
    return new RowPages<Row>(
      async (from, count) => {
        try {
          arrived = await asked.current(from, count);
          setProblem(null);
          return arrived;
        } catch (error) {
          if (!wasCancelled(error)) setProblem(problemOf(error));
          throw error;
        }
      },
      () => {
        newest.current = { whole: before.current.whole, window: arrived };
        setVersion((version) => version + 1);
      },
    );
  }, []);
  const refresh = useMemo(
    () =>
      new Paced(() => {
        pages.reset(true);
        return pages.settled();
      }, interval),
    [pages, interval],
  );

  if (before.current.whole !== whole) {
    // During render: the rows of the old key must not be drawn as those of the new one.
    const isSameList = before.current.list === list;
    before.current = { list, whole };
    if (!isSameList) newest.current = null;
    pages.reset(isSameList);
  }
  useEffect(() => {
    pages.want(0, FIRST_ROWS, FIRST_ROWS);
  }, [pages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the news are the occasion
  useEffect(() => refresh.ask(), [refresh, news]);
  useEffect(() => {
    if (urgent !== undefined) refresh.ask(true);
  }, [refresh, urgent]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const window = newest.current?.window ?? null;
  const count = window?.total ?? 0;
  return {
    /** Of all rows, also while others are asked for; null until the engine has answered for this list. */
    window,
    /** The engine has answered for this list and key. */
    isCounted: newest.current?.whole === whole,
    problem,
    count,
    version,
    whole,
    pages,
    rowAt: (position: number): Row | undefined => pages.rowAt(position),
    onVisible: (first: number, visible: number): void => pages.want(first, Math.max(visible, FIRST_ROWS), Math.max(count, FIRST_ROWS)),
    loaded: () => pages.loaded(),
    retry: () => refresh.ask(true),
  };
}

interface SelectedOptions<Row, Id> {
  readonly selected: Id | null;
  idOf(row: Row): Id;
  select(row: Row): void;
}

interface Rows<Row> {
  readonly whole: string;
  readonly version: number;
  readonly pages: RowPages<Row>;
}

/** Where among the rows the selected one stands; a row can be chosen by its position before it is here. */
export function useSelectedRow<Row, Id>({ whole, version, pages }: Rows<Row>, { selected, idOf, select }: SelectedOptions<Row, Id>) {
  const [cursor, setCursor] = useState(-1);
  const awaited = useRef({ whole, position: -1 });
  if (awaited.current.whole !== whole) awaited.current = { whole, position: -1 };

  // Rows came: the one that was waited for is chosen, and the selected one may stand elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news
  useEffect(() => {
    const { position } = awaited.current;
    const expected = position < 0 ? undefined : pages.rowAt(position);
    if (expected) {
      awaited.current = { whole, position: -1 };
      select(expected);
    } else if (position < 0) {
      setCursor(selected === null ? -1 : pages.find((row) => idOf(row) === selected));
    }
  }, [version, selected, pages]);

  /** Gives the row where it is here. */
  const choose = (position: number): Row | undefined => {
    setCursor(position);
    const row = pages.rowAt(position);
    awaited.current = { whole, position: row ? -1 : position };
    if (row) select(row);
    return row;
  };
  return { cursor, choose };
}
