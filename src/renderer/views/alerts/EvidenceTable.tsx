import { asWords } from '../../../shared/base/format-names';
import type { Evidence, EvidenceValue } from '../../../shared/model/alerts';
import { addressTest } from '../../stores/filter-text';
import { texts } from '../../texts';
import { Value } from '../../values/Value';
import { Fact, Facts } from '../../widgets/facts/Facts';
import { formatCount } from '../../widgets/format/numbers';
import styles from './alerts.module.css';

const words = texts.alerts.detail;
/** Members of a list that are shown. */
const MAX_LISTED = 48;

function single(value: number | string | boolean): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(4)));
}

function valueText(value: EvidenceValue): string {
  if (typeof value !== 'object') return single(value);
  if (value.length === 0) return words.none;
  // Numbers in a list are ports and the like: no thousands separators, which would read as two.
  const shown = value.slice(0, MAX_LISTED).map(String).join(', ');
  return value.length > MAX_LISTED ? `${shown}, ${words.more(formatCount(value.length - MAX_LISTED))}` : shown;
}

/** What the alert rests on, by name. */
export function EvidenceTable({ evidence }: { readonly evidence: Evidence }) {
  const entries = Object.entries(evidence);
  if (entries.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3 className="eyebrow">{words.evidence}</h3>
      <Facts>
        {entries.map(([name, value]) => (
          <Fact key={name} name={asWords(name)} isMono={typeof value !== 'boolean'}>
            <Value
              text={valueText(value)}
              test={typeof value === 'string' ? addressTest('addr', value) : null}
              {...(typeof value === 'string' && { host: value })}
            />
          </Fact>
        ))}
      </Facts>
    </section>
  );
}
