export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Between a node and those that came to it, in pixels. */
const DISTANCE = 90;
/** Golden angle: points that follow each other are never on one line. */
const ANGLE = Math.PI * (3 - Math.sqrt(5));

/** A place for the nth new node: around the neighbour that it says most to, farther out with each turn; without one, below everything. */
export function placeNew(neighbour: Point | null, n: number, bottom: Point): Point {
  const around = neighbour ?? { x: bottom.x, y: bottom.y + 2 * DISTANCE };
  const radius = DISTANCE * Math.sqrt(1 + n / 6);
  return { x: around.x + radius * Math.cos(n * ANGLE), y: around.y + radius * Math.sin(n * ANGLE) };
}
