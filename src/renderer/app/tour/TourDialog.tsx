import { texts } from '../../texts';
import { TourFoot } from './FirstTour';
import { Tour } from './Tour';
import styles from './tour.module.css';

/** The tour again, over whatever is shown. */
export function TourDialog() {
  return (
    <>
      <p className={styles.line}>{texts.tour.line}</p>
      <Tour />
      <TourFoot />
    </>
  );
}
