import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueTicks } from '../../../../src/renderer/widgets/charts/value-ticks';

describe('ticks of a value axis', () => {
  it('are round', () => {
    expect(valueTicks(8.87e6)).toEqual([0, 2.5e6, 5e6, 7.5e6, 10e6]);
    expect(valueTicks(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(valueTicks(2.13e6)).toEqual([0, 1e6, 2e6, 3e6]);
  });

  it('begin at 0 even where there is nothing to show', () => {
    expect([0, Number.NaN, Number.POSITIVE_INFINITY].map((greatest) => valueTicks(greatest))).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it('hold the greatest value, in few steps, and leave little empty above it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (greatest) => {
        const ticks = valueTicks(greatest);
        const top = ticks.at(-1) ?? 0;
        expect(top).toBeGreaterThanOrEqual(greatest * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(greatest).toBeGreaterThanOrEqual(0.45 * top);
      }),
    );
  });
});
