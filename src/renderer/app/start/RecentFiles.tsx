import { IconFile } from '@tabler/icons-react';
import { type MouseEvent, useEffect, useMemo, useState } from 'react';
import type { HistoryCapture } from '../../../shared/contract/history';
import { searchHistory, useHistory } from '../../stores/history';
import { texts } from '../../texts';
import { summaryOf } from '../../views/history/capture-texts';
import { ForgetDialog } from '../../views/history/ForgetDialog';
import { ContextMenu } from '../../widgets/context-menu/ContextMenu';
import { formatCount } from '../../widgets/format/numbers';
import { SeverityCounts } from '../../widgets/severity/SeverityCounts';
import { folderOf, nameOf, openPath } from '../session';
import styles from './start.module.css';

const words = texts.history;

/** Files that were opened, with what is remembered of them. */
export function RecentFiles({ paths }: { readonly paths: readonly string[] }) {
  const captures = useHistory((state) => state.captures?.captures);
  const [menu, setMenu] = useState<{ readonly capture: HistoryCapture; readonly x: number; readonly y: number } | null>(null);
  const [forgetting, setForgetting] = useState<HistoryCapture | null>(null);
  // A search that was made in the history is not for this list.
  useEffect(() => searchHistory(''), []);
  // The latest of a path comes first.
  const byPath = useMemo(() => new Map([...(captures ?? [])].reverse().map((capture) => [capture.path, capture])), [captures]);
  const showMenu = (event: MouseEvent<HTMLElement>, capture: HistoryCapture | undefined): void => {
    if (!capture) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    // The key for menus comes as a click without a place.
    const byPointer = event.clientX > 0 || event.clientY > 0;
    setMenu({ capture, x: byPointer ? event.clientX : box.left + 24, y: byPointer ? event.clientY : box.bottom });
  };
  const items = menu
    ? [
        { id: 'open', label: words.open, run: () => void openPath(menu.capture.path) },
        { id: 'copy', label: words.copyPath, run: () => void window.portlight.copyText(menu.capture.path) },
        { id: 'forget', label: words.forget, separated: true, run: () => setForgetting(menu.capture) },
      ]
    : [];
  return (
    <>
      <ul className={styles.recent}>
        {paths.map((path) => {
          const capture = byPath.get(path);
          return (
            <li key={path}>
              <button
                type="button"
                className={styles.recentFile}
                title={path}
                onClick={() => void openPath(path)}
                onContextMenu={(event) => showMenu(event, capture)}
              >
                <IconFile size={15} stroke={1.5} aria-hidden />
                <span className={styles.recentName}>{nameOf(path)}</span>
                <span className={styles.recentFolder}>{folderOf(path)}</span>
                {capture && <Remembered capture={capture} />}
              </button>
            </li>
          );
        })}
      </ul>
      <ContextMenu at={menu} items={items} onClose={() => setMenu(null)} />
      <ForgetDialog capture={forgetting} onClose={() => setForgetting(null)} />
    </>
  );
}

function Remembered({ capture }: { readonly capture: HistoryCapture }) {
  if (capture.packets === 0) return null;
  return (
    <span className={styles.remembered}>
      <SeverityCounts
        counts={capture.open}
        words={(count, severity) => words.openAlerts(formatCount(count), texts.alerts.severities[severity])}
      />
      <span>{summaryOf(capture)}</span>
    </span>
  );
}
