import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { engine } from '../../client/engine';
import { showView } from '../../stores/layout';
import { revealPacket } from '../../stores/selection';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { closeDialog } from './dialog-store';
import styles from './dialogs.module.css';

/** Selects a packet by its number and scrolls to it. */
export function GoToPacket() {
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const [text, setText] = useState('');
  const [outside, setOutside] = useState(false);
  const words = texts.packets.goTo;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const number = Number(text.replaceAll(/[,\s]/g, ''));
    if (!Number.isSafeInteger(number) || number < 1 || number > packets) {
      setOutside(true);
      return;
    }
    closeDialog();
    showView('packets');
    revealPacket(number - 1);
    const { exact } = await engine.call('packets.position', { index: number - 1 });
    if (!exact) notifications.show({ message: words.hidden(formatCount(number)) });
  };

  return (
    <form className={styles.goTo} onSubmit={(event) => void submit(event)}>
      <label htmlFor="go-to-number">{words.label}</label>
      <div className={styles.goToRow}>
        <input
          id="go-to-number"
          className={styles.input}
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={outside}
          aria-describedby="go-to-outside"
          onChange={(event) => {
            setText(event.target.value);
            setOutside(false);
          }}
        />
        <button type="submit" className="button" data-primary>
          {words.go}
        </button>
      </div>
      <p id="go-to-outside" className={outside ? styles.wrong : styles.next} role={outside ? 'alert' : undefined}>
        {words.outside(formatCount(packets))}
      </p>
    </form>
  );
}
