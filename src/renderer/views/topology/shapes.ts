import type { NodeRole } from '../../../shared/contract/topology';

/** Outlines by role. Names are Cytoscape's. */
export const SHAPES = {
  ours: 'star',
  server: 'round-rectangle',
  client: 'ellipse',
  router: 'diamond',
  multicast: 'triangle',
  group: 'hexagon',
} as const satisfies Record<NodeRole, string>;

export type Shape = (typeof SHAPES)[NodeRole];

/** Corners in a box from -1 to 1. */
const CORNERS: Readonly<Record<Exclude<Shape, 'ellipse' | 'round-rectangle'>, readonly (readonly [number, number])[]>> = {
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  triangle: [
    [0, -1],
    [1, 1],
    [-1, 1],
  ],
  hexagon: [
    [-0.5, -1],
    [0.5, -1],
    [1, 0],
    [0.5, 1],
    [-0.5, 1],
    [-1, 0],
  ],
  star: Array.from({ length: 10 }, (_, i) => {
    const angle = (Math.PI * i) / 5 - Math.PI / 2;
    const radius = i % 2 === 0 ? 1 : 0.5;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  }),
};

/** Farther out no drawing goes, in pixels. */
const FARTHEST = 1e6;

/** A coordinate of a drawing, two decimals; 0 for what is none. */
export const coordinate = (value: number): string =>
  String(Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, Number.isNaN(value) ? 0 : value)) * 100) / 100);

/** The `d` of an SVG path: the shape around a point, so many pixels wide and high. */
export function shapePath(shape: Shape, x: number, y: number, size: number): string {
  const r = size / 2;
  const at = (dx: number, dy: number): string => `${coordinate(x + dx * r)} ${coordinate(y + dy * r)}`;
  if (shape === 'ellipse') {
    return `M${at(-1, 0)}A${coordinate(r)} ${coordinate(r)} 0 1 1 ${at(1, 0)}A${coordinate(r)} ${coordinate(r)} 0 1 1 ${at(-1, 0)}Z`;
  }
  if (shape === 'round-rectangle') {
    const c = 0.7;
    const corner = (dx: number, dy: number): string => `A${coordinate(0.3 * r)} ${coordinate(0.3 * r)} 0 0 1 ${at(dx, dy)}`;
    return `M${at(-c, -1)}L${at(c, -1)}${corner(1, -c)}L${at(1, c)}${corner(c, 1)}L${at(-c, 1)}${corner(-1, c)}L${at(-1, -c)}${corner(-c, -1)}Z`;
  }
  return `M${CORNERS[shape].map(([dx, dy]) => at(dx, dy)).join('L')}Z`;
}
