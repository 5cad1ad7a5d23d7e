import type { MapPlace } from '../../../shared/contract/map';
import { mercator } from './great-circle';
import type { Shade } from './map-store';
import { bytesOf } from './shades';

/** Side of a cell, px: finer is not seen in what is blurred. */
export const HEAT_CELL = 4;
/** How far a place is felt, px. */
export const HEAT_RADIUS = 36;

/** How hot each cell of a picture is. */
export interface HeatField {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, in the unit of the weights. */
  readonly values: Float32Array;
  /** The greatest of them. */
  readonly most: number;
}

export interface HeatPoint {
  /** Px from the picture's left upper corner. */
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

export const heatWeight = (place: Pick<MapPlace, 'alerts' | 'bytesSent' | 'bytesReceived' | 'flows' | 'packets'>, shade: Shade): number =>
  shade === 'bytes' ? bytesOf(place) : place[shade];

/** Places as points of a picture of the map's square of `size` px, whose corner lies at `left`, `top`. */
export function heatPoints(
  places: readonly MapPlace[],
  shade: Shade,
  { size, left, top }: { readonly size: number; readonly left: number; readonly top: number },
): HeatPoint[] {
  return places.map((place) => {
    const [x, y] = mercator(place);
    return { x: x * size - left, y: y * size - top, weight: heatWeight(place, shade) };
  });
}

/**
 * The sum of all weights around each cell: whole where a place is, less with the distance, none from `HEAT_RADIUS` on (the biweight kernel).
 * Takes 4 bytes a cell and about 250 steps a point in sight.
 */
export function heatField(points: readonly HeatPoint[], width: number, height: number): HeatField {
  const columns = Math.max(1, Math.ceil(width / HEAT_CELL));
  const rows = Math.max(1, Math.ceil(height / HEAT_CELL));
  const values = new Float32Array(columns * rows);
  const reach = HEAT_RADIUS / HEAT_CELL;
  for (const { x, y, weight } of points) {
    if (!(weight > 0)) continue;
    // Centres of cells are at half numbers; a place takes the nearest one as its own, so that it is hot in full.
    const column = Math.floor(x / HEAT_CELL);
    const row = Math.floor(y / HEAT_CELL);
    const toRow = Math.min(rows - 1, row + reach);
    const toColumn = Math.min(columns - 1, column + reach);
    for (let atRow = Math.max(0, row - reach); atRow <= toRow; atRow++) {
      for (let atColumn = Math.max(0, column - reach); atColumn <= toColumn; atColumn++) {
        const share = 1 - ((atRow - row) ** 2 + (atColumn - column) ** 2) / reach ** 2;
        if (share > 0) values[atRow * columns + atColumn] = (values[atRow * columns + atColumn] ?? 0) + weight * share ** 2;
      }
    }
  }
  return { columns, rows, values, most: values.reduce((most, value) => Math.max(most, value), 0) };
}

/** How far up the scale a value stands, 0 to 1. By the root: one place has a hundred times what another has. */
export const heatShare = (value: number, most: number): number => (most > 0 ? Math.sqrt(Math.max(0, value) / most) : 0);

/** The value that stands there: the other way round. */
export const heatValue = (share: number, most: number): number => share ** 2 * most;

/** Red, green, blue and alpha for each of `steps` shares of the scale, from colours '#rrggbb', the coolest first; what is not warm is clear. */
export function heatColours(colors: readonly string[], steps: number): Uint8ClampedArray {
  const channel = (color: string, at: number): number => Number.parseInt(color.slice(1 + 2 * at, 3 + 2 * at), 16);
  const table = new Uint8ClampedArray(4 * steps);
  for (let step = 0; step < steps; step++) {
    const share = step / Math.max(1, steps - 1);
    const at = share * (colors.length - 1);
    const low = colors[Math.floor(at)] ?? '#000000';
    const high = colors[Math.min(colors.length - 1, Math.floor(at) + 1)] ?? low;
    for (let i = 0; i < 3; i++) table[4 * step + i] = channel(low, i) + (channel(high, i) - channel(low, i)) * (at % 1);
    table[4 * step + 3] = 255 * Math.min(MOST_OPAQUE, share * FADE);
  }
  return table;
}

const MOST_OPAQUE = 0.86;
/** The edge of what is warm fades within the first part of the scale. */
const FADE = 3;
