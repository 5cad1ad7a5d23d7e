import type { AlertType, AlertWhy } from '../../../shared/model/alerts';
import { searchSettings } from '../../stores/layout';
import { texts } from '../../texts';
import { Fact, Facts } from '../../widgets/facts/Facts';
import { formatRate } from '../../widgets/format/numbers';
import { formatDuration } from '../../widgets/format/time';
import styles from './alerts.module.css';

const words = texts.alerts.detail;
const amount = (value: number, unit: string): string =>
  `${Number.isInteger(value) ? value.toLocaleString('en-US') : formatRate(value)} ${unit}`.trim();

/** The four parts of why it was raised: value, threshold, window, and what would have kept it quiet. */
export function Why({ type, why }: { readonly type: AlertType; readonly why: AlertWhy }) {
  return (
    <section className={styles.part}>
      <h3 className="eyebrow">{words.why}</h3>
      <Facts>
        <Fact name={words.measured}>
          <strong>{amount(why.value, why.unit)}</strong>
          {why.measure === '' || why.measure === why.unit ? '' : ` · ${why.measure}`}
        </Fact>
        <Fact name={words.threshold}>{amount(why.threshold, why.unit)}</Fact>
        <Fact name={words.window}>{why.window === null ? words.noWindow : formatDuration(why.window * 1e9)}</Fact>
      </Facts>
      <p className={styles.quietName}>{words.quiet}</p>
      <p className={`${styles.text} selectable`}>{why.quiet}</p>
      <div className={styles.whyActions}>
        <button type="button" className="button" data-small onClick={() => searchSettings(texts.alerts.types[type])}>
          {words.thresholds}
        </button>
      </div>
    </section>
  );
}
