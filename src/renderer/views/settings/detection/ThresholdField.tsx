import { IconArrowBackUp } from '@tabler/icons-react';
import type { Preset, RuleInfo, ThresholdInfo } from '../../../../shared/model/detection-settings';
import { texts } from '../../../texts';
import { NumberField } from '../NumberField';
import styles from './detection.module.css';
import { setThreshold } from './detection-store';

const words = texts.settings.detection;
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

interface ThresholdFieldProps {
  readonly rule: RuleInfo;
  readonly threshold: ThresholdInfo;
  readonly preset: Preset;
  readonly changed: boolean;
}

/** One number of a rule, with what it may be and what the preset has. */
export function ThresholdField({ rule, threshold, preset, changed }: ThresholdFieldProps) {
  const { label, unit, min, max, presets, value } = threshold;
  // '0..1' says where the number lies, not what it counts.
  const shownUnit = unit.includes('..') ? '' : ` ${unit}`;
  const isWhole = [min, max, ...Object.values(presets)].every(Number.isInteger);
  const byPreset = number.format(presets[preset]);
  return (
    <div className={styles.threshold} data-changed={changed ? '' : undefined}>
      <span className={styles.thresholdName}>{label}</span>
      <NumberField
        label={`${rule.title}: ${label}`}
        value={value}
        min={min}
        max={max}
        step={isWhole ? 1 : 0.05}
        problem={words.outOfRange(number.format(min), number.format(max))}
        unit={shownUnit.trim()}
        onCommit={async (next) => (await setThreshold(rule.type, threshold, next)) !== null}
      />
      <span className={styles.range}>
        {words.range(number.format(min), number.format(max), shownUnit)} · {words.byPreset(byPreset)}
      </span>
      <span className={styles.resetPlace}>
        {changed && (
          <button
            type="button"
            className="button"
            data-small
            title={words.resetHint(byPreset)}
            aria-label={`${words.reset}: ${label}`}
            onClick={() => void setThreshold(rule.type, threshold, null)}
          >
            <IconArrowBackUp size={13} aria-hidden />
            {words.reset}
          </button>
        )}
      </span>
    </div>
  );
}
