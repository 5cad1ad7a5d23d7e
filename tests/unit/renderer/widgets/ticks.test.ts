import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickTimes } from '../../../../src/renderer/widgets/time-brush/ticks';

const SECOND = 1e9;

describe('ticks of a time axis', () => {
  it('stand at round times of the day', () => {
    // The session starts at 22:13:20 UTC and is ten minutes long.
    const { at, decimals } = tickTimes(0, 600 * SECOND, 1_700_000_000, 1300, 0);
    expect(decimals).toBe(0);
    expect(at.map((time) => (1_700_000_000 + time / SECOND) % 60)).toEqual(at.map(() => 0));
    expect(at.length).toBeGreaterThan(4);
  });

  it('have as many digits as tell them apart', () => {
    expect(tickTimes(0, 0.2 * SECOND, 1_700_000_000, 1300, 0)).toMatchObject({ decimals: 2 });
    expect(tickTimes(0, 300, 1_700_000_000, 1300, 0).decimals).toBe(8);
  });

  it('are few and within their ends, whatever a file claims', () => {
    const times = fc.double({ min: -1e18, max: 1e19, noNaN: true });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 0, max: 5000 }), (a, b, width) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const { at } = tickTimes(from, to, 1_700_000_000, width, 3600);
        expect(at.length).toBeLessThanOrEqual(64);
        expect(at.every((time) => time > from && time < to)).toBe(true);
      }),
      // So far from the start that a step is lost in rounding.
      { examples: [[9_999_999_999_999_988_000, 9_999_999_999_999_996_000, 1300]] },
    );
  });
});
