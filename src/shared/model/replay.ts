export const REPLAY_SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 25, 50, 100] as const;

/** Times the capture's own pace; null: as fast as it can be read. */
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number] | null;
