import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingLabels, type LabelBox } from '../../../../../src/renderer/views/topology/labels';
import { nearest, type Placed } from '../../../../../src/renderer/views/topology/nearest';
import { placeNew } from '../../../../../src/renderer/views/topology/place-new';
import { scaleOf } from '../../../../../src/renderer/views/topology/sizes';

const at = (id: string, x: number, y: number): Placed => ({ id, x, y });

describe('arrow keys', () => {
  const middle = at('middle', 0, 0);

  it('lead to the nearest host of that side', () => {
    const nodes = [middle, at('right', 100, 10), at('far right', 300, 0), at('left', -50, 0), at('below', 10, 80), at('above', 0, -200)];
    expect(nearest(nodes, middle, 'right')).toBe('right');
    expect(nearest(nodes, middle, 'left')).toBe('left');
    expect(nearest(nodes, middle, 'down')).toBe('below');
    expect(nearest(nodes, middle, 'up')).toBe('above');
  });

  it('prefer a host on the line to a nearer one beside it', () => {
    expect(nearest([at('aside', 60, 55), at('ahead', 120, 0)], middle, 'right')).toBe('ahead');
  });

  it('lead nowhere where no host is on that side', () => {
    expect(nearest([middle, at('right', 10, 0)], middle, 'left')).toBeNull();
  });

  it('reach every host: each is in a quarter of any other', () => {
    const place = fc.record({ x: fc.integer({ min: -999, max: 999 }), y: fc.integer({ min: -999, max: 999 }) });
    fc.assert(
      fc.property(place, place, (a, b) => {
        fc.pre(a.x !== b.x || a.y !== b.y);
        const other = { id: 'b', ...b };
        const found = (['left', 'right', 'up', 'down'] as const).map((direction) => nearest([other], { id: 'a', ...a }, direction));
        expect(found).toContain('b');
      }),
    );
  });
});

describe('labels', () => {
  const label = (id: string, x: number, y: number, isWanted = false): LabelBox => ({ id, x, y, width: 60, height: 16, isWanted });

  it('do not cover each other; the first has the choice', () => {
    expect([...fittingLabels([label('a', 0, 0), label('b', 30, 8), label('c', 100, 0)], new Map())]).toEqual(['a', 'c']);
  });

  it('do not cover hosts that they do not name, unless they must be seen', () => {
    const nodes = new Map([['other', { x: 0, y: 5, width: 20, height: 20 }]]);
    expect(fittingLabels([label('a', 0, 0)], nodes).size).toBe(0);
    expect(fittingLabels([label('a', 0, 0, true)], nodes).size).toBe(1);
    expect(fittingLabels([label('other', 0, 10)], nodes).size).toBe(1);
  });
});

describe('new hosts', () => {
  it('come near their neighbour, each to a place of its own', () => {
    const neighbour = { x: 500, y: 500 };
    const points = Array.from({ length: 30 }, (_, n) => placeNew(neighbour, n, { x: 0, y: 0 }));
    expect(points.every(({ x, y }) => Math.hypot(x - 500, y - 500) < 300)).toBe(true);
    for (const [i, a] of points.entries()) {
      for (const b of points.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(20);
    }
  });

  it('come below everything where nobody is their neighbour', () => {
    expect(placeNew(null, 0, { x: 0, y: 400 }).y).toBeGreaterThan(500);
  });
});

describe('sizes', () => {
  it('grow with the root of the bytes, and never to nothing', () => {
    const { size } = scaleOf({ nodes: [{ bytes: 10_000 }] as never, edges: [] });
    expect(size({ bytes: 0 })).toBeGreaterThan(10);
    expect(size({ bytes: 10_000 }) - size({ bytes: 0 })).toBeCloseTo(2 * (size({ bytes: 2500 }) - size({ bytes: 0 })));
  });
});
