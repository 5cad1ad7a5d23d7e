import { useEffect, useMemo, useRef, useState } from 'react';
import type { HostQuery, HostWindow } from '../../../shared/contract/hosts';
import type { HostRow } from '../../../shared/model/hosts';
import { engine } from '../../client/engine';
import { Paced } from '../../client/paced';
import { RowPages } from '../../client/row-pages';
import { useAlerts } from '../../stores/alerts';
import { useFilter } from '../../stores/filter';
import { selectHost, useSelectedHost } from '../../stores/hosts';
import { selectSessionId, useSession } from '../../stores/session';
import { type HostOrder, SORTS } from './column-store';

/** While packets come the hosts are counted anew no more often: each time the engine goes over all flows. */
const REFRESH_MS = 1500;
/** Rows asked for before it is known how many there are. */
const FIRST_ROWS = 64;

export type HostTotals = Pick<HostWindow, 'total' | 'hosts' | 'considered' | 'lostFlows'>;

/** The hosts that the grid shows, in the order that was asked for, and where among them the selected one stands. */
export function useHostList(query: HostQuery, { column, descending }: HostOrder) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const filter = useFilter((state) => state.id);
  const selected = useSelectedHost();
  const [version, setVersion] = useState(0);
  const [cursor, setCursor] = useState(-1);
  const asked = useRef({ query, sort: SORTS[column], descending });
  asked.current = { query, sort: SORTS[column], descending };
  const totals = useRef<HostTotals | null>(null);
  const key = useRef({ session, filter, query, column, descending });
  /** A row was chosen by its position before it was here. */
  const awaited = useRef(-1);

  const pages = useMemo(
    () =>
      new RowPages<HostRow>(
        async (from, count) => {
          const window = await engine.call('hosts.rows', { from, count, ...asked.current });
          totals.current = window;
          return window;
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

  const before = key.current;
  const isOther = before.session !== session;
  if (isOther || before.filter !== filter || before.query !== query || before.column !== column || before.descending !== descending) {
    // During render: the rows of the old key must not be drawn as those of the new one.
    pages.reset(!isOther);
    key.current = { session, filter, query, column, descending };
    awaited.current = -1;
    if (isOther) totals.current = null;
  }

  useEffect(() => {
    pages.want(0, FIRST_ROWS, FIRST_ROWS);
  }, [pages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may change the hosts
  useEffect(() => {
    refresh.ask();
  }, [refresh, packets, scanned, load, revision]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const chooseRow = (position: number): void => {
    setCursor(position);
    const row = pages.rowAt(position);
    awaited.current = row ? -1 : position;
    if (row) selectHost(row.address);
  };

  // Rows came: the one that was waited for is chosen, and the selected one may stand elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news
  useEffect(() => {
    const expected = awaited.current < 0 ? undefined : pages.rowAt(awaited.current);
    if (expected) {
      awaited.current = -1;
      selectHost(expected.address);
      return;
    }
    if (awaited.current < 0) setCursor(selected === null ? -1 : pages.find(({ address }) => address === selected));
  }, [version, selected, pages]);

  const count = totals.current?.total ?? 0;
  return {
    /** Null until the engine has answered for this session. */
    totals: totals.current,
    count,
    cursor,
    version,
    pages,
    rowAt: (position: number): HostRow | undefined => pages.rowAt(position),
    isSelected: (row: HostRow): boolean => row.address === selected,
    onVisible: (first: number, visible: number): void => pages.want(first, Math.max(visible, FIRST_ROWS), Math.max(count, FIRST_ROWS)),
    chooseRow,
  };
}
