import type { DetectionSettings, RuleInfo } from '../../shared/model/detection-settings';
import type { Rule, Thresholds, Values } from './rule';

/** The rule's thresholds: what the user set, else the preset's; kept within their bounds, since settings come from a database. */
export function valuesOf<T extends Thresholds>(rule: Rule<T>, settings: DetectionSettings): Values<T> {
  const own = settings.thresholds[rule.type];
  const values: Record<string, number> = {};
  for (const [name, { presets, min, max }] of Object.entries(rule.thresholds)) {
    const chosen = own && Object.hasOwn(own, name) ? own[name] : undefined;
    const value = typeof chosen === 'number' && Number.isFinite(chosen) ? chosen : presets[settings.preset];
    values[name] = Math.min(max, Math.max(min, value));
  }
  return values as Values<T>;
}

/** For the settings page. */
export function ruleInfo(rule: Rule, settings: DetectionSettings): RuleInfo {
  const values = valuesOf(rule, settings);
  const { id, type, title, about, severity, technique, techniqueName } = rule;
  return {
    id,
    type,
    title,
    about,
    severity,
    technique,
    techniqueName,
    enabled: !settings.disabled.includes(type),
    thresholds: Object.entries(rule.thresholds).map(([name, { label, unit, presets, min, max }]) => ({
      name,
      label,
      unit,
      presets,
      min,
      max,
      value: values[name] ?? 0,
    })),
  };
}
