import type { MapCountry } from '../../../shared/contract/map';
import { SEVERITIES, type Severity } from '../../../shared/model/alerts';
import type { Shade } from './map-store';
import { type MapColors, mix } from './tones';

/** Part of the full colour that the least and the greatest country have. */
const LEAST = 0.2;
const MOST = 0.9;

export const alertCount = ({ alerts }: MapCountry): number => SEVERITIES.reduce((sum, severity) => sum + alerts[severity], 0);

export const worstOf = ({ alerts }: MapCountry): Severity | null => SEVERITIES.findLast((severity) => alerts[severity] > 0) ?? null;

export const bytesOf = ({ bytesSent, bytesReceived }: { readonly bytesSent: number; readonly bytesReceived: number }): number =>
  bytesSent + bytesReceived;

export function shadedBy(country: MapCountry, shade: Shade): number {
  if (shade === 'alerts') return alertCount(country);
  return shade === 'bytes' ? bytesOf(country) : country[shade];
}

/** Colour of a country's area, the land's where the shade is null. By the root: one country has a hundred times what another has. */
export function shadeOf(
  countries: readonly MapCountry[],
  shade: Shade | null,
  colors: MapColors,
): (country: MapCountry | undefined) => string {
  if (shade === null) return () => colors.land;
  const most = Math.sqrt(countries.reduce((most, country) => Math.max(most, shadedBy(country, shade)), 0));
  return (country) => {
    const value = country ? shadedBy(country, shade) : 0;
    if (!country || value === 0 || most === 0) return colors.land;
    const worst = shade === 'alerts' ? worstOf(country) : null;
    return mix(colors.land, worst === null ? colors.shade : colors.tones[worst], LEAST + ((MOST - LEAST) * Math.sqrt(value)) / most);
  };
}

/** Colours from the least to the greatest, for a legend. */
export const shadeSteps = ({ land, shade }: MapColors): readonly string[] =>
  [0, 0.25, 0.5, 0.75, 1].map((share) => mix(land, shade, LEAST + (MOST - LEAST) * share));
