import type { Bytes } from '../../../shared/model/units';

/** Bars of the histogram: RITA's hours of a day, fewer where they would hold too little to tell even from uneven. */
const MAX_BARS = 24;
const MIN_BARS = 6;
const CONNECTIONS_A_BAR = 3;
/** Bars that have to hold anything before two heights are looked for; a bar as a part of the highest one that counts as its equal; one bar may stand out. */
const MIN_BIMODAL_BARS = 11;
const MODE_SENSITIVITY = 0.05;
const OUTLIERS = 1;
/** Bowley's skewness means nothing where the quartiles are closer together than this: bytes; a part of the median interval. */
const MIN_SIZE_SPREAD: Bytes = 10;
const MIN_TIME_SPREAD = 0.1;
/** Connections that begin closer together belong to one visit, seconds. */
const SAME_VISIT = 0.05;

export interface BeaconScore {
  /** 0..1, the mean of the four. */
  readonly total: number;
  readonly timing: number;
  readonly size: number;
  readonly duration: number;
  readonly histogram: number;
  /** Median, seconds. */
  readonly interval: number;
  /** Median absolute deviation of the intervals, seconds. */
  readonly jitter: number;
}

/** Nobody looked, from one second to another. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

/**
 * How much like a machine's regular call these connections are, after RITA v5 (github.com/activecm/rita): timing and size by Bowley's
 * skewness and the median absolute deviation over the median, a histogram by its coefficient of variation or its fit to two
 * heights, and how much of the time is covered; a quarter each. Times are kept to the nanosecond, where RITA takes whole seconds.
 *
 * RITA divides a day into hours and asks how much of the day the connections cover. A capture may be minutes long, and an alert cannot wait
 * for the day's end. So 6 to 24 bars divide the connections' own time, and coverage is that time as a part of `reference` seconds, see the
 * rule. RITA's other measure of duration, the longest run of filled bars, says nothing where the bars are made to fit.
 *
 * `begun`: seconds, rising. `sizes`: payload bytes that the originator sent, in any order; none yet: the connections are still open, and
 * size counts nothing. `pauses`, rising: an interval across one is none, and the time of all is taken out.
 */
export function beaconScore(
  begun: readonly number[],
  sizes: readonly Bytes[],
  reference: number,
  pauses: readonly Pause[] = [],
): BeaconScore {
  const times: number[] = [];
  const intervals: number[] = [];
  let paused = 0;
  let next = 0;
  for (const [i, time] of begun.entries()) {
    const before = next;
    for (let pause = pauses[next]; pause !== undefined && pause.from < time; pause = pauses[++next]) paused += pause.to - pause.from;
    const interval = time - paused - (times[i - 1] ?? Number.POSITIVE_INFINITY);
    if (interval > SAME_VISIT && next === before) intervals.push(interval);
    times.push(time - paused);
  }
  intervals.sort(ascending);
  const sortedSizes = [...sizes].sort(ascending);
  const interval = median(intervals);
  const jitter = deviationFromMedian(intervals, interval);
  const timing = intervals.length < 3 ? 0 : regularity(intervals, interval * MIN_TIME_SPREAD, 1);
  const size = sortedSizes.length < 3 ? 0 : regularity(sortedSizes, MIN_SIZE_SPREAD, 0);
  const bars = histogramOf(times);
  const filled = bars.filter((height) => height > 0).length;
  const histogram = Math.max(evenness(bars), twoHeights(bars, filled));
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const duration = filled < MIN_BARS / 2 ? 0 : Math.min(1, span / reference);
  return { total: (timing + size + duration + histogram) / 4, timing, size, duration, histogram, interval, jitter };
}

const ascending = (a: number, b: number): number => a - b;

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const deviationFromMedian = (sorted: readonly number[], of: number): number =>
  median(sorted.map((value) => Math.abs(value - of)).sort(ascending));

/** 1: symmetric and without spread. `missing`: what the deviation scores where the median is 0. */
function regularity(sorted: readonly number[], minSpread: number, missing: number): number {
  const half = sorted.length >> 1;
  const low = median(sorted.slice(0, half));
  const middle = median(sorted);
  const high = median(sorted.slice(sorted.length - half));
  const spread = high - low;
  const isSkewKnown = spread > 0 && spread >= minSpread && middle !== low && middle !== high;
  const skew = isSkewKnown ? (low + high - 2 * middle) / spread : 0;
  const steadiness = middle > 0 ? Math.max(0, (middle - deviationFromMedian(sorted, middle)) / middle) : missing;
  return (1 - Math.abs(skew) + steadiness) / 2;
}

function histogramOf(times: readonly number[]): number[] {
  const count = Math.min(MAX_BARS, Math.max(MIN_BARS, Math.floor(times.length / CONNECTIONS_A_BAR)));
  const bars = new Array<number>(count).fill(0);
  const start = times[0] ?? 0;
  const width = ((times.at(-1) ?? 0) - start) / count;
  for (const time of times) {
    const at = width > 0 ? Math.min(count - 1, Math.floor((time - start) / width)) : 0;
    bars[at] = (bars[at] ?? 0) + 1;
  }
  return bars;
}

/** 1 less the coefficient of variation. */
function evenness(bars: readonly number[]): number {
  const mean = bars.reduce((sum, height) => sum + height, 0) / bars.length;
  if (mean === 0) return 0;
  const variance = bars.reduce((sum, height) => sum + (height - mean) ** 2, 0) / bars.length;
  return Math.max(0, 1 - Math.sqrt(variance) / mean);
}

/** Part of the filled bars that have one of the two commonest heights; low bars have few heights to choose from. */
function twoHeights(bars: readonly number[], filled: number): number {
  if (bars.length < MAX_BARS || filled < MIN_BIMODAL_BARS) return 0;
  const step = Math.max(1, Math.ceil(Math.max(...bars) * MODE_SENSITIVITY));
  const counts = new Map<number, number>();
  for (const height of bars) {
    if (height === 0) continue;
    const kind = Math.floor(height / step);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [first = 0, second = 0] = [...counts.values()].sort((a, b) => b - a);
  return Math.min(1, (first + second) / Math.max(1, filled - OUTLIERS));
}
