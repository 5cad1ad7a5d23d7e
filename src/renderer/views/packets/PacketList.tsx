import { useEffect, useMemo, useRef, useState } from 'react';
import { useNothingMatches } from '../../stores/nothing-matches';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { DataGrid, type DataGridHandle, type Point } from '../../widgets/data-grid/DataGrid';
import { fittingWidth } from '../../widgets/data-grid/fitting-width';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { cellMenu } from './cell-menu';
import { setOrder, setWidth, useColumnSettings } from './column-store';
import { makeColumns } from './columns';
import { FindBar } from './find/FindBar';
import { headerMenu } from './header-menu';
import styles from './packets.module.css';
import { useRowLook } from './row-look';
import { useRules, useTone } from './rules/rule-tones';
import { useRuleColours } from './rules/useRuleColours';
import { signOf } from './signs';
import { TailBar } from './TailBar';
import { usePacketList } from './usePacketList';

const ROW_HEIGHT = 21;

interface OpenMenu {
  readonly at: Point;
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

export function PacketList() {
  const grid = useRef<DataGridHandle>(null);
  const session = useSession(selectSessionId);
  const firstTime = useSession((state) => state.tick?.firstTime ?? 0);
  const settings = useColumnSettings();
  const rules = useRules();
  const look = useRowLook(settings, rules);
  const tone = useTone(rules);
  useRuleColours(rules);
  const list = usePacketList(grid, look);
  const nothing = useNothingMatches();
  const { pages } = list;
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const decimals = pages.nanoseconds ? 9 : 6;
  const columns = useMemo(
    () => makeColumns(settings, { format: settings.timeFormat, firstTime, decimals }),
    [settings, firstTime, decimals],
  );

  // The keys go to the list when it appears, unless a person is busy elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each session
  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, [session]);

  const fitColumn = (id: string): void => {
    const column = columns.find((each) => each.id === id);
    if (column)
      setWidth(
        id,
        Math.max(
          column.minWidth,
          fittingWidth(
            column.title,
            Array.from(pages.loaded(), (row) => column.text(row)),
          ),
        ),
      );
  };

  const openCellMenu = (position: number, columnId: string | null, at: Point): void => {
    const row = list.rowAt(position);
    if (!row) return;
    const column = columns.find(({ id }) => id === columnId);
    const value = column?.text(row) ?? '';
    setMenu({
      at,
      title: value === '' ? texts.packets.details.title(String(row.index + 1)) : value,
      items: cellMenu(column, row, columns),
    });
  };

  return (
    <div className={styles.listAndTail}>
      <div className={styles.list} data-testid="packet-list">
        <DataGrid
          key={session}
          ref={grid}
          label={texts.packets.list}
          columns={columns}
          count={list.count}
          origin={list.origin}
          list={list.list}
          follow={list.follow}
          onScrolled={list.onScrolled}
          onEnd={list.onEnd}
          rowHeight={ROW_HEIGHT}
          rowAt={list.rowAt}
          version={list.version}
          tone={tone}
          sign={signOf}
          isSelected={list.isSelected}
          choosesMany
          cursor={list.cursor}
          onCursor={list.chooseRow}
          onVisible={list.onVisible}
          onMenu={openCellMenu}
          onResize={setWidth}
          onFit={fitColumn}
          onReorder={setOrder}
          onHeaderMenu={(id, at) => setMenu({ at, items: headerMenu(id, settings, () => fitColumn(id)) })}
        />
        {list.isEmpty && <NothingMatches {...nothing} />}
        <ContextMenu
          at={menu?.at ?? null}
          {...(menu?.title === undefined ? {} : { title: menu.title })}
          items={menu?.items ?? []}
          onClose={() => {
            setMenu(null);
            grid.current?.focus();
          }}
        />
      </div>
      <FindBar onDone={() => grid.current?.focus()} />
      <TailBar newest={list.newest} onDone={() => grid.current?.focus()} />
    </div>
  );
}
