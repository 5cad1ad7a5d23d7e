import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangesOf, rangesText } from '../../../../src/engine/annotations/row-ranges';

describe('rows of a chunk as text', () => {
  it('names neighbours by their first and last', () => {
    expect(rangesText([5, 7, 8, 9, 65_535])).toBe('5,7-9,65535');
    expect(rangesText([])).toBe('');
  });

  it('of any rows gives them back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 65_535 })), (rows) => {
        const sorted = [...rows].sort((a, b) => a - b);
        expect([...rangesOf(rangesText(sorted), 65_536)]).toEqual(sorted);
      }),
    );
  });

  it('of any text gives rising rows below the limit', () => {
    expect([...rangesOf('3-1,5,4-6,,x,-2,99999,1e3, 7', 10)]).toEqual([5, 6]);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '7', '-', ',', 'x', ' ') }), (text) => {
        const rows = [...rangesOf(text, 100)];
        expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
        expect(rows.every((row) => row < 100)).toBe(true);
      }),
    );
  });
});
