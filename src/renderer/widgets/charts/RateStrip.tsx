import styles from './rate-strip.module.css';

interface RateStripProps {
  /** Oldest first, the newest at the right end. */
  readonly values: readonly number[];
  /** Values that there is room for: what is missing is missing on the left. */
  readonly room: number;
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

const HEIGHT = 24;

/** A curve as wide as its place and as high as its highest value. The numbers beside it say how much that is. */
export function RateStrip({ values, room, label }: RateStripProps) {
  const top = Math.max(1, ...values);
  const width = Math.max(1, room - 1);
  const left = width - (values.length - 1);
  const points = values.map((value, at) => `${left + at},${(HEIGHT - 1 - (HEIGHT - 2) * (value / top)).toFixed(1)}`);
  return (
    <svg className={styles.strip} viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {values.length > 1 && (
        <>
          <polygon points={`${left},${HEIGHT} ${points.join(' ')} ${width},${HEIGHT}`} className={styles.area} />
          <polyline points={points.join(' ')} className={styles.line} />
        </>
      )}
    </svg>
  );
}
