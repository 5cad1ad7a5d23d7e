import { z } from 'zod';
import { fail, ok, type Problem, type Result } from '../../shared/base/result';
import { ALERT_TYPES } from '../../shared/model/alerts';
import { DEFAULT_DETECTION, type DetectionSettings, PRESETS } from '../../shared/model/detection-settings';
import { RULES } from '../detectors/rules';
import { MAX_ADDRESS_LENGTH, MAX_OWN_ADDRESSES, ownAddressProblem } from './own-address';

/** Thresholds of one rule that a message may name; no rule has as many. */
const MAX_THRESHOLDS = 64;
const MAX_NAME = 64;

/** What a message or the database may hold; whether rules and thresholds of these names exist is looked at afterwards. */
export const detectionSchema = z.strictObject({
  preset: z.enum(PRESETS),
  disabled: z.array(z.enum(ALERT_TYPES)).max(ALERT_TYPES.length),
  thresholds: z
    .record(
      z.string().max(MAX_NAME),
      z.record(z.string().max(MAX_NAME), z.number()).refine((values) => Object.keys(values).length <= MAX_THRESHOLDS),
    )
    .refine((rules) => Object.keys(rules).length <= MAX_THRESHOLDS),
  ownAddresses: z.array(z.string().max(MAX_ADDRESS_LENGTH)).max(MAX_OWN_ADDRESSES),
});

/** Each part that cannot be used, as a sentence, with the rest of the settings. */
function sift(settings: DetectionSettings): { readonly used: DetectionSettings; readonly refused: readonly string[] } {
  const refused: string[] = [];
  const thresholds: Record<string, Record<string, number>> = {};
  for (const [type, values] of Object.entries(settings.thresholds)) {
    const rule = RULES.find((each) => each.type === type);
    if (!rule) {
      refused.push(`There is no rule "${type}".`);
      continue;
    }
    for (const [name, value] of Object.entries(values)) {
      const threshold = Object.hasOwn(rule.thresholds, name) ? rule.thresholds[name] : undefined;
      if (!threshold) refused.push(`The rule "${rule.title}" has no threshold "${name}".`);
      else if (!(value >= threshold.min && value <= threshold.max))
        refused.push(`"${threshold.label}" of "${rule.title}" must be from ${threshold.min} to ${threshold.max} ${threshold.unit}.`);
      else thresholds[type] = { ...thresholds[type], [name]: value };
    }
  }
  const ownAddresses = [...new Set(settings.ownAddresses)].filter((address) => {
    const problem = ownAddressProblem(address);
    if (problem !== null) refused.push(`"${address}": ${problem}`);
    return problem === null;
  });
  return { used: { preset: settings.preset, disabled: [...new Set(settings.disabled)].sort(), thresholds, ownAddresses }, refused };
}

/** Settings of a right shape, if all of them mean something. */
export function checkDetection(settings: DetectionSettings): Result<DetectionSettings> {
  const { used, refused } = sift(settings);
  const [first] = refused;
  return first === undefined ? ok(used) : fail('settings-refused', first, 'Nothing was changed.');
}

/** What the database holds, as far as it can be used; null: nothing was ever set. Never throws, whatever the text is. */
export function readDetection(text: string | null): { readonly settings: DetectionSettings; readonly problem: Problem | null } {
  if (text === null) return { settings: DEFAULT_DETECTION, problem: null };
  const parsed = detectionSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const sentence = 'The stored settings of the rules are damaged: the defaults are used.';
    return { settings: DEFAULT_DETECTION, problem: { code: 'settings-damaged', sentence, next: 'Set again what you had changed.' } };
  }
  const { used, refused } = sift(parsed.data);
  const sentence = `Some stored settings of the rules mean nothing here and were left out. ${refused.slice(0, 3).join(' ')}`;
  return { settings: used, problem: refused.length > 0 ? { code: 'settings-partly', sentence } : null };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
