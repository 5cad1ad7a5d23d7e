import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortInTurns } from '../../../../src/engine/view/sort-in-turns';

const never = new AbortController().signal;

describe('a sort that lets others run', () => {
  it('puts as many as there are into order, equal ones as they came', async () => {
    const seeds = fc.record({ count: fc.integer({ min: 0, max: 30_000 }), values: fc.integer({ min: 1, max: 1000 }), seed: fc.integer() });
    await fc.assert(
      fc.asyncProperty(seeds, async ({ count, values, seed }) => {
        const keys = Array.from({ length: count }, (_, index) => Math.abs((index * 2_654_435_761 + seed) % values));
        const compare = (a: number, b: number): number => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b;
        const expected = Array.from({ length: count }, (_, index) => index).sort(compare);
        expect(Array.from(await sortInTurns(count, compare, never))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('ends early when nobody waits for it any more', async () => {
    const abort = new AbortController();
    let compared = 0;
    abort.abort();
    await sortInTurns(
      1_000_000,
      (a, b) => {
        compared++;
        return b - a;
      },
      abort.signal,
    );
    expect(compared).toBe(0);
  });
});
