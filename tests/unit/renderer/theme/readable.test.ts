import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, readable } from '../../../../src/renderer/theme/readable';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('own colours of rows', () => {
  it.each([
    ['dark', 4.5],
    ['light', 4.5],
    ['contrast', 7],
  ] as const)('can be read in the theme %s, whatever was chosen', (theme, least) => {
    fc.assert(
      fc.property(colour, colour, (text, ground) => {
        const shown = readable({ text, ground }, theme);
        expect(contrast(shown.text, shown.ground)).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('are left as they are where they suit the theme', () => {
    const chosen = { text: '#ffd0d0', ground: '#400010' };
    expect(readable(chosen, 'dark')).toEqual(chosen);
    const pastel = { text: '#12272e', ground: '#e7e6ff' };
    expect(readable(pastel, 'light')).toEqual(pastel);
  });

  it('keep their hue where they have to be darker', () => {
    const { ground } = readable({ text: '#12272e', ground: '#ffb0b0' }, 'dark');
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16));
    expect(red).toBeGreaterThan(2 * (green ?? 255));
    expect(green).toBe(blue);
  });
});
