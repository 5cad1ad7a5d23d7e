import type { MapEvent } from '../../../shared/contract/map';
import { SEVERITIES, type Severity } from '../../../shared/model/alerts';
import { PROTOCOL_FAMILIES, type ProtocolFamily } from '../../../shared/model/protocol-families';
import { familyOf } from '../../theme/families';

/** What colours an arc: the worst alert of its address, else its protocol's family. */
export type Tone = Severity | ProtocolFamily;

/** Its colour, and how much it matters. */
export function toneOf({ severity, protocol }: MapEvent): { readonly tone: Tone; readonly rank: number } {
  return severity === null ? { tone: familyOf(protocol), rank: -1 } : { tone: severity, rank: SEVERITIES.indexOf(severity) };
}

export interface MapColors {
  readonly sea: string;
  readonly land: string;
  readonly border: string;
  readonly text: string;
  readonly accent: string;
  /** Of a marker without alerts. */
  readonly marker: string;
  /** Of a country with the most. */
  readonly shade: string;
  /** Of what is warm, the coolest first. */
  readonly heat: readonly string[];
  readonly tones: Readonly<Record<Tone, string>>;
}

/** The present theme's colours as a canvas takes them. */
export function mapColors(): MapColors {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const tones = Object.fromEntries(
    [...SEVERITIES, ...PROTOCOL_FAMILIES].map((tone) => [tone, token(tone === 'info' ? 'fg1' : tone)]),
  ) as Record<Tone, string>;
  return {
    sea: token('bg0'),
    land: token('bg3'),
    border: token('control-line'),
    text: token('fg0'),
    accent: token('accent'),
    marker: token('tcp'),
    shade: token('brush-line'),
    heat: [token('brush-line'), token('tcp'), token('fg0')],
    tones,
  };
}

/** Between two colours '#rrggbb'; `share` 1 is the second. */
export function mix(from: string, to: string, share: number): string {
  const part = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16);
  const channels = [1, 3, 5].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
