export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const STEPS: Readonly<Record<Direction, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
/** Being off the line costs so many times as much as being farther along it. */
const ASIDE = 2;

/** The node that the arrow key leads to: in the quarter that it points at, the nearest, those close to its line first. Null where none is. */
export function nearest(nodes: readonly Placed[], from: Placed, direction: Direction): string | null {
  const [dx, dy] = STEPS[direction];
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { id, x, y } of nodes) {
    if (id === from.id) continue;
    const along = (x - from.x) * dx + (y - from.y) * dy;
    const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
    if (along <= 0 || aside > along) continue;
    const cost = along + ASIDE * aside;
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}
