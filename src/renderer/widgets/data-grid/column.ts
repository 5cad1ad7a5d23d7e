export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly minWidth: number;
  readonly align?: 'right';
  /** Takes the width that the others leave, but never less than `width`. */
  readonly grows?: boolean;
  text(row: Row): string;
  /** A CSS colour of this cell's text; null for the row's own. */
  color?(row: Row): string | null;
  /** What hovering says beyond the cell's text. */
  hint?(row: Row): string;
}

export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** Widths in px, in order; columns that grow share what is left of `available`. */
export function columnWidths(columns: readonly Pick<GridColumn<never>, 'width' | 'minWidth' | 'grows'>[], available: number): number[] {
  const widths = columns.map(({ width, minWidth }) => Math.max(width, minWidth));
  const left = available - widths.reduce((sum, width) => sum + width, 0);
  const growing = columns.filter((column) => column.grows).length;
  if (left <= 0 || growing === 0) return widths;
  return widths.map((width, index) => (columns[index]?.grows ? width + left / growing : width));
}

/** Order after column `moved` was put before column `before` (null: at the end). */
export function reordered(ids: readonly string[], moved: string, before: string | null): string[] {
  if (moved === before) return [...ids];
  const others = ids.filter((id) => id !== moved);
  const at = before === null ? others.length : others.indexOf(before);
  return [...others.slice(0, at), moved, ...others.slice(at)];
}
