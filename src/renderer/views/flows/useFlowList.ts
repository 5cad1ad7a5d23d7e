import { useEffect, useMemo, useRef, useState } from 'react';
import { MAX_CHOSEN } from '../../../shared/contract/exports';
import type { FlowRow } from '../../../shared/model/records';
import { engine } from '../../client/engine';
import { Paced } from '../../client/paced';
import { RowPages } from '../../client/row-pages';
import { chooseFlow, chosenFlows, type How, listKey, useChosen } from '../../stores/chosen';
import { useFilter } from '../../stores/filter';
import { selectFlow, useSelection } from '../../stores/selection';
import { selectSessionId, useSession } from '../../stores/session';
import { type FlowOrder, SORTS } from './column-store';

/** Rows that one call gives. */
const MAX_WINDOW = 1000;

/** While packets come the list is asked for anew no more often: each time the engine sorts all flows. */
const REFRESH_MS = 1000;
/** Rows asked for before it is known how many there are. */
const FIRST_ROWS = 64;

/** The flows that the grid shows, in the order that was asked for, and where in them the selection stands. */
export function useFlowList({ column, descending }: FlowOrder) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const looks = useSession((state) => state.tick?.live?.programs?.looks ?? 0);
  const filter = useFilter((state) => state.id);
  const selected = useSelection((state) => state.flow?.index ?? null);
  const [version, setVersion] = useState(0);
  const [cursor, setCursor] = useState(-1);
  const asked = useRef({ sort: SORTS[column], descending });
  asked.current = { sort: SORTS[column], descending };
  /** The newest count stays until the next one comes. */
  const count = useRef(0);
  const isCounted = useRef(false);
  const listName = listKey(session, filter);
  const chosen = useChosen((state) => chosenFlows(state, listName));
  const key = useRef({ session, filter, column, descending });
  /** A row was chosen by its position before it was here. */
  const awaited = useRef(-1);

  const pages = useMemo(
    () =>
      new RowPages<FlowRow>(
        (from, count) => engine.call('flows.rows', { from, count, ...asked.current }),
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
  if (before.session !== session || before.filter !== filter || before.column !== column || before.descending !== descending) {
    // During render: the rows of the old key must not be drawn as those of the new one.
    pages.reset(before.session === session);
    key.current = { session, filter, column, descending };
    awaited.current = -1;
    if (before.session !== session) count.current = 0;
    if (before.session !== session || before.filter !== filter) isCounted.current = false;
  }
  if (pages.total !== null) {
    count.current = pages.total;
    isCounted.current = true;
  }

  useEffect(() => {
    pages.want(0, FIRST_ROWS, FIRST_ROWS);
  }, [pages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may change the flows
  useEffect(() => {
    refresh.ask();
  }, [refresh, packets, scanned, load, looks]);
  useEffect(() => () => refresh.stop(), [refresh]);

  /** Flows at these places, asked for where they are not here. */
  const flowsAt = async (from: number, to: number): Promise<number[]> => {
    const found: number[] = [];
    while (found.length <= to - from && found.length < MAX_CHOSEN) {
      const row = pages.rowAt(from + found.length);
      if (row) found.push(row.index);
      else {
        const count = Math.min(MAX_WINDOW, to - from + 1 - found.length);
        const { rows } = await engine.call('flows.rows', { from: from + found.length, count, ...asked.current });
        if (rows.length === 0) break;
        found.push(...rows.map(({ index }) => index));
      }
    }
    return found;
  };
  const anchorAt = useRef(0);
  const chooseRow = async (position: number, how: How): Promise<void> => {
    const before = useSelection.getState().flow?.index ?? null;
    const at = cursor < 0 ? position : cursor;
    setCursor(position);
    const row = pages.rowAt(position);
    awaited.current = row ? -1 : position;
    if (row) selectFlow(row);
    if (how !== 'upTo') {
      anchorAt.current = how === 'keep' ? anchorAt.current : position;
      if (row) chooseFlow(listName, row.index, how, before, []);
      return;
    }
    const { anchor } = useChosen.getState().flows;
    const anchored = anchor === null ? -1 : pages.find(({ index }) => index === anchor);
    if (anchor === null) anchorAt.current = at;
    const start = anchored >= 0 ? anchored : anchorAt.current;
    const between = await flowsAt(Math.min(start, position), Math.max(start, position));
    const last = between[position < start ? 0 : between.length - 1];
    if (last !== undefined) chooseFlow(listName, last, how, before, between);
  };

  // Rows came: the one that was waited for is chosen, and the selected one may stand elsewhere or have grown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news
  useEffect(() => {
    const expected = awaited.current < 0 ? undefined : pages.rowAt(awaited.current);
    if (expected) {
      awaited.current = -1;
      selectFlow(expected);
      return;
    }
    if (awaited.current >= 0) return;
    const { kind, flow } = useSelection.getState();
    const at = flow === null ? -1 : pages.find((row) => row.index === flow.index);
    setCursor(at);
    const row = pages.rowAt(at);
    if (kind === 'flow' && row && row !== flow) useSelection.setState({ flow: row });
  }, [version, selected, pages]);

  return {
    /** False until the engine has answered for this session and filter. */
    isCounted: isCounted.current,
    count: count.current,
    cursor,
    version,
    pages,
    rowAt: (position: number): FlowRow | undefined => pages.rowAt(position),
    isSelected: (row: FlowRow): boolean => (chosen.size > 0 ? chosen.has(row.index) : row.index === selected),
    onVisible: (first: number, visible: number): void =>
      pages.want(first, Math.max(visible, FIRST_ROWS), Math.max(count.current, FIRST_ROWS)),
    chooseRow,
  };
}
