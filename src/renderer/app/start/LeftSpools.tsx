import { notifications } from '@mantine/notifications';
import { IconLifebuoy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { LeftSpool } from '../../../shared/contract/live';
import { engine } from '../../client/engine';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatDay } from '../../widgets/format/day';
import { formatBytes } from '../../widgets/format/numbers';
import { nameOf } from '../../widgets/format/paths';
import { complain } from '../complain';
import dialogStyles from '../dialogs/dialogs.module.css';
import { suggestedName } from '../save/suggested-name';
import { openPath } from '../session';
import styles from './start.module.css';

const words = texts.sources.left;

/** A process that is just being ended still holds its spool for a moment. */
const EVERY_MS = 4000;

/** Captures that a crash left behind: they are offered until they are recovered or discarded. */
export function LeftSpools() {
  const [spools, setSpools] = useState<readonly LeftSpool[]>([]);
  const [asking, setAsking] = useState<LeftSpool | null>(null);
  const refresh = (): void => {
    // Nothing is offered where nothing can be known.
    engine.call('spool.left', {}).then(
      (left) => setSpools(left.spools),
      () => setSpools([]),
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes over nothing that changes
  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const discard = async (spool: LeftSpool): Promise<void> => {
    setAsking(null);
    try {
      await engine.call('spool.discard', { id: spool.id });
    } catch (error) {
      complain(error, words.failed);
    }
    refresh();
  };
  return (
    <>
      {spools.length > 0 && (
        <section className={styles.left} aria-label={words.title} data-testid="left-spools">
          <h2 className="eyebrow">{words.title}</h2>
          <ul className={styles.leftList}>
            {spools.map((spool) => (
              <Left key={spool.id} spool={spool} onDiscard={() => setAsking(spool)} onRecovered={refresh} />
            ))}
          </ul>
        </section>
      )}
      <Dialog title={words.ask} size={420} opened={asking !== null} onClose={() => setAsking(null)}>
        {asking && (
          <>
            <p>{words.askSentence(asking.name, whenOf(asking))}</p>
            <div className={dialogStyles.actions}>
              <button type="button" className="button" data-autofocus onClick={() => setAsking(null)}>
                {words.keep}
              </button>
              <button type="button" className="button" data-danger onClick={() => void discard(asking)}>
                {words.discard}
              </button>
            </div>
          </>
        )}
      </Dialog>
    </>
  );
}

const whenOf = ({ started }: LeftSpool): string => formatDay(new Date(started), new Date(), words);

interface LeftProps {
  readonly spool: LeftSpool;
  onDiscard(): void;
  onRecovered(): void;
}

function Left({ spool, onDiscard, onRecovered }: LeftProps) {
  const [busy, setBusy] = useState(false);
  const { name, bytes, started, id } = spool;
  const recover = async (): Promise<void> => {
    const stamp = new Date(started).toLocaleString('sv');
    const path = await window.portlight.chooseSavePath({
      suggestedName: suggestedName({ kind: 'interface', name, path: `${name}, ${stamp}` }, 'all'),
      filters: [{ name: texts.exports.kinds.pcapng, extensions: ['pcapng'] }],
    });
    if (path === null) return;
    setBusy(true);
    try {
      const recovered = await engine.call('spool.recover', { id, path });
      notifications.show({ message: words.recovered(nameOf(path), formatBytes(recovered.bytes)) });
      await openPath(path);
    } catch (error) {
      complain(error, words.failed);
    }
    setBusy(false);
    onRecovered();
  };
  return (
    <li className={styles.leftSpool}>
      <IconLifebuoy size={16} stroke={1.5} aria-hidden />
      <span className={styles.leftText}>{words.sentence(name, whenOf(spool), formatBytes(bytes))}</span>
      <button type="button" className="button" data-small data-primary disabled={busy} onClick={() => void recover()}>
        {busy ? words.recovering : words.recover}
      </button>
      <button type="button" className="button" data-small disabled={busy} onClick={onDiscard}>
        {words.discard}
      </button>
    </li>
  );
}
