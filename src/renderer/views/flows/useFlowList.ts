import { useEffect, useRef } from 'react';
import type { FlowWindow } from '../../../shared/contract/engine';
import { MAX_CHOSEN } from '../../../shared/contract/exports';
import type { FlowRow } from '../../../shared/model/records';
import { engine } from '../../client/engine';
import { chooseFlow, chosenFlows, type How, listKey, useChosen } from '../../stores/chosen';
import { useFilter } from '../../stores/filter';
import { type Ask, useRowList, useSelectedRow } from '../../stores/row-list';
import { selectFlow, useSelection } from '../../stores/selection';
import { selectSessionId, useSession } from '../../stores/session';
import { type FlowOrder, SORTS } from './column-store';

/** Rows that one call gives. */
const MAX_WINDOW = 1000;

/** While packets come the list is asked for anew no more often: each time the engine sorts all flows. */
const REFRESH_MS = 1000;

/** The flows that the grid shows, in the order that was asked for, and where in them the selection stands. */
export function useFlowList({ column, descending }: FlowOrder) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const looks = useSession((state) => state.tick?.live?.programs?.looks ?? 0);
  const filter = useFilter((state) => state.id);
  const selected = useSelection((state) => state.flow?.index ?? null);
  const listName = listKey(session, filter);
  const chosen = useChosen((state) => chosenFlows(state, listName));
  const ask: Ask<FlowWindow> = (from, count) => engine.call('flows.rows', { from, count, sort: SORTS[column], descending });
  const rows = useRowList<FlowRow, FlowWindow>({
    list: `${session}`,
    key: `${filter} ${column} ${descending}`,
    ask,
    news: `${packets} ${scanned} ${load} ${looks}`,
    interval: REFRESH_MS,
  });
  const { version, pages } = rows;
  const { cursor, choose } = useSelectedRow(rows, { selected, idOf: ({ index }) => index, select: selectFlow });

  /** Flows at these places, asked for where they are not here. */
  const flowsAt = async (from: number, to: number): Promise<number[]> => {
    const found: number[] = [];
    while (found.length <= to - from && found.length < MAX_CHOSEN) {
      const row = pages.rowAt(from + found.length);
      if (row) found.push(row.index);
      else {
        const count = Math.min(MAX_WINDOW, to - from + 1 - found.length);
        const { rows } = await ask(from + found.length, count);
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
    const row = choose(position);
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

  // Rows came: the selected flow may have grown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news
  useEffect(() => {
    const { kind, flow } = useSelection.getState();
    if (kind !== 'flow' || flow === null) return;
    const row = pages.rowAt(pages.find(({ index }) => index === flow.index));
    if (row && row !== flow) useSelection.setState({ flow: row });
  }, [version, selected, pages]);

  return {
    ...rows,
    cursor,
    isSelected: (row: FlowRow): boolean => (chosen.size > 0 ? chosen.has(row.index) : row.index === selected),
    chooseRow,
  };
}
