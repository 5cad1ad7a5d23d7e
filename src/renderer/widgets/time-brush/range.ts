/** From and to, in the unit of the session's times. */
export interface BrushRange {
  readonly from: number;
  readonly to: number;
}

/** Shares of the whole that a key moves by, without and with Shift. */
export const KEY_STEP = 0.005;
export const KEY_LEAP = 0.05;
