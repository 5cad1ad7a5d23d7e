import { useEffect, useMemo, useRef, useState } from 'react';
import type { PacketRow } from '../../../shared/model/records';
import { engine } from '../../client/engine';
import { isFiltered, useFilter } from '../../stores/filter';
import { selectPacket, useSelection } from '../../stores/selection';
import { selectSessionId, useSession } from '../../stores/session';
import type { DataGridHandle } from '../../widgets/data-grid/DataGrid';
import { PacketPages } from './packet-pages';

/** Rows between a packet that was asked for and the edge of the list. */
const MARGIN_ROWS = 6;

/** The rows that the grid shows and where in them the selection stands. */
export function usePacketList(grid: React.RefObject<DataGridHandle | null>) {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const tickFilter = useSession((state) => state.tick?.filter.id ?? 0);
  const tickShown = useSession((state) => state.tick?.filter.shown ?? 0);
  const filter = useFilter((state) => state.id);
  const filtered = useFilter(isFiltered);
  const selected = useSelection((state) => state.packet);
  const reveals = useSelection((state) => state.reveals);
  const [version, setVersion] = useState(0);
  const [cursor, setCursor] = useState(-1);
  /** A row was chosen by its position before it was here. */
  const awaited = useRef(-1);
  const key = useRef({ session, filter });

  const pages = useMemo(
    () =>
      new PacketPages(
        (from, count) => engine.call('packets.rows', { from, count }),
        () => setVersion((version) => version + 1),
      ),
    [],
  );

  if (key.current.session !== session || key.current.filter !== filter) {
    // During render: the rows of the old key must not be drawn as those of the new one.
    pages.reset(key.current.session === session);
    key.current = { session, filter };
    awaited.current = -1;
  }

  const shown = tickFilter === filter ? tickShown : (pages.total ?? tickShown);
  const count = filtered ? shown : packets;

  const chooseRow = (position: number): void => {
    setCursor(position);
    const row = pages.rowAt(position);
    awaited.current = row ? -1 : position;
    if (row) selectPacket(row.index);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` is the news that rows came
  useEffect(() => {
    const row = awaited.current < 0 ? undefined : pages.rowAt(awaited.current);
    if (!row) return;
    awaited.current = -1;
    selectPacket(row.index);
  }, [version, pages]);

  // The first packet is shown at once, so that the details are not an empty room.
  const isEmpty = count === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    if (!isEmpty && useSelection.getState().kind === 'none') chooseRow(0);
  }, [session, isEmpty]);

  // Another filter puts the selected packet elsewhere; a reveal asks to see it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `filter` and `reveals` are the occasions
  useEffect(() => {
    const index = useSelection.getState().packet;
    if (index === null || session === null) {
      setCursor(-1);
      return;
    }
    const abort = new AbortController();
    engine.call('packets.position', { index }, abort.signal).then(
      ({ position, exact }) => {
        setCursor(exact ? position : -1);
        grid.current?.scrollTo(position, MARGIN_ROWS);
      },
      () => {}, // superseded, or the engine is gone, which the frame shows
    );
    return () => abort.abort();
  }, [filter, session, reveals]);

  return {
    count,
    cursor,
    version,
    pages,
    rowAt: (position: number): PacketRow | undefined => pages.rowAt(position),
    isSelected: (row: PacketRow): boolean => row.index === selected,
    onVisible: (first: number, visible: number): void => pages.want(first, visible, count),
    chooseRow,
  };
}
