import type { AlertType, Severity } from './alerts';

export const PRESETS = ['quiet', 'balanced', 'everything'] as const;

export type Preset = (typeof PRESETS)[number];

/** What a user changed of the rules; everything that is not named has the preset's value. */
export interface DetectionSettings {
  readonly preset: Preset;
  /** Rules that are off. */
  readonly disabled: readonly AlertType[];
  /** Thresholds by rule and name. */
  readonly thresholds: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Addresses or prefixes of the watched server and its networks, beside the private ranges. */
  readonly ownAddresses: readonly string[];
}

export const DEFAULT_DETECTION: DetectionSettings = { preset: 'balanced', disabled: [], thresholds: {}, ownAddresses: [] };

export interface ThresholdInfo {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** By preset. */
  readonly presets: Readonly<Record<Preset, number>>;
  /** What is used now. */
  readonly value: number;
}

/** A rule as the settings show it. */
export interface RuleInfo {
  /** 'T1' of detection.md. */
  readonly id: string;
  readonly type: AlertType;
  readonly title: string;
  /** What it looks for, one sentence. */
  readonly about: string;
  readonly severity: Severity;
  readonly technique: string;
  readonly techniqueName: string;
  readonly enabled: boolean;
  readonly thresholds: readonly ThresholdInfo[];
}
