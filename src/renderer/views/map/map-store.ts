import { create } from 'zustand';
import type { Coordinates, MapHome } from '../../../shared/contract/map';
import { load, save } from '../../stores/storage';

export const SHADES = ['bytes', 'packets', 'flows', 'alerts'] as const;
/** What countries are shaded by, or how hot a place is. */
export type Shade = (typeof SHADES)[number];

export const DRAWN_AS = ['countries', 'heat'] as const;
export type DrawnAs = (typeof DRAWN_AS)[number];

const HOME_KEY = 'portlight-map-home';
const SHADE_KEY = 'portlight-map-shade';
const DRAWN_KEY = 'portlight-map-drawn-as';

const isDegrees = (value: unknown, limit: number): value is number => typeof value === 'number' && Math.abs(value) <= limit;
const isHome = (value: unknown): value is Coordinates =>
  typeof value === 'object' &&
  value !== null &&
  'latitude' in value &&
  'longitude' in value &&
  isDegrees(value.latitude, 90) &&
  isDegrees(value.longitude, 180);
const isDrawnAs = (value: unknown): value is DrawnAs => DRAWN_AS.some((each) => each === value);
const isShade = (value: unknown): value is Shade => SHADES.some((shade) => shade === value);

interface MapSettings {
  /** Where the user said that the watched server is; null: never said. */
  readonly home: Coordinates | null;
  readonly drawnAs: DrawnAs;
  readonly shade: Shade;
}

export const useMapSettings = create<MapSettings>(() => ({
  home: load<Coordinates | null>(HOME_KEY, isHome, null),
  drawnAs: load<DrawnAs>(DRAWN_KEY, isDrawnAs, 'countries'),
  shade: load<Shade>(SHADE_KEY, isShade, 'bytes'),
}));

export function setHome(home: Coordinates | null): void {
  useMapSettings.setState({ home });
  save(HOME_KEY, home);
}

export function setDrawnAs(drawnAs: DrawnAs): void {
  useMapSettings.setState({ drawnAs });
  save(DRAWN_KEY, drawnAs);
}

export function setShade(shade: Shade): void {
  useMapSettings.setState({ shade });
  save(SHADE_KEY, shade);
}

/** The place of an address that is known to be ours, else what the user said, else that of the address which most flows have. */
export function homeOf({ place, origin }: MapHome, said: Coordinates | null): Coordinates | null {
  return place && origin === 'own' ? place : (said ?? place);
}
