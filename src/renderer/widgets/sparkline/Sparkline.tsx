import styles from './sparkline.module.css';

interface SparklineProps {
  /** Oldest first. */
  readonly values: readonly number[];
  /** Values that there is room for: what is missing is missing on the left. */
  readonly room: number;
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

const WIDTH = 96;
const HEIGHT = 18;

/** A curve without axes, as high as its highest value: it tells a busy source from a quiet one. */
export function Sparkline({ values, room, label }: SparklineProps) {
  const top = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, room - 1);
  const left = WIDTH - (values.length - 1) * step;
  const points = values.map((value, at) => `${(left + at * step).toFixed(1)},${(HEIGHT - 1 - (HEIGHT - 2) * (value / top)).toFixed(1)}`);
  return (
    <svg className={styles.spark} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      {values.length > 1 && (
        <>
          <polygon points={`${left.toFixed(1)},${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} className={styles.area} />
          <polyline points={points.join(' ')} className={styles.line} />
        </>
      )}
    </svg>
  );
}
