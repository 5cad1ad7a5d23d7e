import type { Bytes } from '../../../../shared/model/units';

export type Keep = 'whole' | 'headers' | 'custom';

/** How much of each packet is kept. */
export interface SnapLengthChoice {
  readonly keep: Keep;
  /** Bytes as they are typed. */
  readonly custom: string;
}

export const WHOLE_PACKETS: SnapLengthChoice = { keep: 'whole', custom: '256' };
/** Enough for the headers of nearly all packets, and little of what they carry. */
const HEADERS = 128;
const MAX_SNAP_LENGTH = 262_144;

export function choiceOf(snapLength: Bytes | null): SnapLengthChoice {
  if (snapLength === null) return WHOLE_PACKETS;
  return { keep: snapLength === HEADERS ? 'headers' : 'custom', custom: String(snapLength) };
}

/** null: all of it. */
export function snapLengthOf({ keep, custom }: SnapLengthChoice): Bytes | null | 'wrong' {
  if (keep === 'whole') return null;
  if (keep === 'headers') return HEADERS;
  const bytes = Number(custom.replaceAll(/[,\s]/g, ''));
  return Number.isSafeInteger(bytes) && bytes >= 1 && bytes <= MAX_SNAP_LENGTH ? bytes : 'wrong';
}
