import L from 'leaflet';
import { useEffect, useMemo, useRef } from 'react';
import { useMap } from 'react-leaflet';
import type { Coordinates, MapHome, MapOwnPlace, MapPlace } from '../../../shared/contract/map';
import { type Cluster, Clusters } from './clusters';
import type { Hover } from './hover';
import type { MapColors } from './tones';

/** Radius of a marker with the fewest and the most bytes, px. */
const SMALLEST = 3.5;
const GREATEST = 17;

export const HOME_RADIUS = 6;
export const OWN_RADIUS = 4.5;

type HoverOn<Kind extends Hover['kind']> = Omit<Extract<Hover, { kind: Kind }>, 'at'>;

interface MarkerLayerProps {
  readonly renderer: L.Renderer;
  readonly places: readonly MapPlace[];
  readonly home: MapHome;
  /** Where home is drawn; null: nowhere. */
  readonly homeAt: Coordinates | null;
  /** Further addresses of ours, drawn as home is. */
  readonly ownPlaces: readonly MapOwnPlace[];
  readonly colors: MapColors;
  /** Small rings that can be pointed at: something else shows how much it is. */
  readonly isQuiet: boolean;
  onHover(hover: Hover | null): void;
  onClick(cluster: Cluster, at: { readonly x: number; readonly y: number }): void;
}

/** Places as circles, the area by their bytes, near ones joined; and home. On the countries' canvas: one above it would take their clicks. */
export function MarkerLayer({ renderer, places, home, homeAt, ownPlaces, colors, isQuiet, onHover, onClick }: MarkerLayerProps) {
  const map = useMap();
  const clusters = useMemo(() => new Clusters(places), [places]);
  const calls = useRef({ onHover, onClick });
  calls.current = { onHover, onClick };

  useEffect(() => {
    const group = L.layerGroup().addTo(map);
    const marker = (
      at: L.LatLngExpression,
      options: L.CircleMarkerOptions,
      hover: HoverOn<'cluster'> | HoverOn<'home'> | HoverOn<'own'>,
    ) => {
      const circle = L.circleMarker(at, { renderer, bubblingMouseEvents: false, ...options }).addTo(group);
      circle.on('mousemove', ({ containerPoint }) => calls.current.onHover({ ...hover, at: containerPoint }));
      circle.on('mouseout', () => calls.current.onHover(null));
      return circle;
    };
    const draw = (): void => {
      group.clearLayers();
      const bounds = map.getBounds();
      const box = { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
      const found = clusters.in(box, map.getZoom());
      const most = Math.sqrt(found[0]?.bytes ?? 1) || 1;
      for (const cluster of found) {
        const color = cluster.severity === null ? colors.marker : colors.tones[cluster.severity];
        const radius = isQuiet ? SMALLEST : SMALLEST + (GREATEST - SMALLEST) * (Math.sqrt(cluster.bytes) / most);
        marker(
          [cluster.latitude, cluster.longitude],
          {
            radius,
            weight: 1,
            color: cluster.severity === null ? colors.text : color,
            opacity: isQuiet ? 0.5 : 0.9,
            fillColor: color,
            fillOpacity: isQuiet ? 0 : 0.55,
          },
          { kind: 'cluster', cluster },
        ).on('click', ({ originalEvent }) => calls.current.onClick(cluster, { x: originalEvent.clientX, y: originalEvent.clientY }));
      }
      const ring = { weight: 2.5, color: colors.accent, opacity: 1, fillColor: colors.sea, fillOpacity: 1 };
      for (const own of ownPlaces) marker([own.latitude, own.longitude], { ...ring, radius: OWN_RADIUS }, { kind: 'own', own });
      if (homeAt) marker([homeAt.latitude, homeAt.longitude], { ...ring, radius: HOME_RADIUS }, { kind: 'home', home });
    };
    draw();
    map.on('moveend', draw);
    return () => {
      map.off('moveend', draw);
      group.remove();
    };
  }, [map, renderer, clusters, home, homeAt, ownPlaces, colors, isQuiet]);
  return null;
}
