import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { engine } from '../../client/engine';
import { firstPacket } from '../../stores/find';
import { showView } from '../../stores/layout';
import { revealPacket } from '../../stores/selection';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { complain } from '../complain';
import { closeDialog } from './dialog-store';
import styles from './dialogs.module.css';
import { timeTest } from './time-test';

const words = texts.packets.goTo;
const NANOSECONDS_A_SECOND = 1e9;

function goTo(index: number): void {
  closeDialog();
  showView('packets');
  revealPacket(index);
}

/** Selects a packet by its number, or the first one that the filter shows from a time on, and scrolls to it. */
export function GoToPacket() {
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { tick } = useSession.getState();
    const test = timeTest(text, (tick?.startSecond ?? 0) + (tick?.firstTime ?? 0) / NANOSECONDS_A_SECOND);
    try {
      if (test === null) await toNumber();
      else await toTime(test);
    } catch (error) {
      complain(error, words.failed);
    }
  };

  const toNumber = async (): Promise<void> => {
    const number = Number(text.replaceAll(/[,\s]/g, ''));
    if (!Number.isSafeInteger(number) || number < 1 || number > packets) {
      setWrong(words.outside(formatCount(packets)));
      return;
    }
    goTo(number - 1);
    const { exact } = await engine.call('packets.position', { index: number - 1 });
    if (!exact) notifications.show({ message: words.hidden(formatCount(number)) });
  };

  const toTime = async (test: string): Promise<void> => {
    const packet = await firstPacket(test);
    if (packet === null) setWrong(words.later);
    else goTo(packet);
  };

  return (
    <form className={styles.goTo} onSubmit={(event) => void submit(event)}>
      <label htmlFor="go-to-number">{words.label}</label>
      <div className={styles.goToRow}>
        <input
          id="go-to-number"
          className={`text-input ${styles.input}`}
          data-autofocus
          autoComplete="off"
          value={text}
          aria-invalid={wrong !== null}
          aria-describedby="go-to-hint"
          onChange={(event) => {
            setText(event.target.value);
            setWrong(null);
          }}
        />
        <button type="submit" className="button" data-primary>
          {words.go}
        </button>
      </div>
      <p id="go-to-hint" className={wrong !== null ? styles.wrong : styles.next} role={wrong !== null ? 'alert' : undefined}>
        {wrong ?? words.hint(formatCount(packets))}
      </p>
    </form>
  );
}
