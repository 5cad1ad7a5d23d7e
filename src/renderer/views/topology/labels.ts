export interface LabelBox {
  readonly id: string;
  /** Middle of its upper edge, in pixels of the screen. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Of labels so high those that do not cover each other; the first ones have the choice. */
export function fittingLabels(boxes: readonly LabelBox[], height: number): Set<string> {
  const placed: LabelBox[] = [];
  for (const box of boxes) {
    const covers = placed.some((other) => Math.abs(other.y - box.y) < height && Math.abs(other.x - box.x) < (other.width + box.width) / 2);
    if (!covers) placed.push(box);
  }
  return new Set(placed.map(({ id }) => id));
}
