import type { ThemeName } from './theme';

/** Colours as '#rrggbb'. */
export interface ColourPair {
  readonly text: string;
  readonly ground: string;
}

/** Relative luminance that grounds of rows may have in each theme, and the contrast that text then has to reach (WCAG 2.2: AA 4.5, AAA 7). */
const LIMITS: Readonly<Record<ThemeName, { readonly from: number; readonly to: number; readonly contrast: number }>> = {
  dark: { from: 0, to: 0.03, contrast: 4.5 },
  light: { from: 0.7, to: 1, contrast: 4.5 },
  contrast: { from: 0, to: 0.02, contrast: 7 },
};
/** Halvings of the way: below a step of one in 255. */
const STEPS = 12;

/** Of grounds whose lightness had to change: pastels would become glaring, or grey. */
const MAX_SATURATION = 0.45;

/** The pair as it can be read in this theme: the hues stay, the lightness gives way only as far as it has to. */
export function readable({ text, ground }: ColourPair, theme: ThemeName): ColourPair {
  const { from, to, contrast } = LIMITS[theme];
  const under = luminance(ground);
  const fitted =
    under > to
      ? withLightness(ground, 0, (colour) => luminance(colour) <= to)
      : under < from
        ? withLightness(ground, 1, (colour) => luminance(colour) >= from)
        : ground;
  const base = luminance(fitted);
  const isEnough = (colour: string): boolean => contrastOf(luminance(colour), base) >= contrast;
  return { text: isEnough(text) ? text : mixed(text, theme === 'light' ? 0 : 1, isEnough), ground: fitted };
}

/** 1 to 21. */
export const contrast = (a: string, b: string): number => contrastOf(luminance(a), luminance(b));

const contrastOf = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colour nearest to this one on its way to black (0) or white (1) that is enough. */
function nearest(at: (share: number) => string, isEnough: (colour: string) => boolean): string {
  let [enough, little] = [1, 0];
  for (let step = 0; step < STEPS; step++) {
    const share = (enough + little) / 2;
    if (isEnough(at(share))) enough = share;
    else little = share;
  }
  return at(enough);
}

function mixed(colour: string, end: 0 | 1, isEnough: (colour: string) => boolean): string {
  const parts = channels(colour);
  return nearest((share) => hexOf(parts.map((part) => part + (end - part) * share)), isEnough);
}

/** Another lightness of the same hue. */
function withLightness(colour: string, end: 0 | 1, isEnough: (colour: string) => boolean): string {
  const [hue, saturation, lightness] = hslOf(colour);
  return nearest((share) => hexOf(fromHsl(hue, Math.min(saturation, MAX_SATURATION), lightness + (end - lightness) * share)), isEnough);
}

function hslOf(colour: string): [hue: number, saturation: number, lightness: number] {
  const [r = 0, g = 0, b = 0] = channels(colour);
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  const lightness = most - span / 2;
  if (span === 0) return [0, 0, lightness];
  const sector = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return [sector * 60, span / (1 - Math.abs(2 * lightness - 1)), lightness];
}

function fromHsl(hue: number, saturation: number, lightness: number): number[] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    return lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  });
}

const hexOf = (parts: readonly number[]): string =>
  `#${parts
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
