import type { Coordinates } from '../../../shared/contract/map';

/** Beyond this Mercator's map ends (EPSG:3857). */
const MAX_LATITUDE = 85.0511;
const RADIANS = Math.PI / 180;
/** Pieces of an arc; at 48 none is seen as a corner. */
export const ARC_PIECES = 48;

/** Of the map's square: x and y from 0 to 1, from the north-west corner. Spherical Mercator, EPSG:3857. */
export function mercator({ latitude, longitude }: Coordinates): readonly [number, number] {
  const limited = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)) * RADIANS;
  return [(longitude + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + limited / 2)) / (2 * Math.PI)];
}

/**
 * The shortest way over the globe as `ARC_PIECES` + 1 points x, y of the map's square. A way that leaves the map at one side comes in at the
 * other: there x jumps by nearly 1. Opposite points have no single shortest way; one of them is taken.
 */
export function greatCircle(from: Coordinates, to: Coordinates): Float32Array {
  const [x1, y1, z1] = onSphere(from);
  const [x2, y2, z2] = onSphere(to);
  const angle = Math.acos(Math.max(-1, Math.min(1, x1 * x2 + y1 * y2 + z1 * z2)));
  const points = new Float32Array(2 * (ARC_PIECES + 1));
  for (let i = 0; i <= ARC_PIECES; i++) {
    const share = i / ARC_PIECES;
    // Of nearly equal or opposite points the division has no meaning; between equal ones a straight line is right.
    const sine = Math.sin(angle);
    const a = sine < 1e-6 ? 1 - share : Math.sin((1 - share) * angle) / sine;
    const b = sine < 1e-6 ? share : Math.sin(share * angle) / sine;
    const [x, y, z] = [a * x1 + b * x2, a * y1 + b * y2, a * z1 + b * z2];
    const latitude = Math.atan2(z, Math.hypot(x, y)) / RADIANS;
    const [mapX, mapY] = mercator({ latitude, longitude: Math.atan2(y, x) / RADIANS });
    points[2 * i] = mapX;
    points[2 * i + 1] = mapY;
  }
  return points;
}

function onSphere({ latitude, longitude }: Coordinates): readonly [number, number, number] {
  const [phi, lambda] = [latitude * RADIANS, longitude * RADIANS];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}
