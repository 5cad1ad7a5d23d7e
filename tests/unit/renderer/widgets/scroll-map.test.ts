import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clampTop,
  MAX_SPACER_PX,
  maxTop,
  type ScrollExtent,
  scrollOf,
  spacerHeight,
  topOf,
  topToShow,
} from '../../../../src/renderer/widgets/data-grid/scroll-map';

const extents = fc.record({
  count: fc.integer({ min: 0, max: 20_000_000 }),
  rowHeight: fc.constant(21),
  view: fc.integer({ min: 21, max: 3000 }),
});
const withTop = extents.chain((extent) => fc.record({ extent: fc.constant(extent), share: fc.double({ min: 0, max: 1, noNaN: true }) }));

describe('the scrollbar of a long list', () => {
  it('never asks for an element that Chromium would clip', () => {
    fc.assert(fc.property(extents, (extent) => spacerHeight(extent) <= MAX_SPACER_PX));
  });

  it('stands for the rows one to one while they fit', () => {
    const extent: ScrollExtent = { count: 1000, rowHeight: 21, view: 500 };
    expect(scrollOf(extent, 777)).toBe(777);
    expect(topOf(extent, 777)).toBe(777);
  });

  it('reaches the first and the last row of any list', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        expect(topOf(extent, 0)).toBe(0);
        expect(topOf(extent, spacerHeight(extent) - extent.view)).toBeCloseTo(maxTop(extent), 3);
      }),
    );
  });

  it('comes back to where it was from where the bar stands', () => {
    fc.assert(
      fc.property(withTop, ({ extent, share }) => {
        const top = share * maxTop(extent);
        expect(Math.abs(topOf(extent, scrollOf(extent, top)) - top)).toBeLessThan(0.01);
      }),
    );
  });

  it('shows a row with the least movement, and not at all where it is in view', () => {
    const extent: ScrollExtent = { count: 10_000_000, rowHeight: 21, view: 210 };
    expect(topToShow(extent, 2100, 105)).toBe(2100);
    expect(topToShow(extent, 2100, 110)).toBe(2121);
    expect(topToShow(extent, 2100, 99)).toBe(2079);
    expect(topToShow(extent, 0, 9_999_999)).toBe(maxTop(extent));
    fc.assert(
      fc.property(
        withTop,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 0, max: 8 }),
        ({ extent, share }, at, margin) => {
          if (extent.count === 0) return;
          const position = Math.floor(at * extent.count);
          const top = topToShow(extent, clampTop(extent, share * maxTop(extent)), position, margin);
          expect(top).toBeLessThanOrEqual(position * 21);
          expect(top + extent.view).toBeGreaterThanOrEqual((position + 1) * 21);
        },
      ),
    );
  });
});
