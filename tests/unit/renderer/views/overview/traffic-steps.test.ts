import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakOf, trafficSteps } from '../../../../../src/renderer/views/overview/traffic-steps';
import type { SeriesSnapshot } from '../../../../../src/shared/model/records';

const MS = 1_000_000;

/** Bytes of TCP and DNS, bucket by bucket; a packet has 100 bytes. */
function series(tcp: readonly number[], dns: readonly number[], width = 500 * MS): SeriesSnapshot {
  const bytes = tcp.map((value, index) => value + (dns[index] ?? 0));
  const families = [
    { name: 'tcp', bytes: tcp },
    { name: 'dns', bytes: dns },
  ];
  return { from: 0, width, packets: bytes.map((value) => value / 100), bytes, families };
}

describe('traffic over time', () => {
  it('is bits per second of each family', () => {
    const { width, steps } = trafficSteps(series([100, 0], [0, 300]));
    expect(width).toBe(500 * MS);
    expect(steps).toEqual([
      { from: 0, to: 500 * MS, values: [1600, 0] },
      { from: 500 * MS, to: 1000 * MS, values: [0, 4800] },
    ]);
  });

  it('becomes coarser rather than longer, the last step keeping its own length', () => {
    const { width, steps } = trafficSteps(series([100, 100, 100, 100, 100], [0, 0, 0, 0, 0]), 2);
    expect(width).toBe(1500 * MS);
    expect(steps).toEqual([
      { from: 0, to: 1500 * MS, values: [1600, 0] },
      { from: 1500 * MS, to: 2500 * MS, values: [1600, 0] },
    ]);
  });

  it('loses no bit, however it is merged', () => {
    const amounts = fc.array(fc.nat(1e6), { minLength: 1, maxLength: 512 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 300 }), (bytes, maxSteps) => {
        const { steps } = trafficSteps(series(bytes, []), maxSteps);
        const bits = steps.reduce((sum, { from, to, values }) => sum + ((values[0] ?? 0) * (to - from)) / 1e9, 0);
        const expected = 8 * bytes.reduce((sum, value) => sum + value, 0);
        expect(steps.length).toBeLessThanOrEqual(maxSteps);
        expect(Math.abs(bits - expected)).toBeLessThanOrEqual(1e-6 * expected);
      }),
    );
  });

  it('has its peak in a second where buckets are shorter', () => {
    expect(peakOf(series([100, 100, 500, 300, 0, 0], []))).toEqual({ packetsPerSecond: 8, bitsPerSecond: 6400, width: 1e9 });
  });

  it('has none in less than a second, and one of a bucket where buckets are longer', () => {
    expect(peakOf(series([100, 100], []))).toBeNull();
    expect(peakOf(series([], []))).toBeNull();
    expect(peakOf(series([1000, 200], [], 10e9))).toEqual({ packetsPerSecond: 1, bitsPerSecond: 800, width: 10e9 });
  });
});
