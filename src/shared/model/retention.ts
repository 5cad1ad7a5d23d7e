import type { Bytes } from './units';

/** Days that each kind of history is kept, counted from its packets or from when its capture was last opened, whichever is later. */
export interface RetentionSettings {
  /** Traffic by the minute, then by the hour, then by the day: each becomes the next, the last is removed. */
  readonly minutes: number;
  readonly hours: number;
  readonly days: number;
  readonly flows: number;
  readonly alerts: number;
  /** Of the database's file; beyond it the oldest goes first. */
  readonly quota: Bytes;
}

export type RetentionTier = Exclude<keyof RetentionSettings, 'quota'>;

export const RETENTION_TIERS: readonly RetentionTier[] = ['alerts', 'flows', 'minutes', 'hours', 'days'];

const MB = 1_000_000;

export const DEFAULT_RETENTION: RetentionSettings = { minutes: 7, hours: 90, days: 5 * 365, flows: 30, alerts: 365, quota: 2000 * MB };

/** A day, ten years. */
export const RETENTION_DAYS = { min: 1, max: 3650 } as const;
/** Room for a hundred thousand flows; more than most disks have. */
export const QUOTA_BYTES = { min: 20 * MB, max: 1_000_000 * MB } as const;

/** Why these cannot be used, as a sentence; null: they can. Each tier's days and the quota are within their bounds. */
export function retentionProblem({ minutes, hours, days }: RetentionSettings): string | null {
  if (hours < minutes) return 'Traffic by the hour must be kept at least as long as traffic by the minute.';
  if (days < hours) return 'Traffic by the day must be kept at least as long as traffic by the hour.';
  return null;
}
