import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BUCKETS, TimeSeries } from '../../../../src/engine/stats/time-series';

const MILLISECOND = 1e6;
const YEAR = 365 * 86_400 * 1e9;

function filled(times: readonly number[]): TimeSeries {
  const series = new TimeSeries(1);
  for (const time of times) {
    const at = series.at(time);
    series.values[at] = (series.values[at] ?? 0) + 1;
  }
  return series;
}

describe('time series', () => {
  it('begins with milliseconds', () => {
    const series = filled([5.2, 5.9, 7.1].map((ms) => ms * MILLISECOND));
    expect([series.origin, series.width, series.channel(0)]).toEqual([5 * MILLISECOND, MILLISECOND, [2, 0, 1]]);
  });

  it('doubles the width when the range outgrows it, in either direction', () => {
    expect(filled([0, 511 * MILLISECOND]).width).toBe(MILLISECOND);
    expect(filled([0, 512 * MILLISECOND]).width).toBe(2 * MILLISECOND);
    const back = filled([0, -512 * MILLISECOND]);
    expect([back.width, back.origin, back.count]).toEqual([2 * MILLISECOND, -512 * MILLISECOND, 257]);
  });

  it('puts every time where it belongs, whatever the order and the distance', () => {
    const time = fc.oneof(
      fc.integer({ min: -1000, max: 1000 }).map((ms) => ms * MILLISECOND),
      fc.integer({ min: -60, max: 60 }).map((years) => years * YEAR),
      fc.tuple(fc.integer(), fc.integer({ min: 0, max: 999_999_999 })).map(([seconds, ns]) => seconds * 1e9 + ns),
    );
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 200 }), (times) => {
        const series = filled(times);
        expect(series.count).toBeLessThanOrEqual(MAX_BUCKETS);
        const expected = new Array<number>(series.count).fill(0);
        for (const t of times) {
          const bucket = Math.floor(t / series.width) - Math.round(series.origin / series.width);
          expected[bucket] = (expected[bucket] ?? 0) + 1;
        }
        expect(series.channel(0)).toEqual(expected);
      }),
    );
  });
});
