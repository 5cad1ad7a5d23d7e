import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './dialogs.module.css';

/** Everything that the reader noticed about the file. */
export function Warnings() {
  const warnings = useSession((state) => state.tick?.warnings) ?? [];
  const count = useSession((state) => state.tick?.warningCount ?? 0);
  const words = texts.frame.status;
  const all = warnings.map(({ sentence, next }) => (next ? `${sentence} ${next}` : sentence)).join('\n');
  return (
    <>
      <ol className={`${styles.warnings} selectable`}>
        {warnings.map(({ code, sentence, next }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
          <li key={index} data-code={code}>
            <p>{sentence}</p>
            {next && <p className={styles.next}>{next}</p>}
          </li>
        ))}
      </ol>
      {count > warnings.length && <p className={styles.next}>{words.warningsMore(formatCount(count - warnings.length))}</p>}
      <div className={styles.actions}>
        <button type="button" className="button" onClick={() => void window.portlight.copyText(all)}>
          {words.copyWarnings}
        </button>
      </div>
    </>
  );
}
