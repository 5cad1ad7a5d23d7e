import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { MapContainer, useMap, useMapEvent } from 'react-leaflet';
import type { Coordinates, MapCountry, MapEvent, MapWorld } from '../../../shared/contract/map';
import { useLayout } from '../../stores/layout';
import { texts } from '../../texts';
import { ContextMenu, type MenuItem } from '../../widgets/context-menu/ContextMenu';
import { countryName } from '../../widgets/format/country';
import { ArcLayer } from './ArcLayer';
import { countryMenu, placeMenu } from './actions';
import type { ArcField } from './arc-field';
import { LIMITS, PEOPLED, showWhole } from './bounds';
import { CountryLayer } from './CountryLayer';
import type { Cluster } from './clusters';
import { HeatLayer } from './HeatLayer';
import type { Hover } from './hover';
import { Legend } from './Legend';
import { MarkerLayer } from './MarkerLayer';
import styles from './map.module.css';
import { useMapSettings } from './map-store';
import { placeName } from './place-name';
import { Tooltip } from './Tooltip';
import { mapColors } from './tones';

interface WorldMapProps {
  readonly world: MapWorld;
  readonly home: Coordinates | null;
  readonly field: ArcField;
  /** Drawn as lines that stay; null: arcs move as they come. */
  readonly lines: readonly MapEvent[] | null;
  /** Home is being chosen: a click chooses it. */
  readonly picking: boolean;
  onPick(at: Coordinates): void;
  /** Over the map, below its tooltip; may use the map. */
  readonly children: ReactNode;
}

const MAX_ZOOM = 9;

interface Menu {
  readonly at: { readonly x: number; readonly y: number };
  readonly title: string;
  readonly items: MenuItem[];
}

/** Countries, places, arcs and home on a world that needs no network. */
export function WorldMap({ world, home, field, lines, picking, onPick, children }: WorldMapProps) {
  const theme = useLayout((state) => state.theme);
  const { shade, drawnAs } = useMapSettings();
  const isHeat = drawnAs === 'heat';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are the theme's
  const colors = useMemo(mapColors, [theme]);
  const [renderer] = useState(() => L.canvas({ padding: 0.2, tolerance: 3 }));
  const [hover, setHover] = useState<Hover | null>(null);
  const [menu, setMenu] = useState<Menu | null>(null);
  const [map, setMap] = useState<L.Map | null>(null);
  const [most, setMost] = useState(0);
  const [failed, setFailed] = useState(false);
  const onHover = (next: Hover | null): void => setHover(picking ? null : next);

  const onCountry = (country: MapCountry, at: Menu['at']): void => {
    if (picking) return;
    setMenu({ at, title: countryName(country.code), items: countryMenu(country) });
  };
  const onCluster = ({ place, opensAt, latitude, longitude }: Cluster, at: Menu['at']): void => {
    if (picking) return;
    if (place) setMenu({ at, title: placeName(place), items: placeMenu(place) });
    else map?.setView([latitude, longitude], Math.min(MAX_ZOOM, Math.max((opensAt ?? 0) + 0.5, map.getZoom() + 1)));
  };
  return (
    <>
      <div className={styles.map} data-picking={picking ? '' : undefined}>
        <MapContainer
          ref={setMap}
          className={styles.leaflet ?? ''}
          bounds={PEOPLED}
          maxBounds={LIMITS}
          maxBoundsViscosity={1}
          maxZoom={MAX_ZOOM}
          zoomSnap={0.25}
          zoomDelta={0.75}
          zoomControl={false}
          attributionControl={false}
          zoomAnimation={false}
          fadeAnimation={false}
          inertia={false}
          worldCopyJump={false}
        >
          <Frame onPick={picking ? onPick : null} />
          <CountryLayer
            renderer={renderer}
            countries={world.countries}
            shade={isHeat ? null : shade}
            colors={colors}
            onHover={onHover}
            onClick={onCountry}
            onFail={() => setFailed(true)}
          />
          <MarkerLayer
            renderer={renderer}
            places={world.places}
            home={world.home}
            homeAt={home}
            ownPlaces={world.ownPlaces}
            colors={colors}
            isQuiet={isHeat}
            onHover={onHover}
            onClick={onCluster}
          />
          {isHeat && <HeatLayer places={world.places} shade={shade} colors={colors} onMost={setMost} />}
          <ArcLayer field={field} lines={lines} home={home} ownPlaces={world.ownPlaces} colors={colors} />
          {children}
        </MapContainer>
        {failed && (
          <p className={styles.outlinesFailed} role="alert">
            {texts.map.outlinesFailed}
          </p>
        )}
        {hover && map && <Tooltip hover={hover} size={map.getSize()} />}
        <ContextMenu
          at={menu?.at ?? null}
          {...(menu ? { title: menu.title } : {})}
          items={menu?.items ?? []}
          onClose={() => setMenu(null)}
        />
      </div>
      <Legend colors={colors} shade={shade} most={isHeat ? most : null} field={field} lines={lines} hasHome={home !== null} />
    </>
  );
}

/** Keeps the map as large as its place, and names it. */
function Frame({ onPick }: { readonly onPick: ((at: Coordinates) => void) | null }) {
  const map = useMap();
  useMapEvent('click', ({ latlng }) => onPick?.({ latitude: latlng.lat, longitude: latlng.wrap().lng }));
  useEffect(() => {
    const container = map.getContainer();
    container.setAttribute('role', 'application');
    container.setAttribute('aria-label', texts.map.keys);
    // Out so far that the width is filled: beyond there is nothing to see.
    const fit = (): void => {
      map.invalidateSize({ animate: false });
      const least = Math.log2(map.getSize().x / 256);
      map.setMinZoom(Math.max(0, Math.min(2, Math.floor(least * 4) / 4)));
    };
    const observer = new ResizeObserver(fit);
    observer.observe(container);
    showWhole(map);
    return () => observer.disconnect();
  }, [map]);
  return null;
}
