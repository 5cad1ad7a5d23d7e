import { describe, expect, it } from 'vitest';
import fine from 'world-atlas/countries-50m.json?raw';
import coarse from 'world-atlas/countries-110m.json?raw';
import { Clusters } from '../../../../../src/renderer/views/map/clusters';
import { countryCode } from '../../../../../src/renderer/views/map/country-codes';
import { homeOf } from '../../../../../src/renderer/views/map/map-store';
import type { MapHome, MapPlace } from '../../../../../src/shared/contract/map';

const WORLD = { west: -180, south: -85, east: 180, north: 85 };
const place = (n: number): MapPlace => ({
  latitude: ((n * 37) % 140) - 70,
  longitude: ((n * 53) % 360) - 180,
  city: `City ${n}`,
  country: 'DE',
  hosts: 1 + (n % 3),
  flows: n,
  packets: n,
  bytesSent: n * 10,
  bytesReceived: n,
  alerts: n % 50 === 0 ? 1 : 0,
  severity: n % 50 === 0 ? 'high' : null,
  addresses: [],
});

describe('clusters of places', () => {
  const places = Array.from({ length: 500 }, (_, n) => place(n));
  const clusters = new Clusters(places);

  it.each([0, 2, 5, 9])('have all hosts, flows, bytes and places at zoom %d', (zoom) => {
    const found = clusters.in(WORLD, zoom);
    const sum = (of: (each: (typeof found)[number]) => number): number => found.reduce((total, each) => total + of(each), 0);
    expect(sum(({ places }) => places)).toBe(500);
    expect(sum(({ hosts }) => hosts)).toBe(places.reduce((total, { hosts }) => total + hosts, 0));
    expect(sum(({ flows }) => flows)).toBe(places.reduce((total, { flows }) => total + flows, 0));
    expect(sum(({ bytes }) => bytes)).toBe(places.reduce((total, { bytesSent, bytesReceived }) => total + bytesSent + bytesReceived, 0));
    expect(found.some(({ severity }) => severity === 'high')).toBe(true);
  });

  it('fall apart as one looks nearer', () => {
    expect(clusters.in(WORLD, 0).length).toBeLessThan(clusters.in(WORLD, 5).length);
    expect(clusters.in(WORLD, 9).every(({ place }) => place !== null)).toBe(true);
  });
});

describe('outlines of countries', () => {
  it.each([
    ['110 million', coarse],
    ['50 million', fine],
  ])('have the codes that databases of places use: 1 to %s', (_, text) => {
    const { objects } = JSON.parse(text) as { objects: { countries: { geometries: { id?: string; properties: { name: string } }[] } } };
    const outlines = objects.countries.geometries.map(({ id, properties }) => ({
      name: properties.name,
      code: countryCode(id, properties.name),
    }));
    expect(Object.fromEntries(outlines.map(({ name, code }) => [name, code]))).toMatchObject({ Germany: 'DE', Brazil: 'BR', Kosovo: 'XK' });
    // Disputed areas and far islands without a code of their own.
    expect(outlines.filter(({ code }) => code === null).length).toBeLessThanOrEqual(5);
  });
});

describe('home', () => {
  const known = (origin: MapHome['origin']): MapHome => ({
    place: { latitude: 1, longitude: 2, city: null, country: null },
    address: '8.8.8.8',
    origin,
    others: 0,
  });
  const said = { latitude: 50, longitude: 8 };
  it('is where our own address is, else where the user said, else where most flows lead', () => {
    expect(homeOf(known('own'), said)).toMatchObject({ latitude: 1 });
    expect(homeOf(known('busiest'), said)).toEqual(said);
    expect(homeOf(known('busiest'), null)).toMatchObject({ latitude: 1 });
    expect(homeOf({ ...known('own'), place: null }, said)).toEqual(said);
    expect(homeOf({ ...known('own'), place: null }, null)).toBeNull();
  });
});
