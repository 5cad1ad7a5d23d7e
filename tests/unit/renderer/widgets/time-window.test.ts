import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moved, played, usualLength, windowAt, windowLengths } from '../../../../src/renderer/widgets/time-slider/window';

const S = 1e9;
const HOUR = { from: 0, to: 3600 * S };

describe('the time slider’s windows', () => {
  it('have round lengths that suit the session', () => {
    expect(windowLengths(3600 * S).map((length) => length / S)).toEqual([15, 30, 60, 120, 300, 600, 900, 1800]);
    expect(usualLength(3600 * S) / S).toBe(120);
    expect(usualLength(4 * S) / S).toBe(0.2);
    expect(windowLengths(0)).toEqual([]);
  });

  it('offer something for any session that has a length', () => {
    fc.assert(
      fc.property(fc.double({ min: 10, max: 1e18, noNaN: true }), (span) => {
        const lengths = windowLengths(span);
        expect(lengths.length).toBeGreaterThan(0);
        expect(lengths.length).toBeLessThanOrEqual(8);
        expect(lengths).toEqual([...new Set(lengths)].sort((a, b) => a - b));
        expect(lengths).toContain(usualLength(span));
      }),
    );
  });

  it('stay within the session and keep their length', () => {
    expect(windowAt(HOUR, -5 * S, 60 * S)).toEqual({ from: 0, to: 60 * S });
    expect(windowAt(HOUR, 3590 * S, 60 * S)).toEqual({ from: 3540 * S, to: 3600 * S });
    // Longer than the session: all of it.
    expect(windowAt({ from: 5, to: 10 }, 7, 100)).toEqual({ from: 5, to: 10 });
  });

  it('move until they are at an end', () => {
    expect(moved(HOUR, { from: 0, to: 60 * S }, -60 * S)).toBeNull();
    expect(moved(HOUR, { from: 30 * S, to: 90 * S }, -60 * S)).toEqual({ from: 0, to: 60 * S });
    expect(moved(HOUR, { from: 3540 * S, to: 3600 * S }, 60 * S)).toBeNull();
  });

  it('pass over nothing while they play, however late the last one was shown, and come to the end', () => {
    const elapsed = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(fc.array(elapsed, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 1800 }), (times, length) => {
        let window = windowAt(HOUR, 0, length * S);
        for (const time of times) {
          const next = played(HOUR, window, time, 60);
          if (next === null) break;
          expect(next.from).toBeGreaterThan(window.from);
          expect(next.from).toBeLessThanOrEqual(window.to);
          window = next;
        }
        while (window.to < HOUR.to) window = played(HOUR, window, 60_000, 60) ?? { from: 0, to: Number.POSITIVE_INFINITY };
        expect(window).toEqual({ from: HOUR.to - length * S, to: HOUR.to });
      }),
    );
  });
});
