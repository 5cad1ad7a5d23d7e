import { texts } from '../../texts';
import { showTour } from './dialog-store';
import styles from './dialogs.module.css';

/** What the keyboard does. */
export function Keys() {
  return (
    <>
      <div className={styles.keys}>
        {texts.frame.keys.groups.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="eyebrow">{title}</h3>
            <dl className={styles.keyList}>
              {keys.map(([key, what]) => (
                <div key={key} className={styles.keyRow}>
                  <dt>
                    <span className="kbd">{key}</span>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className={styles.actions}>
        <button type="button" className="button" onClick={showTour}>
          {texts.tour.again}
        </button>
      </div>
    </>
  );
}
