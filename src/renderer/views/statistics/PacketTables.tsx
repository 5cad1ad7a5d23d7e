import { useMemo, useRef, useState } from 'react';
import type { LengthClass } from '../../../shared/contract/statistics-views';
import { exclude, filterTo } from '../../stores/filter';
import { protocolTest } from '../../stores/filter-text';
import { useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { BarList, type BarRow } from '../../widgets/charts/BarList';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import type { Point } from '../../widgets/data-grid/DataGrid';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
import { formatCount, formatShare } from '../../widgets/format/numbers';
import { type ProtocolRow, protocolColumns } from './columns';
import { NoRows } from './ListTable';
import { rowMenu, show } from './row-menus';
import styles from './statistics.module.css';
import { setWidth, useStatisticsStore } from './store';
import { usePacketSums } from './usePacketSums';

const words = texts.statistics;
const ignore = (): void => undefined;

interface OpenMenu {
  readonly at: Point;
  readonly title: string;
  readonly items: readonly MenuItem[];
}

/** Names of the filter language for layers that it calls otherwise; null: there is none. */
const LAYER_TESTS: Readonly<Record<string, string | null>> = {
  Frame: null,
  Ethernet: 'eth',
  IPv4: 'ip',
  'Linux cooked': 'sll',
  Loopback: 'null',
  'Raw IP': null,
  PPPoE: null,
};
const layerTest = (name: string): string | null => (name in LAYER_TESTS ? (LAYER_TESTS[name] ?? null) : protocolTest(name));

/** Which protocols there are within which. */
export function HierarchyTable() {
  const { sums, problem, retry } = usePacketSums();
  const isWide = useLayout((state) => state.isWide);
  const widths = useStatisticsStore((state) => state.widths);
  const [cursor, setCursor] = useState(-1);
  const version = useRef(0);
  const rows = useMemo((): readonly ProtocolRow[] => {
    version.current++;
    return sums?.hierarchy.map((node, id) => ({ ...node, id })) ?? [];
  }, [sums]);
  const columns = useMemo(
    () =>
      protocolColumns(sums ?? { packets: 0, bytes: 0, duration: 0 }, isWide).map((each) => ({
        ...each,
        width: widths[`hierarchy ${each.id}`] ?? each.width,
      })),
    [sums, isWide, widths],
  );
  return (
    <>
      <p className={styles.note} role="status">
        {sums && words.rows.packets(formatCount(sums.packets))}
        {sums && sums.tunnelled > 0 && ` · ${words.tunnelled(formatCount(sums.tunnelled))}`}
      </p>
      <div className={styles.list} aria-busy={sums === null && !problem}>
        <ListGrid
          label={words.tabNames.hierarchy}
          columns={columns}
          rows={{
            count: rows.length,
            cursor: Math.min(cursor, rows.length - 1),
            version: version.current,
            rowAt: (position) => rows[position],
            isSelected: (row) => row.id === cursor,
            onVisible: ignore,
            loaded: () => rows,
          }}
          onCursor={setCursor}
          onOpen={({ name }) => {
            const test = layerTest(name);
            if (test) void show('packets', test);
          }}
          menu={(row, column) => {
            const test = layerTest(row.name);
            return { title: row.name, items: rowMenu({ row, column, columns, test, whole: test, hosts: [] }) };
          }}
          onResize={(column, width) => setWidth('hierarchy', column, width)}
        />
        {rows.length === 0 && <NoRows isCounted={sums !== null} problem={problem} empty={words.empty.hierarchy} retry={retry} />}
      </div>
    </>
  );
}

const lengthTest = ({ from, to }: LengthClass): string => (to === null ? `frame.len >= ${from}` : `frame.len in {${from}..${to}}`);
const lengthText = ({ from, to }: LengthClass): string =>
  to === null ? words.lengths.more(formatCount(from)) : words.lengths.range(formatCount(from), formatCount(to));

/** How long the packets are. */
export function LengthsPanel() {
  const { sums, problem, retry } = usePacketSums();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const all = sums?.packets ?? 0;
  const classes = sums?.lengths ?? [];
  const most = Math.max(1, ...classes.map(({ packets }) => packets));
  const used = classes.filter(({ packets }) => packets > 0);
  const rows = classes.map((each): BarRow => {
    const filled = each.packets > 0;
    return {
      id: String(each.from),
      label: lengthText(each),
      values: [
        formatCount(each.packets),
        formatShare(each.packets, all),
        filled ? words.lengths.bytes(formatCount(each.bytes / each.packets)) : words.lengths.none,
        filled ? words.lengths.bytes(formatCount(each.least)) : words.lengths.none,
        filled ? words.lengths.bytes(formatCount(each.greatest)) : words.lengths.none,
      ],
      parts: [{ size: each.packets / most, color: 'var(--accent)' }],
    };
  });
  const openMenu = (row: BarRow, at: Point): void => {
    const found = classes.find(({ from }) => String(from) === row.id);
    if (!found) return;
    const test = lengthTest(found);
    const items: MenuItem[] = [
      { id: 'filter', label: words.menu.filter, detail: test, run: () => void filterTo(test) },
      { id: 'exclude', label: words.menu.exclude, run: () => void exclude(test) },
      { id: 'packets', label: words.menu.packets, separated: true, run: () => void show('packets', test) },
      { id: 'flows', label: words.menu.flows, run: () => void show('flows', test) },
      {
        id: 'row',
        label: words.menu.copyRow,
        separated: true,
        run: () => void window.portlight.copyText([row.label, ...row.values].join('\t')),
      },
    ];
    setMenu({ at, title: row.label, items });
  };
  return (
    <>
      <p className={styles.note} role="status">
        {sums &&
          all > 0 &&
          words.lengths.sums(
            formatCount(all),
            formatCount(sums.bytes / all),
            formatCount(Math.min(...used.map(({ least }) => least))),
            formatCount(Math.max(...used.map(({ greatest }) => greatest))),
          )}
      </p>
      <div className={styles.list} aria-busy={sums === null && !problem}>
        {all > 0 ? (
          <div className={styles.lengths}>
            <BarList label={words.lengths.label} columns={words.lengths.columns} rows={rows} onMenu={openMenu} />
          </div>
        ) : (
          <NoRows isCounted={sums !== null} problem={problem} empty={words.empty.lengths} retry={retry} />
        )}
      </div>
      <ContextMenu at={menu?.at ?? null} {...(menu ? { title: menu.title } : {})} items={menu?.items ?? []} onClose={() => setMenu(null)} />
    </>
  );
}
