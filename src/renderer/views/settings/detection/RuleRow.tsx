import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { DetectionSettings, RuleInfo } from '../../../../shared/model/detection-settings';
import { texts } from '../../../texts';
import { SeverityBadge } from '../../../widgets/severity/SeverityMark';
import { Switch } from '../parts';
import styles from './detection.module.css';
import { isChanged, setEnabled } from './detection-store';
import { ThresholdField } from './ThresholdField';

const words = texts.settings.detection;

interface RuleRowProps {
  readonly rule: RuleInfo;
  readonly settings: DetectionSettings;
  /** At first. */
  readonly isOpened: boolean;
}

/** A rule: whether it watches, what it looks for, and its thresholds when it is opened. */
export function RuleRow({ rule, settings, isOpened }: RuleRowProps) {
  const [opened, setOpened] = useState(isOpened);
  const id = useId();
  const { title, about, severity, technique, techniqueName, enabled, thresholds, type } = rule;
  const changed = !enabled || thresholds.some(({ name }) => isChanged(rule, settings, name));
  return (
    <li className={styles.rule} data-off={enabled ? undefined : ''}>
      <div className={styles.ruleHead}>
        <Switch label={words.enabled(title)} checked={enabled} onChange={(on) => void setEnabled(type, on)} />
        <button
          type="button"
          className={styles.ruleButton}
          aria-expanded={opened}
          aria-controls={id}
          title={words.show(title)}
          onClick={() => setOpened(!opened)}
        >
          <span className={styles.ruleTitle}>
            {title}
            {changed && <span className={styles.changed}>{enabled ? words.changed : words.off}</span>}
          </span>
          <span className={styles.ruleAbout}>{about}</span>
        </button>
        <span className={styles.technique} title={`${words.technique}: ${techniqueName}`}>
          {technique}
        </span>
        <span className={styles.severity}>
          <SeverityBadge severity={severity} word={texts.alerts.severities[severity]} />
        </span>
        <IconChevronRight className={styles.chevron} data-open={opened ? '' : undefined} size={15} aria-hidden />
      </div>
      <div id={id} hidden={!opened} className={styles.thresholds}>
        {thresholds.map((threshold) => (
          <ThresholdField
            key={threshold.name}
            rule={rule}
            threshold={threshold}
            preset={settings.preset}
            changed={isChanged(rule, settings, threshold.name)}
          />
        ))}
      </div>
    </li>
  );
}
