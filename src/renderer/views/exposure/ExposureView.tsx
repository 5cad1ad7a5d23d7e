import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconDoor } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { ExposedPort, ExposureWindow } from '../../../shared/contract/exposure';
import { engine } from '../../client/engine';
import { useEngineRows } from '../../stores/engine-rows';
import { useNothingMatches } from '../../stores/nothing-matches';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { DataGrid, type DataGridHandle, type Point } from '../../widgets/data-grid/DataGrid';
import { fittingWidth } from '../../widgets/data-grid/fitting-width';
import { formatCount } from '../../widgets/format/numbers';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import { exposureColumns } from './columns';
import styles from './exposure.module.css';
import { portMenu, showPort } from './port-menu';
import { Summary, Toolbar } from './Summary';
import { setExposure, sortBy, useExposure } from './store';

const ROW_HEIGHT = 21;
const words = texts.exposure;

/** Which ports of a host are open to whom. */
export function ExposureView() {
  const { host, scope, sort, widths } = useExposure();
  const grid = useRef<DataGridHandle>(null);
  const startSecond = useSession((state) => state.tick?.startSecond ?? 0);
  const list = useEngineRows<ExposedPort, ExposureWindow>(`${host} ${scope} ${sort.column} ${sort.descending}`, (from, count) =>
    engine.call('exposure.rows', { host, scope, from, count, sort: sort.column, descending: sort.descending }),
  );
  // What stood there before stays while another order or host is counted.
  const before = useRef<ExposureWindow | null>(null);
  if (list.window) before.current = list.window;
  const window = list.window ?? before.current;
  const knowsListeners = window?.knowsListeners ?? false;
  const columns = useMemo(
    () => exposureColumns(startSecond, knowsListeners).map((each) => ({ ...each, width: widths[each.id] ?? each.width })),
    [startSecond, knowsListeners, widths],
  );
  const [menu, setMenu] = useState<{ readonly at: Point; readonly title: string; readonly items: readonly MenuItem[] } | null>(null);

  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read from its beginning
  useEffect(() => grid.current?.scrollTo(0), [host, scope, sort]);

  const fit = (id: string): void => {
    const column = columns.find((each) => each.id === id);
    if (!column) return;
    const shown = Array.from(list.loaded(), (row) => column.text(row));
    setExposure({ widths: { ...widths, [id]: Math.max(column.minWidth, fittingWidth(column.title, shown)) } });
  };
  const rowThen = (position: number, run: (row: ExposedPort, of: string) => void): void => {
    const row = list.rowAt(position);
    if (row && window?.host) run(row, window.host);
  };

  return (
    <div className={styles.view}>
      {window && <Summary window={window} />}
      <Toolbar window={window} />
      <div className={styles.list} data-testid="exposure-list" aria-busy={list.window === null && !list.problem}>
        <DataGrid
          ref={grid}
          label={words.list}
          columns={columns}
          count={list.count}
          rowHeight={ROW_HEIGHT}
          rowAt={list.rowAt}
          version={list.version}
          isSelected={list.isSelected}
          cursor={list.cursor}
          onCursor={list.setCursor}
          onVisible={list.onVisible}
          onOpen={(position) => rowThen(position, (row, of) => void showPort('hosts', of, row))}
          onMenu={(position, columnId, at) =>
            rowThen(position, (row, of) => {
              const column = columns.find((each) => each.id === columnId);
              setMenu({ at, title: `${of} ${row.port}/${row.transport}`, items: portMenu(of, row, column, columns) });
            })
          }
          sort={sort}
          onSort={sortBy}
          onResize={(id, width) => setExposure({ widths: { ...widths, [id]: width } })}
          onFit={fit}
        />
        {list.count === 0 && <NoPorts window={list.window} problem={list.problem} retry={list.retry} />}
      </div>
      <ContextMenu
        at={menu?.at ?? null}
        {...(menu ? { title: menu.title } : {})}
        items={menu?.items ?? []}
        onClose={() => {
          setMenu(null);
          grid.current?.focus();
        }}
      />
    </div>
  );
}

interface NoPortsProps {
  readonly window: ExposureWindow | null;
  readonly problem: Problem | null;
  retry(): void;
}

/** In place of an empty list: why it is empty. */
function NoPorts({ window, problem, retry }: NoPortsProps) {
  const nothing = useNothingMatches();
  const shown = useSession((state) => state.tick?.filter.shown ?? 0);
  if (problem) {
    return (
      <Notice
        icon={<IconAlertTriangle size={28} stroke={1.5} />}
        title={words.failed}
        sentence={problem.sentence}
        {...(problem.next ? { next: problem.next } : {})}
      >
        <button type="button" className="button" data-primary onClick={retry}>
          {words.again}
        </button>
      </Notice>
    );
  }
  if ((nothing.hasText || nothing.hasRange) && (shown === 0 || nothing.scanning)) return <NothingMatches {...nothing} />;
  if (!window) return <Notice icon={<Loader size={20} />} title={words.loading} />;
  const icon = <IconDoor size={28} stroke={1.5} />;
  if (window.host === null) return <Notice icon={icon} title={words.empty.title} sentence={words.empty.sentence} next={words.empty.next} />;
  return (
    <Notice icon={icon} title={words.noOpen.title} sentence={words.noOpen.sentence(formatCount(window.summary.tried))}>
      <button type="button" className="button" data-primary onClick={() => setExposure({ scope: 'all' })}>
        {words.noOpen.all}
      </button>
    </Notice>
  );
}
