import { Loader } from '@mantine/core';
import { IconDoor } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { ExposedPort, ExposureWindow } from '../../../shared/contract/exposure';
import { engine } from '../../client/engine';
import { useEngineRows } from '../../stores/engine-rows';
import { useNothingMatches } from '../../stores/nothing-matches';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { ListGrid } from '../../widgets/data-grid/ListGrid';
import { formatCount } from '../../widgets/format/numbers';
import { FailedNotice } from '../../widgets/notice/FailedNotice';
import { NothingMatches } from '../../widgets/notice/NothingMatches';
import { Notice } from '../../widgets/notice/Notice';
import { exposureColumns } from './columns';
import styles from './exposure.module.css';
import { portMenu, showPort } from './port-menu';
import { Summary, Toolbar } from './Summary';
import { setExposure, sortBy, useExposure } from './store';

const words = texts.exposure;

/** Which ports of a host are open to whom. */
export function ExposureView() {
  const { host, scope, sort, widths } = useExposure();
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

  const of = window?.host ?? '';

  return (
    <div className={styles.view}>
      {window && <Summary window={window} />}
      <Toolbar window={window} />
      <div className={styles.list} data-testid="exposure-list" aria-busy={list.window === null && !list.problem}>
        <ListGrid
          label={words.list}
          columns={columns}
          rows={list}
          reading={`${host} ${scope} ${sort.column} ${sort.descending}`}
          onCursor={list.setCursor}
          onOpen={(row) => void showPort('hosts', of, row)}
          menu={(row, column) => ({ title: `${of} ${row.port}/${row.transport}`, items: portMenu(of, row, column, columns) })}
          sort={sort}
          onSort={sortBy}
          onResize={(id, width) => setExposure({ widths: { ...widths, [id]: width } })}
        />
        {list.count === 0 && <NoPorts window={list.window} problem={list.problem} retry={list.retry} />}
      </div>
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
    return <FailedNotice title={words.failed} problem={problem} again={words.again} onAgain={retry} />;
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
