import { IconDeviceFloppy } from '@tabler/icons-react';
import { MAX_SERVER_NAME } from '../../../../../shared/contract/servers';
import { isSame, saveServer, useServers } from '../../../../stores/servers';
import { texts } from '../../../../texts';
import { complain } from '../../../complain';
import panelStyles from '../panel.module.css';
import { requestOf, useServerForm } from './form-store';
import styles from './ssh.module.css';

const words = texts.ssh.save;

/** Keeps what is chosen under a name. */
export function SaveServer() {
  const form = useServerForm();
  const before = useServers((state) => state.saved.find(({ id }) => id === form.saved));
  const request = requestOf(form);
  const name = form.name.trim();
  const isKept = before !== undefined && request !== null && before.name === name && isSame(before.request, request);
  const save = async (): Promise<void> => {
    if (request === null) return;
    try {
      const saved = await saveServer({ id: before?.id ?? null, name, request });
      if (saved) useServerForm.setState({ saved: saved.id, name: saved.name });
    } catch (error) {
      complain(error, words.failed);
    }
  };
  return (
    <span className={panelStyles.option}>
      <input
        className={`text-input ${panelStyles.input} ${styles.saveName}`}
        aria-label={words.name}
        placeholder={words.placeholder}
        value={form.name}
        maxLength={MAX_SERVER_NAME}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => useServerForm.setState({ name: target.value })}
      />
      <button type="button" className="button" disabled={name === '' || request === null || isKept} onClick={() => void save()}>
        <IconDeviceFloppy size={14} aria-hidden />
        {before ? words.change : words.add}
      </button>
    </span>
  );
}
