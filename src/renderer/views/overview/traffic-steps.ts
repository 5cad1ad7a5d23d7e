import type { SeriesSnapshot } from '../../../shared/model/records';
import type { Nanoseconds } from '../../../shared/model/units';
import type { AreaStep } from '../../widgets/charts/StackedArea';

const SECOND = 1e9;
/** Steps of the chart: more are finer than a screen shows. */
export const MAX_STEPS = 300;

export interface Traffic {
  /** Of each step, ns. */
  readonly width: Nanoseconds;
  /** Values are bits/s, in the order of `series.families`. */
  readonly steps: readonly AreaStep[];
}

/** The series in at most `maxSteps` steps: as many buckets as that takes become one. */
export function trafficSteps(series: SeriesSnapshot, maxSteps = MAX_STEPS): Traffic {
  const count = series.bytes.length;
  const merged = Math.max(1, Math.ceil(count / maxSteps));
  const steps: AreaStep[] = [];
  for (let first = 0; first < count; first += merged) {
    const end = Math.min(count, first + merged);
    const seconds = ((end - first) * series.width) / SECOND;
    steps.push({
      from: series.from + first * series.width,
      to: series.from + end * series.width,
      values: series.families.map(({ bytes }) => (8 * sum(bytes, first, end)) / seconds),
    });
  }
  return { width: merged * series.width, steps };
}

export interface Peak {
  readonly packetsPerSecond: number;
  readonly bitsPerSecond: number;
  /** Over which the greatest mean was taken, ns: a second, or a bucket where that is longer. */
  readonly width: Nanoseconds;
}

/** The greatest means of any second or bucket; null where the series is not longer than that. */
export function peakOf(series: SeriesSnapshot): Peak | null {
  const merged = Math.max(1, Math.round(SECOND / series.width));
  const width = merged * series.width;
  if (series.packets.length <= merged) return null;
  const greatest = (amounts: readonly number[]): number => {
    let most = 0;
    for (let first = 0; first < amounts.length; first += merged) most = Math.max(most, sum(amounts, first, first + merged));
    return most / (width / SECOND);
  };
  return { packetsPerSecond: greatest(series.packets), bitsPerSecond: 8 * greatest(series.bytes), width };
}

function sum(values: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index++) total += values[index] ?? 0;
  return total;
}
