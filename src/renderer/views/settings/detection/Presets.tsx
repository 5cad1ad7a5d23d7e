import { PRESETS, type Preset } from '../../../../shared/model/detection-settings';
import { texts } from '../../../texts';
import styles from './detection.module.css';
import { changeDetection } from './detection-store';

const words = texts.settings.detection;

/** Three ways to begin from. */
export function Presets({ preset }: { readonly preset: Preset }) {
  return (
    <fieldset className={styles.presets}>
      <legend className="visually-hidden">{words.preset}</legend>
      {PRESETS.map((each) => (
        <label key={each} className={styles.preset}>
          <input
            type="radio"
            name="preset"
            value={each}
            checked={each === preset}
            onChange={() => void changeDetection((settings) => ({ ...settings, preset: each }))}
          />
          <span className={styles.presetText}>
            <span className={styles.presetTitle}>{words.presets[each]}</span>
            <span>{words.presetsAbout[each]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
