import { useEffect } from 'react';
import { texts } from '../../../texts';
import { Pending, Trouble } from '../parts';
import { undoable } from '../saving';
import { mentions, type SectionProps } from '../section';
import styles from './detection.module.css';
import { changeDetection, countChanges, loadDetection, useDetection } from './detection-store';
import { Presets } from './Presets';
import { RuleRow } from './RuleRow';

const words = texts.settings.detection;

/** The preset, and every rule. */
export function DetectionSection({ query }: SectionProps) {
  const state = useDetection((each) => each.state);
  const failure = useDetection((each) => each.problem);
  useEffect(loadDetection, []);
  if (!state) return <Pending problem={failure} onRetry={loadDetection} />;
  const { settings, rules, problem } = state;
  const changes = countChanges(settings);
  const found = rules.filter(({ type, title, about, technique, techniqueName, thresholds }) =>
    mentions(query, title, about, texts.alerts.types[type], technique, techniqueName, ...thresholds.map(({ label }) => label)),
  );
  const named = rules.filter(({ type, title }) => [title, texts.alerts.types[type]].some((name) => name.toLowerCase() === query));
  // A rule's own name means it alone; where only words of the section itself match, its rules are what is looked for.
  const shown = [named, found, rules].find((some) => some.length > 0) ?? [];

  const resetAll = async (): Promise<void> => {
    const before = await changeDetection((present) => ({ ...present, disabled: [], thresholds: {} }));
    if (before) undoable(words.wasReset, () => changeDetection(() => before));
  };

  return (
    <>
      {problem && <Trouble problem={problem} />}
      {(query === '' || found.length === 0) && <Presets preset={settings.preset} />}
      <div className={styles.rulesHead}>
        <h3 className={styles.rulesTitle}>{words.rules(rules.filter(({ enabled }) => enabled).length, rules.length)}</h3>
        <span className={styles.differs}>{changes > 0 ? words.differs(changes) : words.noDifference}</span>
        <button
          type="button"
          className="button"
          data-small
          disabled={changes === 0}
          title={words.resetAllHint}
          onClick={() => void resetAll()}
        >
          {words.resetAll}
        </button>
      </div>
      <ul className={styles.rules}>
        {shown.map((rule) => (
          <RuleRow key={`${rule.type} ${shown.length === 1}`} rule={rule} settings={settings} isOpened={shown.length === 1} />
        ))}
      </ul>
    </>
  );
}
