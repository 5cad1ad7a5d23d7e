import { isCapturing, useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { formatCount } from '../../widgets/format/numbers';
import styles from '../dialogs/dialogs.module.css';
import { useLeave } from './leave';

const words = texts.live.leave;

/** Asks before packets are lost that are nowhere else. */
export function LeaveDialog() {
  const asking = useLeave((state) => state.asking);
  const name = useSession((state) => state.tick?.session?.name ?? '');
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const capturing = useSession((state) => isCapturing(state.tick));
  const title = capturing ? words.titleCapturing(name) : words.titleStopped(name);
  return (
    <Dialog title={title} size={460} opened={asking !== null} onClose={() => asking?.answer('stay')}>
      <p>{words.sentence(formatCount(packets), packets === 1)}</p>
      <div className={styles.actions}>
        <button type="button" className="button" data-autofocus onClick={() => asking?.answer('stay')}>
          {capturing ? words.stay : words.stayStopped}
        </button>
        <button type="button" className="button" data-danger onClick={() => asking?.answer('discard')}>
          {capturing ? words.discard : words.discardStopped}
        </button>
        <button type="button" className="button" data-primary onClick={() => asking?.answer('save')}>
          {words.save}
        </button>
      </div>
    </Dialog>
  );
}
