import { useRef } from 'react';
import type { HistoryCapture } from '../../../shared/contract/history';
import { forgetCapture } from '../../stores/history';
import { texts } from '../../texts';
import { Dialog } from '../../widgets/dialog/Dialog';
import { nameOf } from '../../widgets/format/paths';
import styles from './history.module.css';

const words = texts.history.forgetting;

/** Asks before a capture is forgotten; null: closed. */
export function ForgetDialog({ capture, onClose }: { readonly capture: HistoryCapture | null; onClose(): void }) {
  // While it closes it still says what it was about.
  const last = useRef('');
  if (capture) last.current = nameOf(capture.path);
  const confirm = (): void => {
    if (capture) void forgetCapture(capture.id);
    onClose();
  };
  return (
    <Dialog title={words.title} size={420} opened={capture !== null} onClose={onClose}>
      <p className={styles.dialogText}>
        {words.sentence(last.current)} {words.file}
      </p>
      <div className={`form-actions ${styles.dialogActions}`}>
        <button type="button" className="button" data-autofocus onClick={onClose}>
          {words.cancel}
        </button>
        <button type="button" className="button" data-danger onClick={confirm}>
          {words.confirm}
        </button>
      </div>
    </Dialog>
  );
}
