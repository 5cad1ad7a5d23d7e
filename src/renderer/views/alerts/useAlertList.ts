import { useEffect, useMemo, useRef, useState } from 'react';
import type { AlertRow } from '../../../shared/model/alerts';
import { engine } from '../../client/engine';
import { Paced } from '../../client/paced';
import { RowPages } from '../../client/row-pages';
import { listQuery, type QueryState } from '../../stores/alert-query';
import { selectAlert, useAlerts } from '../../stores/alerts';
import { useShownPackets } from '../../stores/shown-packets';
import { type AlertOrder, SORTS } from './column-store';

/** While alerts come in the list is asked for anew no more often. */
const REFRESH_MS = 500;
/** Rows asked for before it is known how many there are. */
const FIRST_ROWS = 64;

/** The alerts that the grid shows, in the order that was asked for, and where among them the selected one stands. */
export function useAlertList(query: QueryState, { column, descending }: AlertOrder) {
  const session = useAlerts((state) => state.news?.session ?? 0);
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const selected = useAlerts((state) => state.selected);
  const packets = useShownPackets();
  const [version, setVersion] = useState(0);
  const [cursor, setCursor] = useState(-1);
  const asked = useRef({ query: listQuery(query), sort: SORTS[column], descending });
  asked.current = { query: listQuery(query), sort: SORTS[column], descending };
  const shown = useRef({ count: 0, isCounted: false });
  const key = useRef({ session, query, column, descending });
  const awaited = useRef(-1);

  const pages = useMemo(
    () =>
      new RowPages<AlertRow>(
        (from, count) => engine.call('alerts.rows', { from, count, ...asked.current }),
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

  const before = key.current;
  if (before.session !== session || before.query !== query || before.column !== column || before.descending !== descending) {
    // During render: the rows of the old key must not be drawn as those of the new one.
    pages.reset(before.session === session);
    key.current = { session, query, column, descending };
    awaited.current = -1;
    if (before.session !== session) shown.current = { count: 0, isCounted: false };
  }
  if (pages.total !== null) shown.current = { count: pages.total, isCounted: true };

  useEffect(() => {
    pages.want(0, FIRST_ROWS, FIRST_ROWS);
  }, [pages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision is the news; what a person did is shown at once
  useEffect(() => {
    refresh.ask(true);
  }, [refresh, session, revision]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other packets show other alerts
  useEffect(() => {
    refresh.ask();
  }, [refresh, packets]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const chooseRow = (position: number): void => {
    setCursor(position);
    const row = pages.rowAt(position);
    awaited.current = row ? -1 : position;
    if (row) selectAlert(row.id);
  };

  // Rows came: the one that was waited for is chosen, and the selected one may stand elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news
  useEffect(() => {
    const expected = awaited.current < 0 ? undefined : pages.rowAt(awaited.current);
    if (expected) {
      awaited.current = -1;
      selectAlert(expected.id);
      return;
    }
    if (awaited.current < 0) setCursor(selected === null ? -1 : pages.find(({ id }) => id === selected));
  }, [version, selected, pages]);

  return {
    /** False until the engine has answered for this session. */
    isCounted: shown.current.isCounted,
    count: shown.current.count,
    cursor,
    version,
    pages,
    rowAt: (position: number): AlertRow | undefined => pages.rowAt(position),
    isSelected: (row: AlertRow): boolean => row.id === selected,
    onVisible: (first: number, visible: number): void =>
      pages.want(first, Math.max(visible, FIRST_ROWS), Math.max(shown.current.count, FIRST_ROWS)),
    chooseRow,
  };
}

export type AlertListState = ReturnType<typeof useAlertList>;
