import type L from 'leaflet';

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

export const showWhole = (map: L.Map): void => void map.fitBounds(PEOPLED, { animate: false });
