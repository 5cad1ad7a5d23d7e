import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HEAT_CELL,
  HEAT_RADIUS,
  heatColours,
  heatField,
  heatPoints,
  heatShare,
  heatValue,
} from '../../../../../src/renderer/views/map/heat';
import type { MapPlace } from '../../../../../src/shared/contract/map';

const SIZE = { width: 400, height: 200 };
const field = (points: Parameters<typeof heatField>[0]) => heatField(points, SIZE.width, SIZE.height);
/** At a point of the picture, px. */
const at = ({ columns, values }: ReturnType<typeof heatField>, x: number, y: number): number =>
  values[Math.floor(y / HEAT_CELL) * columns + Math.floor(x / HEAT_CELL)] ?? Number.NaN;

describe('heat', () => {
  it('is all that a place has where it is, less around it, and nothing beyond the radius', () => {
    const one = field([{ x: 200, y: 100, weight: 640 }]);
    expect(one.most).toBe(640);
    expect(at(one, 200, 100)).toBe(640);
    expect(at(one, 216, 100)).toBeGreaterThan(at(one, 224, 100));
    expect(at(one, 224, 100)).toBeGreaterThan(0);
    expect(at(one, 200 + HEAT_RADIUS + HEAT_CELL, 100)).toBe(0);
  });

  it('adds up where places are near each other', () => {
    const two = field([
      { x: 200, y: 100, weight: 10 },
      { x: 201, y: 101, weight: 30 },
      { x: 20, y: 20, weight: 15 },
    ]);
    expect(two.most).toBe(40);
    expect(at(two, 20, 20)).toBe(15);
  });

  it('stays finite and within the picture for any place, however far outside', () => {
    const point = fc.record({
      x: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      y: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      weight: fc.double({ min: 0, max: 1e12, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), (points) => {
        const { values, most, columns, rows } = field(points);
        expect(values).toHaveLength(columns * rows);
        expect(values.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
        expect(values.includes(most)).toBe(true);
      }),
    );
  });

  it('weighs places by what is asked', () => {
    const place: MapPlace = {
      latitude: 0,
      longitude: 0,
      city: null,
      country: null,
      hosts: 1,
      flows: 3,
      packets: 20,
      bytesSent: 100,
      bytesReceived: 50,
      alerts: 2,
      severity: 'high',
      addresses: [],
    };
    const weights = (['bytes', 'packets', 'flows', 'alerts'] as const).map((shade) =>
      heatPoints([place], shade, { size: 256, left: 28, top: 8 }),
    );
    expect(weights.flat().map(({ weight }) => weight)).toEqual([150, 20, 3, 2]);
    expect(weights[0]?.[0]).toMatchObject({ x: 100, y: 120 });
  });

  it('has a scale that its legend reads the other way round', () => {
    for (const share of [0, 0.25, 0.5, 1]) expect(heatShare(heatValue(share, 8000), 8000)).toBeCloseTo(share);
    expect(heatShare(5, 0)).toBe(0);
  });

  it('goes from clear to the hottest colour', () => {
    const table = heatColours(['#000000', '#0000ff', '#ffffff'], 101);
    expect([...table.slice(0, 4)]).toEqual([0, 0, 0, 0]);
    expect([...table.slice(200, 203)]).toEqual([0, 0, 255]);
    expect([...table.slice(400, 403)]).toEqual([255, 255, 255]);
    expect(table[403]).toBeGreaterThan(200);
  });
});
