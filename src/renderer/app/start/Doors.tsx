import { DOORS } from './doors';
import type { Door } from './doors/door';
import panelStyles from './doors/panel.module.css';
import styles from './start.module.css';

interface DoorsProps {
  /** Only those to what can be captured beside something else. */
  readonly adds: boolean;
  /** Id of the door whose panel is open; null: none. */
  readonly chosen: string | null;
  onChoose(id: string | null): void;
}

/** The ways to packets side by side, and below them what the chosen one asks for. */
export function Doors({ adds, chosen, onChoose }: DoorsProps) {
  const doors = adds ? DOORS.filter((door) => 'panel' in door) : DOORS;
  const Panel = panelOf(doors.find(({ id }) => id === chosen));
  return (
    <>
      <div className={styles.doors} data-open={Panel ? '' : undefined}>
        {doors.map((door) => (
          <DoorCard key={door.id} door={door} chosen={door.id === chosen} onChoose={onChoose} />
        ))}
      </div>
      {Panel && (
        <div key={chosen} className={panelStyles.panel}>
          <Panel />
        </div>
      )}
    </>
  );
}

const panelOf = (door: Door | undefined) => (door && 'panel' in door ? door.panel : null);

interface DoorCardProps {
  readonly door: Door;
  readonly chosen: boolean;
  onChoose(id: string | null): void;
}

function DoorCard({ door, chosen, onChoose }: DoorCardProps) {
  const { id, title, hint, icon: Icon, keys } = door;
  const isPanel = 'panel' in door;
  return (
    <div className={styles.door} data-chosen={chosen ? '' : undefined}>
      <button
        type="button"
        className={styles.doorButton}
        aria-expanded={isPanel ? chosen : undefined}
        onClick={() => (isPanel ? onChoose(chosen ? null : id) : door.open())}
      >
        <span className={styles.doorHead}>
          <Icon size={20} stroke={1.6} />
          <span className={styles.doorTitle}>{title}</span>
          {keys && <span className="kbd">{keys}</span>}
        </span>
        <span className={styles.doorHint}>{hint}</span>
      </button>
      {!isPanel && door.other && (
        <button type="button" className={`${styles.link} ${styles.doorOther}`} title={door.other.hint} onClick={door.other.open}>
          {door.other.label}
        </button>
      )}
    </div>
  );
}
