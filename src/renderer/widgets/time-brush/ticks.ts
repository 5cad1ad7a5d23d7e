const SECOND = 1e9;
const BELOW_A_SECOND = [-9, -8, -7, -6, -5, -4, -3, -2, -1].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)));
const FROM_A_SECOND = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000,
];
/** Lengths of time in seconds that people call round, from a nanosecond to a year. */
export const ROUND_SECONDS: readonly number[] = [...BELOW_A_SECOND, ...FROM_A_SECOND];

/** Room that a label needs, px: without digits after the second, and for each of them. Those at the ends say the date as well. */
const LABEL_PX = 80;
const END_LABEL_PX = 160;
const DIGIT_PX = 7;
const GAP_PX = 30;
/** More are never asked for by a step that fits; times are a file's claim. */
const MAX_TICKS = 64;

export interface TickScale {
  /** Between ticks, ns. */
  readonly step: number;
  /** Digits after the second that tell the ticks apart. */
  readonly decimals: number;
  readonly at: readonly number[];
}

/** What the ends need that have labels of their own. */
const endRoom = (decimals: number): number => END_LABEL_PX + 1.5 * decimals * DIGIT_PX;

/** Round times between from and to, as many as there is room for; none nearer to the ends than `room` px. */
export function tickTimes(from: number, to: number, startSecond: number, width: number, offsetSeconds: number, room = endRoom): TickScale {
  const span = to - from;
  const seconds = stepFor(span, width);
  const step = seconds * SECOND;
  const decimals = decimalsOf(seconds);
  // Steps of minutes and more begin at round local times, not at the session's start.
  const base = seconds >= 1 ? ((startSecond + offsetSeconds) % seconds) * SECOND : 0;
  const margin = (span * room(decimals)) / Math.max(1, width);
  const at: number[] = [];
  const first = Math.ceil((from + base) / step) * step - base;
  // Centuries from the start a step of nanoseconds is lost in rounding: a time that does not move on is the last.
  for (let time = first, last = Number.NEGATIVE_INFINITY; time < to && time > last && at.length < MAX_TICKS; last = time, time += step) {
    if (time - from > margin && to - time > margin) at.push(time);
  }
  return { step, decimals, at };
}

/** The smallest round step, seconds, whose labels do not touch. */
function stepFor(span: number, width: number): number {
  const fits = (seconds: number): boolean => (span / (seconds * SECOND)) * (LABEL_PX + decimalsOf(seconds) * DIGIT_PX + GAP_PX) <= width;
  return ROUND_SECONDS.find(fits) ?? ROUND_SECONDS.at(-1) ?? 1;
}

const decimalsOf = (seconds: number): number => (seconds >= 1 ? 0 : Math.min(9, Math.ceil(-Math.log10(seconds) - 1e-9)));
