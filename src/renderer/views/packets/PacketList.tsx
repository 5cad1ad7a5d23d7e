import { useMemo, useRef } from 'react';
import { useNothingMatches } from '../../stores/nothing-matches';
import { selectSessionId, useSession } from '../../stores/session';
import { texts } from '../../texts';
import type { DataGridHandle } from '../../widgets/data-grid/DataGrid';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
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
  const decimals = pages.nanoseconds ? 9 : 6;
  const columns = useMemo(
    () => makeColumns(settings, { format: settings.timeFormat, firstTime, decimals }),
    [settings, firstTime, decimals],
  );

  return (
    <div className={styles.listAndTail}>
      <div className={styles.list} data-testid="packet-list">
        <ListGrid
          key={session}
          grid={grid}
          label={texts.packets.list}
          columns={columns}
          rows={list}
          origin={list.origin}
          list={list.list}
          follow={list.follow}
          onScrolled={list.onScrolled}
          onEnd={list.onEnd}
          tone={tone}
          sign={signOf}
          choosesMany
          onCursor={list.chooseRow}
          menu={(row, column) => ({
            title: column?.text(row) || texts.packets.details.title(String(row.index + 1)),
            items: cellMenu(column, row, columns),
          })}
          headerMenu={(id, fit) => headerMenu(id, settings, fit)}
          onResize={setWidth}
          onReorder={setOrder}
        />
        {list.isEmpty && <NothingMatches {...nothing} />}
      </div>
      <FindBar onDone={() => grid.current?.focus()} />
      <TailBar newest={list.newest} onDone={() => grid.current?.focus()} />
    </div>
  );
}
