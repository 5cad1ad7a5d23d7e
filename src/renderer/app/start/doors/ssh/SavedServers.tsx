import { notifications } from '@mantine/notifications';
import { IconPlus, IconServer2, IconTrash } from '@tabler/icons-react';
import type { SavedServer } from '../../../../../shared/contract/servers';
import { removeServer, useServers } from '../../../../stores/servers';
import { texts } from '../../../../texts';
import { formatDay } from '../../../../widgets/format/day';
import { EMPTY, type ServerForm, savedForm, useServerForm } from './form-store';
import styles from './ssh.module.css';

const words = texts.ssh.saved;

interface SavedServersProps {
  onChoose(form: ServerForm): void;
}

/** The servers that were given a name; choosing one fills in the form. */
export function SavedServers({ onChoose }: SavedServersProps) {
  const saved = useServers((state) => state.saved);
  const chosen = useServerForm((state) => state.saved);
  if (saved.length === 0) return null;
  const remove = async (server: SavedServer): Promise<void> => {
    await removeServer(server.id);
    if (chosen === server.id) useServerForm.setState({ saved: null });
    notifications.show({ message: words.removed(server.name), autoClose: 1500 });
  };
  return (
    <section className={styles.saved} aria-label={words.title} data-testid="saved-servers">
      <div className={styles.savedHeader}>
        <h3 className="eyebrow">{words.title}</h3>
        <button type="button" className="button" data-small onClick={() => onChoose(EMPTY)}>
          <IconPlus size={13} aria-hidden />
          {words.new}
        </button>
      </div>
      <ul className={styles.list}>
        {saved.map((server) => (
          <Saved
            key={server.id}
            server={server}
            chosen={server.id === chosen}
            onChoose={() => onChoose(savedForm(server))}
            onRemove={() => void remove(server)}
          />
        ))}
      </ul>
    </section>
  );
}

interface SavedProps {
  readonly server: SavedServer;
  readonly chosen: boolean;
  onChoose(): void;
  onRemove(): void;
}

function Saved({ server, chosen, onChoose, onRemove }: SavedProps) {
  const { name, request, lastUsed } = server;
  const details = [request.target, request.interface, request.filter].filter((text) => text !== null && text !== '').join(' · ');
  const when = lastUsed === null ? words.never : words.used(formatDay(new Date(lastUsed), new Date(), words));
  return (
    <li className={styles.savedRow} data-chosen={chosen ? '' : undefined}>
      <button type="button" className={styles.savedButton} aria-pressed={chosen} title={`${name}\n${details}`} onClick={onChoose}>
        <IconServer2 size={15} stroke={1.5} aria-hidden />
        <span className={styles.savedName}>{name}</span>
        <span className={`${styles.savedDetails} mono`}>{details}</span>
        <span className={styles.savedWhen}>{when}</span>
      </button>
      <button type="button" className="icon-button" aria-label={words.remove(name)} title={words.remove(name)} onClick={onRemove}>
        <IconTrash size={14} stroke={1.5} aria-hidden />
      </button>
    </li>
  );
}
