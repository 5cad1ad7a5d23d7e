const SECOND = 1e9;
const STEPS_S = [
  1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400, 172_800, 604_800, 2_592_000, 31_536_000,
];

/** Room that one label needs, px, and that those at the ends need, which also say the date. */
const LABEL_PX = 110;
const END_LABEL_PX = 165;

export interface TickScale {
  /** Between ticks, ns. */
  readonly step: number;
  readonly at: readonly number[];
}

/** Round times between from and to, as many as there is room for; the ends have labels of their own and keep free of others. */
export function tickTimes(from: number, to: number, startSecond: number, width: number, offsetSeconds: number): TickScale {
  const span = to - from;
  const room = Math.max(1, Math.floor(width / LABEL_PX));
  const seconds = STEPS_S.find((step) => span / (step * SECOND) <= room) ?? span / SECOND / room;
  const step = seconds * SECOND;
  // Steps of minutes and more begin at round local times, not at the session's start.
  const base = seconds >= 1 ? ((startSecond + offsetSeconds) % seconds) * SECOND : 0;
  const margin = (span * END_LABEL_PX) / Math.max(1, width);
  const at: number[] = [];
  for (let time = Math.ceil((from + base) / step) * step - base; time < to && at.length <= room; time += step) {
    if (time - from > margin && to - time > margin) at.push(time);
  }
  return { step, at };
}
