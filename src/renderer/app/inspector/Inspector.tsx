import { IconLayoutSidebarRightCollapse } from '@tabler/icons-react';
import { toggleInspector } from '../../stores/layout';
import { useSelection } from '../../stores/selection';
import { texts } from '../../texts';
import { FlowCard } from './FlowCard';
import styles from './inspector.module.css';
import { PacketCard } from './PacketCard';

/** Who and what is selected, the same in every view. */
export function Inspector() {
  const kind = useSelection((state) => state.kind);
  const details = useSelection((state) => state.details);
  const flow = useSelection((state) => state.flow);
  const words = texts.frame.inspector;
  const isPacket = kind === 'packet' && details !== null;
  return (
    <aside className={styles.inspector} aria-label={words.title} data-testid="inspector">
      <header className={styles.header}>
        <h2 className="eyebrow">{words.title}</h2>
        <button type="button" className="icon-button" title={words.hide} aria-label={words.hide} onClick={toggleInspector}>
          <IconLayoutSidebarRightCollapse size={16} stroke={1.6} aria-hidden />
        </button>
      </header>
      <div className={styles.body}>
        {isPacket && <PacketCard details={details} />}
        {flow && kind !== 'none' && <FlowCard flow={flow} />}
        {isPacket && !flow && details.row.flow === null && <p className={styles.hint}>{words.noFlow}</p>}
        {kind === 'none' && (
          <div className={styles.nothing}>
            <p className={styles.nothingTitle}>{words.nothing}</p>
            <p>{words.nothingHint}</p>
          </div>
        )}
      </div>
    </aside>
  );
}
