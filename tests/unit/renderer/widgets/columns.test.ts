import { describe, expect, it } from 'vitest';
import { columnWidths, reordered } from '../../../../src/renderer/widgets/data-grid/column';

describe('column widths', () => {
  const columns = [
    { width: 100, minWidth: 50 },
    { width: 200, minWidth: 50, grows: true },
  ];

  it('give what is left to the column that grows', () => {
    expect(columnWidths(columns, 1000)).toEqual([100, 900]);
  });

  it('stay as they were set where there is no room to share', () => {
    expect(columnWidths(columns, 120)).toEqual([100, 200]);
    expect(columnWidths([{ width: 10, minWidth: 50 }], 500)).toEqual([50]);
  });
});

describe('moving a column', () => {
  it.each([
    ['c', 'a', 'c a b d'],
    ['a', 'd', 'b c a d'],
    ['a', null, 'b c d a'],
    ['b', 'b', 'a b c d'],
  ])('%s before %s', (moved, before, order) => {
    expect(reordered(['a', 'b', 'c', 'd'], moved, before).join(' ')).toBe(order);
  });
});
