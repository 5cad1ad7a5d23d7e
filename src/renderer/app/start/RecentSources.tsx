import { IconFile, IconNetwork, IconServer2 } from '@tabler/icons-react';
import { type MouseEvent, useEffect, useMemo, useState } from 'react';
import type { HistoryCapture } from '../../../shared/contract/history';
import type { InterfaceRequest, SshRequest } from '../../../shared/contract/live';
import type { RecentSource } from '../../../shared/contract/sources';
import { searchHistory, useHistory } from '../../stores/history';
import { showSources } from '../../stores/layout';
import { texts } from '../../texts';
import { summaryOf } from '../../views/history/capture-texts';
import { ForgetDialog } from '../../views/history/ForgetDialog';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { formatCount } from '../../widgets/format/numbers';
import { SeverityCounts } from '../../widgets/severity/SeverityCounts';
import { recentEntry } from '../recent';
import { openPath, replayPath } from '../session';
import { formOf, useCaptureForm } from './doors/interface/form-store';
import { showRequest } from './doors/ssh/check';
import styles from './start.module.css';

const ICONS = { file: IconFile, interface: IconNetwork, ssh: IconServer2 } as const;
const words = texts.history;
const sourceWords = texts.sources;

/** Sources that were used; files with what is remembered of them. */
export function RecentSources({ sources }: { readonly sources: readonly RecentSource[] }) {
  const captures = useHistory((state) => state.captures?.captures);
  const [menu, setMenu] = useState<{ readonly source: RecentSource; readonly x: number; readonly y: number } | null>(null);
  const [forgetting, setForgetting] = useState<HistoryCapture | null>(null);
  // All of them: what was searched for in the history does not hide any here.
  useEffect(() => searchHistory(''), []);
  // The latest of a path comes first.
  const byPath = useMemo(() => new Map([...(captures ?? [])].reverse().map((capture) => [capture.path, capture])), [captures]);
  const captureOf = (source: RecentSource): HistoryCapture | undefined => (source.kind === 'file' ? byPath.get(source.path) : undefined);
  const showMenu = (event: MouseEvent<HTMLElement>, source: RecentSource): void => {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    // The key for menus comes as a click without a place.
    const byPointer = event.clientX > 0 || event.clientY > 0;
    setMenu({ source, x: byPointer ? event.clientX : box.left + 24, y: byPointer ? event.clientY : box.bottom });
  };
  const items = menu ? menuOf(menu.source, captureOf(menu.source), setForgetting) : [];
  return (
    <>
      <ul className={styles.recent}>
        {sources.map((source) => {
          const { key, name, detail, open } = recentEntry(source);
          const capture = captureOf(source);
          const Icon = ICONS[source.kind];
          return (
            <li key={`${source.kind} ${key}`}>
              <button
                type="button"
                className={styles.recentFile}
                title={source.kind === 'file' ? source.path : `${name}, ${detail}`}
                onClick={open}
                onContextMenu={(event) => showMenu(event, source)}
              >
                <Icon size={15} stroke={1.5} aria-hidden />
                <span className={styles.recentName}>{name}</span>
                <span className={styles.recentFolder}>{detail}</span>
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

function menuOf(source: RecentSource, capture: HistoryCapture | undefined, forget: (capture: HistoryCapture) => void): readonly MenuItem[] {
  if (source.kind !== 'file') {
    const { name, open } = recentEntry(source);
    return [
      { id: 'start', label: sourceWords.commands.recent(name), run: open },
      { id: 'options', label: sourceWords.options(name), run: () => changeOptions(source) },
    ];
  }
  const { path } = source;
  return [
    { id: 'open', label: words.open, run: () => void openPath(path) },
    { id: 'replay', label: sourceWords.replayThis, run: () => void replayPath(path) },
    { id: 'copy', label: words.copyPath, run: () => void window.portlight.copyText(path) },
    ...(capture ? [{ id: 'forget', label: words.forget, separated: true, run: () => forget(capture) }] : []),
  ];
}

function changeOptions(request: InterfaceRequest | SshRequest): void {
  if (request.kind === 'interface') useCaptureForm.setState(formOf(request));
  else showRequest(request);
  showSources(request.kind);
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
