import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARC_LIFE, ArcField, MAX_ARCS, mergeEvents } from '../../../../../src/renderer/views/map/arc-field';
import { ARC_PIECES, greatCircle, mercator } from '../../../../../src/renderer/views/map/great-circle';
import type { Coordinates, MapEvent } from '../../../../../src/shared/contract/map';

const FRANKFURT = { latitude: 50.11, longitude: 8.68 };
const place = fc.record({
  latitude: fc.double({ min: -85, max: 85, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const pointOf = (points: Float32Array, at: number): [number, number] => [points[2 * at] ?? Number.NaN, points[2 * at + 1] ?? Number.NaN];
/** Of a point of the map's square. */
const degrees = ([x, y]: readonly [number, number]): Coordinates => ({
  longitude: 360 * x - 180,
  latitude: (360 / Math.PI) * Math.atan(Math.exp(Math.PI * (1 - 2 * y))) - 90,
});

const event = (n: number, change: Partial<MapEvent> = {}): MapEvent => ({
  key: `f${n}`,
  time: n,
  epoch: '1700000000.000000000',
  address: `8.8.${n >> 8}.${n & 255}`,
  latitude: (n % 120) - 60,
  longitude: (n % 340) - 170,
  city: null,
  country: 'US',
  ours: null,
  inbound: true,
  protocol: 'TCP',
  port: 443,
  severity: null,
  alert: null,
  ...change,
});
const events = (count: number): MapEvent[] => Array.from({ length: count }, (_, n) => event(n));

describe('great circles', () => {
  it('begin and end at their places and stay on the map', () => {
    fc.assert(
      fc.property(place, place, (from, to) => {
        const points = greatCircle(from, to);
        expect(points).toHaveLength(2 * (ARC_PIECES + 1));
        for (const number of points) expect(number).toBeGreaterThanOrEqual(-0.01);
        for (const number of points) expect(number).toBeLessThanOrEqual(1.01);
        const ends = [
          [pointOf(points, 0), mercator(from)],
          [pointOf(points, ARC_PIECES), mercator(to)],
        ] as const;
        for (const [[x, y], [expectedX, expectedY]] of ends) {
          // 180 and -180 degrees are one line at both edges.
          expect(Math.min(Math.abs(x - expectedX), 1 - Math.abs(x - expectedX))).toBeLessThan(1e-3);
          expect(y).toBeCloseTo(expectedY, 3);
        }
      }),
    );
  });

  it('go over the north between places of one latitude, as aeroplanes do', () => {
    const middle = degrees(pointOf(greatCircle({ latitude: 40, longitude: -100 }, { latitude: 40, longitude: 0 }), ARC_PIECES / 2));
    expect(middle.longitude).toBeCloseTo(-50, 2);
    expect(middle.latitude).toBeCloseTo((180 / Math.PI) * Math.atan(Math.tan((40 * Math.PI) / 180) / Math.cos((50 * Math.PI) / 180)), 2);
  });

  it('take the short way over the date line', () => {
    const points = greatCircle({ latitude: 35, longitude: 140 }, { latitude: 37, longitude: -122 });
    const longitudes = Array.from({ length: ARC_PIECES + 1 }, (_, at) => degrees(pointOf(points, at)).longitude);
    expect(longitudes.every((longitude) => Math.abs(longitude) > 121)).toBe(true);
  });

  it('of a place to itself stay there', () => {
    const points = greatCircle(FRANKFURT, FRANKFURT);
    for (let at = 0; at <= ARC_PIECES; at++) expect(degrees(pointOf(points, at)).latitude).toBeCloseTo(FRANKFURT.latitude, 3);
  });
});

describe('the field of arcs', () => {
  const fieldAtHome = (): ArcField => {
    const field = new ArcField();
    field.setHome(FRANKFURT);
    return field;
  };

  it('draws no more than its budget and states what it did not draw', () => {
    const field = fieldAtHome();
    for (let poll = 0; poll < 4; poll++) field.add(events(1000), 250 * poll, 250, 250);
    expect(field.arcs).toHaveLength(MAX_ARCS);
    const { drawn, events: all } = field.stated(1000);
    expect(all).toBe(5000);
    expect(drawn).toBeGreaterThanOrEqual(MAX_ARCS);
    expect(drawn).toBeLessThan(all);
  });

  it('counts each event once, drawn or not, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 900 }), { maxLength: 12 }), (counts) => {
        const field = fieldAtHome();
        for (const count of counts) field.add(events(count), 5000, 250);
        const { drawn, events: all } = field.stated(5000);
        expect(all).toBe(counts.reduce((sum, count) => sum + count, 0));
        expect(drawn).toBe(field.arcs.reduce((sum, { count }) => sum + count, 0));
        expect(field.arcs.length).toBeLessThanOrEqual(MAX_ARCS);
      }),
    );
  });

  it('stands for events of one place, direction and colour with one arc', () => {
    const twins = [event(1), event(1, { key: 'f2', address: '8.8.9.9' }), event(1, { inbound: false }), event(1, { severity: 'high' })];
    expect(mergeEvents(twins).map(({ count }) => count)).toEqual([2, 1, 1]);
  });

  it('gives room to the worst first', () => {
    const field = fieldAtHome();
    field.add([...events(1000), event(7, { severity: 'critical' })], 0, 250);
    expect(field.arcs.some(({ tone }) => tone === 'critical')).toBe(true);
  });

  it('leads to the server of ours that an event is of, else home', () => {
    const field = new ArcField();
    field.setHome({ latitude: 50, longitude: 8 });
    const other = { latitude: -33, longitude: 151 };
    const both = [event(1), event(1, { ours: other })];
    expect(mergeEvents(both)).toHaveLength(2);
    const [home, elsewhere] = both.map((each) => pointOf(field.route(each), ARC_PIECES));
    expect(home).not.toEqual(elsewhere);
    expect(elsewhere?.[0]).toBeCloseTo(mercator(other)[0], 5);
  });

  it('forgets arcs whose time is over, and all when home moves', () => {
    const field = fieldAtHome();
    field.add(events(10), 0, 100);
    field.expire(ARC_LIFE + 101);
    expect(field.arcs).toEqual([]);
    field.add(events(10), 5000, 100);
    field.setHome({ latitude: 0, longitude: 0 });
    expect(field.arcs).toEqual([]);
  });

  it('draws nothing without a home, and says so in its numbers', () => {
    const field = new ArcField();
    field.add(events(10), 0, 100);
    expect(field.stated(0)).toEqual({ drawn: 0, events: 10 });
  });
});
