import L from 'leaflet';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useMap, useMapEvent } from 'react-leaflet';
import type { MapCountry } from '../../../shared/contract/map';
import type { Hover } from './hover';
import type { Shade } from './map-store';
import { shadeOf } from './shades';
import type { MapColors } from './tones';
import { loadOutlines, type Outline, type Outlines } from './world-shapes';

/** From this zoom on the finer outlines are drawn. */
const FINE_ZOOM = 3;

interface CountryLayerProps {
  readonly renderer: L.Renderer;
  readonly countries: readonly MapCountry[];
  /** Null: all alike. */
  readonly shade: Shade | null;
  readonly colors: MapColors;
  onHover(hover: Hover | null): void;
  onClick(country: MapCountry, at: { readonly x: number; readonly y: number }): void;
  onFail(): void;
}

/** The world's countries, darker or brighter by what the shade stands for. */
export function CountryLayer({ renderer, countries, shade, colors, onHover, onClick, onFail }: CountryLayerProps) {
  const map = useMap();
  const [zoom, setZoom] = useState(map.getZoom());
  useMapEvent('zoomend', () => setZoom(map.getZoom()));
  const [outlines, setOutlines] = useState<Outlines | null>(null);
  const fine = zoom >= FINE_ZOOM;
  const byCode = useMemo(() => new Map(countries.map((country) => [country.code, country])), [countries]);
  const calls = useRef({ byCode, onHover, onClick, onFail });
  calls.current = { byCode, onHover, onClick, onFail };
  const layer = useRef<L.GeoJSON<Outline> | null>(null);

  useEffect(() => {
    let isWanted = true;
    loadOutlines(fine).then(
      (loaded) => isWanted && setOutlines(loaded),
      () => isWanted && calls.current.onFail(),
    );
    return () => {
      isWanted = false;
    };
  }, [fine]);

  const styleOf = useMemo(() => {
    const fill = shadeOf(countries, shade, colors);
    return ({ code }: Outline): L.PathOptions => ({
      renderer,
      weight: 0.6,
      color: colors.border,
      opacity: 0.7,
      fillColor: fill(code === null ? undefined : byCode.get(code)),
      fillOpacity: 1,
    });
  }, [renderer, countries, byCode, shade, colors]);
  const style = useRef(styleOf);
  style.current = styleOf;

  useEffect(() => {
    if (!outlines) return;
    const added = L.geoJSON<Outline>(outlines, {
      style: (feature) => (feature ? style.current(feature.properties) : {}),
      onEachFeature: ({ properties }, path) => {
        const country = (): MapCountry | undefined => (properties.code === null ? undefined : calls.current.byCode.get(properties.code));
        path.on('mousemove', ({ containerPoint }: L.LeafletMouseEvent) =>
          calls.current.onHover({ kind: 'country', name: properties.name, country: country() ?? null, at: containerPoint }),
        );
        path.on('mouseout', () => calls.current.onHover(null));
        path.on('click', ({ originalEvent }: L.LeafletMouseEvent) => {
          const found = country();
          if (found) calls.current.onClick(found, { x: originalEvent.clientX, y: originalEvent.clientY });
        });
      },
    }).addTo(map);
    added.eachLayer((path) => {
      if (path instanceof L.Path) path.bringToBack();
    });
    layer.current = added;
    return () => {
      added.remove();
      layer.current = null;
    };
  }, [map, outlines]);
  useEffect(() => {
    layer.current?.setStyle((feature) => (feature ? styleOf(feature.properties) : {}));
  }, [styleOf]);
  return null;
}
