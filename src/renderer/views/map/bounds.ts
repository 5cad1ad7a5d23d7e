import type L from 'leaflet';
import type { Projection } from './draw-arcs';

/** What is seen at first: where people live. */
export const PEOPLED: L.LatLngBoundsExpression = [
  [-54, -168],
  [78, 178],
];
/** How far it can be moved. */
export const LIMITS: L.LatLngBoundsExpression = [
  [-78, -200],
  [85, 200],
];

/** Side of the world's square at zoom 0, px (EPSG:3857 in Leaflet). */
const WORLD = 256;

/** How the world's square lies on a canvas that covers the map. */
export function projectionOf(map: L.Map): Projection {
  const corner = map.getPixelBounds().min;
  return { size: WORLD * 2 ** map.getZoom(), left: corner?.x ?? 0, top: corner?.y ?? 0 };
}

export const showWhole = (map: L.Map): void => void map.fitBounds(PEOPLED, { animate: false });
