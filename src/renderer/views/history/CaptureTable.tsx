import { IconDots } from '@tabler/icons-react';
import { type MouseEvent, useState } from 'react';
import type { HistoryCapture } from '../../../shared/contract/history';
import { SEVERITIES } from '../../../shared/model/alerts';
import { texts } from '../../texts';
import { ContextMenu } from '../../widgets/context-menu/ContextMenu';
import { formatBytes, formatCount } from '../../widgets/format/numbers';
import { isPath, nameOf } from '../../widgets/format/paths';
import { formatFull } from '../../widgets/format/time';
import { SeverityCounts } from '../../widgets/severity/SeverityCounts';
import { CaptureName } from './CaptureName';
import { minuteText, openedText, spanText } from './capture-texts';
import styles from './history.module.css';

const words = texts.history;

interface CaptureTableProps {
  readonly captures: readonly HistoryCapture[];
  onOpen(path: string): void;
  onForget(capture: HistoryCapture): void;
}

/** All captures that are remembered. */
export function CaptureTable({ captures, onOpen, onForget }: CaptureTableProps) {
  const [menu, setMenu] = useState<{ readonly capture: HistoryCapture; readonly x: number; readonly y: number } | null>(null);
  const showMenu = (event: MouseEvent<HTMLElement>, capture: HistoryCapture): void => {
    event.preventDefault();
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    // Keys arrive as clicks without a place.
    const byPointer = event.clientX > 0 || event.clientY > 0;
    setMenu({ capture, x: byPointer ? event.clientX : box.left, y: byPointer ? event.clientY : box.bottom });
  };
  const items = menu
    ? [
        ...(isPath(menu.capture.path)
          ? [
              { id: 'open', label: words.open, run: () => onOpen(menu.capture.path) },
              { id: 'copy', label: words.copyPath, run: () => void window.portlight.copyText(menu.capture.path) },
            ]
          : []),
        { id: 'forget', label: words.forget, separated: isPath(menu.capture.path), run: () => onForget(menu.capture) },
      ]
    : [];
  return (
    <div className={styles.scroller}>
      <table className={styles.table} data-testid="history-captures">
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.alerts}</th>
            <th scope="col">{words.columns.time}</th>
            <th scope="col">{words.columns.span}</th>
            <th scope="col" className={styles.number}>
              {words.columns.packets}
            </th>
            <th scope="col" className={styles.number}>
              {words.columns.bytes}
            </th>
            <th scope="col" className={`${styles.number} ${styles.wide}`}>
              {words.columns.flows}
            </th>
            <th scope="col" className={styles.wide}>
              {words.columns.opened}
            </th>
            <th scope="col">
              <span className="visually-hidden">{words.columns.menu}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {captures.map((capture) => (
            <tr key={capture.id} onContextMenu={(event) => showMenu(event, capture)}>
              <th scope="row" className={styles.nameCell}>
                <CaptureName path={capture.path} withFolder onOpen={onOpen} />
              </th>
              <td>
                <Alerts capture={capture} />
              </td>
              <td title={formatFull(capture.firstTime)}>{minuteText(capture.firstTime) || <Missing capture={capture} />}</td>
              <td>{spanText(capture)}</td>
              <td className={styles.number}>{formatCount(capture.packets)}</td>
              <td className={styles.number}>{formatBytes(capture.bytes)}</td>
              <td className={`${styles.number} ${styles.wide}`}>{formatCount(capture.flows)}</td>
              <td className={styles.wide}>{openedText(capture.opened)}</td>
              <td>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={words.menuOf(nameOf(capture.path))}
                  onClick={(event) => showMenu(event, capture)}
                >
                  <IconDots size={15} stroke={1.8} />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ContextMenu at={menu} items={items} onClose={() => setMenu(null)} />
    </div>
  );
}

/** Why there is no time. */
function Missing({ capture: { complete, packets } }: { readonly capture: HistoryCapture }) {
  return <span className={styles.quiet}>{packets === 0 && !complete ? words.unread : words.noTime}</span>;
}

function Alerts({ capture: { path, alerts, open, complete, packets } }: { readonly capture: HistoryCapture }) {
  const all = SEVERITIES.reduce((sum, severity) => sum + alerts[severity], 0);
  const unhandled = SEVERITIES.reduce((sum, severity) => sum + open[severity], 0);
  return (
    <span className={styles.alerts}>
      {unhandled > 0 ? (
        <SeverityCounts
          counts={open}
          words={(count, severity) => words.openAlerts(formatCount(count), texts.alerts.severities[severity])}
        />
      ) : (
        <span className={styles.quiet}>{all > 0 ? words.handled(formatCount(all)) : words.noAlerts}</span>
      )}
      {!complete && packets > 0 && isPath(path) && (
        <span className={styles.quiet} title={words.partlyHint}>
          {words.partly}
        </span>
      )}
    </span>
  );
}
