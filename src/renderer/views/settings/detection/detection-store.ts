import { create } from 'zustand';
import type { Problem } from '../../../../shared/base/result';
import type { DetectionState } from '../../../../shared/contract/settings';
import type { AlertType } from '../../../../shared/model/alerts';
import type { DetectionSettings, RuleInfo, ThresholdInfo } from '../../../../shared/model/detection-settings';
import { engine } from '../../../client/engine';
import { problemOf } from '../../../client/engine-client';
import { save } from '../saving';

/** The rules as the engine has them; null until it answered, `problem`: why it did not. */
export const useDetection = create<{ readonly state: DetectionState | null; readonly problem: Problem | null }>(() => ({
  state: null,
  problem: null,
}));

/** Changes go one after the other, each on what the one before made. */
let last: Promise<unknown> = Promise.resolve();

export const loadDetection = (): void => {
  engine.call('detection.get', {}).then(
    (state) => useDetection.setState({ state, problem: null }),
    (error: unknown) => useDetection.setState({ problem: problemOf(error) }),
  );
};

/** Gives the settings before the change; null where nothing changed. */
export function changeDetection(change: (settings: DetectionSettings) => DetectionSettings): Promise<DetectionSettings | null> {
  const changing = last.then(async () => {
    const before = useDetection.getState().state?.settings;
    if (!before) return null;
    const state = await save(() => engine.call('detection.set', { settings: change(before) }));
    // What was refused shows again what is kept.
    if (state) useDetection.setState({ state });
    else loadDetection();
    return state && before;
  });
  last = changing;
  return changing;
}

export const setEnabled = (type: AlertType, enabled: boolean) =>
  changeDetection((settings) => ({
    ...settings,
    disabled: enabled ? settings.disabled.filter((each) => each !== type) : [...settings.disabled, type],
  }));

/** Null, or the preset's own value: as the preset has it. */
export const setThreshold = (type: AlertType, { name, presets }: ThresholdInfo, value: number | null) =>
  changeDetection(({ thresholds, ...settings }) => {
    const { [name]: _, ...others } = thresholds[type] ?? {};
    const own = value === null || value === presets[settings.preset] ? others : { ...others, [name]: value };
    const { [type]: __, ...rest } = thresholds;
    return { ...settings, thresholds: Object.keys(own).length > 0 ? { ...rest, [type]: own } : rest };
  });

export const isChanged = (rule: RuleInfo, { thresholds }: DetectionSettings, name: string): boolean =>
  Object.hasOwn(thresholds[rule.type] ?? {}, name);

/** Rules that are off and thresholds that are not the preset's. */
export const countChanges = ({ disabled, thresholds }: DetectionSettings): number =>
  disabled.length + Object.values(thresholds).reduce((sum, values) => sum + Object.keys(values).length, 0);
