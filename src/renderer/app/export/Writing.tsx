import { Loader } from '@mantine/core';
import { useExport } from '../../stores/export';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import { nameOf } from '../../widgets/format/paths';
import styles from './export.module.css';

const words = texts.exports;

/** That a file is being written, at the window's lower edge, so that work can go on. */
export function Writing() {
  const writing = useExport((state) => state.writing);
  if (writing === null) return null;
  const { path, done, total, cancel } = writing;
  return (
    <div className={styles.writing} role="status" aria-busy="true" data-testid="saving">
      <Loader size={16} />
      <div className={styles.writingText}>
        <p>{words.writing(nameOf(path))}</p>
        {total > 0 && (
          <progress className={styles.bar} max={total} value={done} aria-label={words.writing(nameOf(path))} aria-valuetext={`${done}`} />
        )}
        <p className={styles.note}>
          {total > 0 ? `${words.progress(formatCount(done), formatCount(total))}. ${words.writingHint}` : words.writingHint}
        </p>
      </div>
      <button type="button" className="button" data-small onClick={cancel}>
        {words.cancel}
      </button>
    </div>
  );
}
