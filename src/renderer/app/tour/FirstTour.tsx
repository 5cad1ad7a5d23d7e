import { useEffect, useId } from 'react';
import { useSession } from '../../stores/session';
import { texts } from '../../texts';
import { Tour } from './Tour';
import styles from './tour.module.css';
import { finishTour, useTour } from './tour-store';

const words = texts.tour;

/** The tour on the start page until somebody has seen it; nothing afterwards. It stands in nobody's way: no overlay, no steps. */
export function FirstTour() {
  const seen = useTour((state) => state.seen);
  const id = useId();
  // Who opens a capture needs it no more: it is shown once.
  useEffect(
    () => () => {
      if (useSession.getState().tick?.session) finishTour();
    },
    [],
  );
  if (seen) return null;
  return (
    <section className={styles.card} aria-labelledby={id} data-testid="first-tour">
      <header className={styles.header}>
        <div>
          <h2 id={id}>{words.title}</h2>
          <p>{words.line}</p>
        </div>
        <button type="button" className="button" onClick={finishTour}>
          {words.done}
        </button>
      </header>
      <Tour />
      <TourFoot />
    </section>
  );
}

/** Where everything else is. */
export function TourFoot() {
  return (
    <p className={styles.foot}>
      {words.more}{' '}
      {words.keys.map((key) => (
        <span key={key} className="kbd">
          {key}
        </span>
      ))}
    </p>
  );
}
