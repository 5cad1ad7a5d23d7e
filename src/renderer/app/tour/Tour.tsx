import { texts } from '../../texts';
import styles from './tour.module.css';

const words = texts.tour;
/** Places of the parts in the picture, in the order of the texts. */
const PLACES = ['top', 'time', 'views', 'inspector', 'status'] as const;

/** The five parts of the frame: a picture with numbers, and what each is for. */
export function Tour() {
  return (
    <div className={styles.tour}>
      <div className={styles.picture} aria-hidden>
        {PLACES.map((place, index) => (
          <div key={place} className={`${styles.part} ${styles[place]}`}>
            <span className={styles.number}>{index + 1}</span>
          </div>
        ))}
        <div className={styles.view} />
      </div>
      <ol className={styles.list}>
        {words.parts.map(([name, what, keys], index) => (
          <li key={name}>
            <span className={styles.number} aria-hidden>
              {index + 1}
            </span>
            <span>
              <b>{name}</b> {keys !== '' && <span className="kbd">{keys}</span>}
              <span className={styles.what}>{what}</span>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
