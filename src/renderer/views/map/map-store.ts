import { create } from 'zustand';
import type { Coordinates, MapHome } from '../../../shared/contract/map';
import { load, save } from '../../stores/storage';

export const SHADES = ['bytes', 'flows', 'alerts'] as const;
/** What the countries' shade stands for. */
export type Shade = (typeof SHADES)[number];

const HOME_KEY = 'portlight-map-home';
const SHADE_KEY = 'portlight-map-shade';

const isDegrees = (value: unknown, limit: number): value is number => typeof value === 'number' && Math.abs(value) <= limit;
const isHome = (value: unknown): value is Coordinates =>
  typeof value === 'object' &&
  value !== null &&
  'latitude' in value &&
  'longitude' in value &&
  isDegrees(value.latitude, 90) &&
  isDegrees(value.longitude, 180);
const isShade = (value: unknown): value is Shade => SHADES.some((shade) => shade === value);

/** Where the user said that the watched server is; null: never said. */
export const useMapSettings = create<{ readonly home: Coordinates | null; readonly shade: Shade }>(() => ({
  home: load<Coordinates | null>(HOME_KEY, isHome, null),
  shade: load<Shade>(SHADE_KEY, isShade, 'bytes'),
}));

export function setHome(home: Coordinates | null): void {
  useMapSettings.setState({ home });
  save(HOME_KEY, home);
}

export function setShade(shade: Shade): void {
  useMapSettings.setState({ shade });
  save(SHADE_KEY, shade);
}

/** The place of an address that is known to be ours, else what the user said, else that of the address which most flows have. */
export function homeOf({ place, origin }: MapHome, said: Coordinates | null): Coordinates | null {
  return place && origin === 'own' ? place : (said ?? place);
}
