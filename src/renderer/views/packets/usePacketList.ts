import { useEffect, useMemo, useRef, useState } from 'react';
import type { RowLook } from '../../../shared/contract/row-look';
import type { PacketRow } from '../../../shared/model/records';
import { engine } from '../../client/engine';
import { choosePacket, chosenRanges, type How, isIn, listKey, useChosen } from '../../stores/chosen';
import { isFiltered, useFilter } from '../../stores/filter';
import { selectPacket, useSelection } from '../../stores/selection';
import { selectSessionId, useSession } from '../../stores/session';
import { followTail, leaveTail, resumeView, useTail } from '../../stores/tail';
import type { DataGridHandle } from '../../widgets/data-grid/DataGrid';
import { PacketPages } from './packet-pages';
import { useListEnd } from './useListEnd';

/** Rows between a packet that was asked for and the edge of the list. */
const MARGIN_ROWS = 6;
/** Rows asked for before the grid said how many it shows. */
const FIRST_ROWS = 64;

/**
 * The rows that the grid shows and where in them the selection stands. Rows are known by their place: their position, and as many as were
 * forgotten before the list's first one. `look`: what each row holds beside its own columns.
 */
export function usePacketList(grid: React.RefObject<DataGridHandle | null>, look: RowLook | undefined) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const firstPacket = useSession((state) => state.tick?.firstPacket ?? 0);
  const tickFilter = useSession((state) => state.tick?.filter.id ?? 0);
  const tickShown = useSession((state) => state.tick?.filter.shown ?? 0);
  const tickForgotten = useSession((state) => state.tick?.filter.forgotten ?? 0);
  const follows = useTail(({ hasTail, following }) => hasTail && following);
  const pausedEnd = useListEnd(useTail((state) => state.pausedAt));
  const filter = useFilter((state) => state.id);
  const filtered = useFilter(isFiltered);
  const selected = useSelection((state) => state.packet);
  const reveals = useSelection((state) => state.reveals);
  const [version, setVersion] = useState(0);
  /** Place of the selected row; -1 where none is. */
  const [cursor, setCursor] = useState(-1);
  /** A row was chosen by its place before it was here. */
  const awaited = useRef(-1);
  const awaitedHow = useRef<How>('only');
  const list = listKey(session, filter);
  const chosen = useChosen((state) => chosenRanges(state, list));
  const annotations = useSession((state) => state.tick?.annotations.revision ?? 0);
  const key = useRef({ session, filter, look, annotations });
  const visibleRows = useRef(FIRST_ROWS);
  /** Where the list ended when it was drawn last. */
  const drawnEnd = useRef(0);

  const pages = useMemo(
    () =>
      new PacketPages(
        (from, count) => engine.call('packets.rows', { from, count, look: key.current.look }),
        () => setVersion((version) => version + 1),
      ),
    [],
  );

  if (
    key.current.session !== session ||
    key.current.filter !== filter ||
    key.current.look !== look ||
    key.current.annotations !== annotations
  ) {
    // During render: the rows of the old key must not be drawn as those of the new one.
    if (key.current.session !== session) drawnEnd.current = 0;
    const before = key.current;
    key.current = { session, filter, look, annotations };
    pages.reset(before.session === session);
    awaited.current = -1;
  }

  const isCurrent = tickFilter === filter;
  const origin = isCurrent ? Math.max(tickForgotten, pages.forgotten) : pages.forgotten;
  const shownEnd = isCurrent ? tickForgotten + tickShown : pages.total === null ? tickShown : pages.end;
  const newest = Math.min(filtered ? shownEnd : packets, pausedEnd ?? Number.POSITIVE_INFINITY);
  // While following, the list ends with the last row that is here, so that no empty rows flash by.
  const isHere = pages.total !== null && pages.rowAt(newest - 1) !== undefined;
  const end = Math.max(origin, !follows || isHere ? newest : Math.min(newest, Math.max(drawnEnd.current, pages.reached)));
  drawnEnd.current = end;
  const originNow = useRef(origin);
  originNow.current = origin;

  useEffect(() => {
    if (follows) pages.want(Math.max(origin, newest - visibleRows.current), visibleRows.current, newest);
  }, [pages, follows, origin, newest]);

  useEffect(() => {
    // Nothing is left of what it stood still with.
    if (pausedEnd !== null && pausedEnd <= origin && origin > 0) resumeView();
  }, [pausedEnd, origin]);

  const choose = (index: number, how: How): void => {
    choosePacket(list, index, how, useSelection.getState().packet);
    selectPacket(index);
  };
  const chooseRow = (position: number, how: How = 'only'): void => {
    const place = origin + position;
    setCursor(place);
    const row = pages.rowAt(place);
    awaited.current = row ? -1 : place;
    awaitedHow.current = how;
    if (row) choose(row.index, how);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news that rows came
  useEffect(() => {
    const row = awaited.current < 0 ? undefined : pages.rowAt(awaited.current);
    if (!row) return;
    awaited.current = -1;
    choose(row.index, awaitedHow.current);
  }, [version, pages]);

  // The first packet is shown at once, so that the details are not an empty room.
  const isEmpty = newest <= origin;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    if (isEmpty || useSelection.getState().kind !== 'none') return;
    if (follows && !filtered) {
      setCursor(firstPacket);
      selectPacket(firstPacket);
    } else chooseRow(0);
  }, [session, isEmpty]);

  // Another filter puts the selected packet elsewhere; a reveal asks to see it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `filter` and `reveals` are the occasions
  useEffect(() => {
    const index = useSelection.getState().packet;
    if (index === null || session === null) {
      setCursor(-1);
      return;
    }
    // One that is not kept any more cannot be gone to: its details say so.
    const isGone = index < (useSession.getState().tick?.firstPacket ?? 0);
    if (useTail.getState().reveals !== reveals) {
      useTail.setState({ reveals });
      if (!isGone) leaveTail();
    }
    const abort = new AbortController();
    engine.call('packets.position', { index }, abort.signal).then(
      ({ position, exact, forgotten }) => {
        const place = position + forgotten;
        setCursor(exact ? place : -1);
        const { hasTail, following } = useTail.getState();
        if (!isGone && !(hasTail && following)) grid.current?.scrollTo(Math.max(0, place - originNow.current), MARGIN_ROWS);
      },
      () => {}, // superseded, or the engine is gone, which the frame shows
    );
    return () => abort.abort();
  }, [filter, session, reveals]);

  return {
    count: end - origin,
    isEmpty,
    origin,
    /** Of the filter: places count within one list. */
    list: filter,
    follow: follows,
    newest,
    cursor: cursor < origin ? -1 : cursor - origin,
    version,
    pages,
    loaded: () => pages.loaded(),
    rowAt: (position: number): PacketRow | undefined => pages.rowAt(origin + position),
    isSelected: (row: PacketRow): boolean => (chosen.length > 0 ? isIn(chosen, row.index) : row.index === selected),
    onVisible: (first: number, visible: number): void => {
      visibleRows.current = Math.max(1, visible);
      if (!follows) pages.want(origin + first, visible, newest);
    },
    onScrolled: (toEnd: boolean): void => {
      if (!toEnd) leaveTail();
      else if (useTail.getState().pausedAt === null) followTail();
    },
    /** The last row stands for the newest, also when there will be newer ones. */
    onEnd: (): void => {
      if (useTail.getState().pausedAt === null) followTail();
    },
    chooseRow: (position: number, how: How): void => {
      leaveTail();
      chooseRow(position, how);
    },
  };
}
