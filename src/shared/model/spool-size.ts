import type { Bytes } from './units';

/** Packets of a live session that are kept on disk; beyond it the oldest go first. */
export const DEFAULT_SPOOL_LIMIT: Bytes = 4_000_000_000;
/** Room for half a minute of a busy line; more than most disks have. The columns keep the newest 8,000,000 packets whatever it is. */
export const SPOOL_LIMIT_BYTES = { min: 100_000_000, max: 1_000_000_000_000 } as const;
