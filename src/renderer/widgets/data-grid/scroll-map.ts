/**
 * Chromium clips elements at about 33,500,000 px, which 21 px rows reach at 1.6 million. Beyond this height, well below that limit, the
 * scrollbar's travel stands for the rows in proportion.
 */
export const MAX_SPACER_PX = 12_000_000;

export interface ScrollExtent {
  readonly count: number;
  readonly rowHeight: number;
  /** Height of the visible part, px. */
  readonly view: number;
}

/** Height of the element that gives the scrollbar its range, px. */
export const spacerHeight = ({ count, rowHeight }: ScrollExtent): number => Math.min(count * rowHeight, MAX_SPACER_PX);

/** Greatest `top`: px from the first row to the top of the view, whatever the number of rows. */
export const maxTop = ({ count, rowHeight, view }: ScrollExtent): number => Math.max(0, count * rowHeight - view);

const maxScroll = (extent: ScrollExtent): number => Math.max(0, spacerHeight(extent) - extent.view);

export const clampTop = (extent: ScrollExtent, top: number): number => Math.min(Math.max(0, top), maxTop(extent));

/** Where the scrollbar stands for this `top`. */
export function scrollOf(extent: ScrollExtent, top: number): number {
  const most = maxTop(extent);
  return most === 0 ? 0 : (top / most) * maxScroll(extent);
}

/** The `top` that a scrollbar position stands for. */
export function topOf(extent: ScrollExtent, scroll: number): number {
  const most = maxScroll(extent);
  return most === 0 ? 0 : clampTop(extent, (scroll / most) * maxTop(extent));
}

/** The nearest `top` that shows the whole row. `margin` rows are kept above and below it where there is room. */
export function topToShow(extent: ScrollExtent, top: number, position: number, margin = 0): number {
  const { rowHeight, view } = extent;
  const room = Math.max(0, Math.min(margin * rowHeight, (view - rowHeight) / 2));
  const start = position * rowHeight;
  if (start - room < top) return clampTop(extent, start - room);
  if (start + rowHeight + room > top + view) return clampTop(extent, start + rowHeight + room - view);
  return top;
}
