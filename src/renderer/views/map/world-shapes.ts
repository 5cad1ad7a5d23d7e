import type { FeatureCollection, Geometry, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import fineUrl from 'world-atlas/countries-50m.json?url';
import coarseUrl from 'world-atlas/countries-110m.json?url';
import { countryCode } from './country-codes';

export interface Outline {
  readonly name: string;
  /** ISO 3166-1 alpha-2; null where there is none. */
  readonly code: string | null;
}

export type Outlines = FeatureCollection<Geometry, Outline>;

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** Read once each, a megabyte and eight. */
const loaded = new Map<boolean, Promise<Outlines>>();

/** The world's countries, for a scale of 1 to 110 million or, where `fine`, 50 million. Natural Earth, public domain. */
export function loadOutlines(fine: boolean): Promise<Outlines> {
  const before = loaded.get(fine);
  if (before) return before;
  const outlines = readOutlines(fine);
  loaded.set(fine, outlines);
  outlines.catch(() => loaded.delete(fine));
  return outlines;
}

async function readOutlines(fine: boolean): Promise<Outlines> {
  const answer = await fetch(fine ? fineUrl : coarseUrl);
  if (!answer.ok) throw new Error(`The world's outlines could not be read: ${answer.status}`);
  const world = (await answer.json()) as World;
  const { features } = feature(world, world.objects.countries);
  return {
    type: 'FeatureCollection',
    features: features.map(({ id, properties, geometry }) => ({
      type: 'Feature',
      geometry: joined(geometry),
      properties: { name: properties.name, code: countryCode(id === undefined ? undefined : String(id), properties.name) },
    })),
  };
}

/** Rings that cross 180 degrees go on beyond it, so that no line runs back over the whole map. */
function joined(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { ...geometry, coordinates: geometry.coordinates.map(joinedRing) };
  if (geometry.type === 'MultiPolygon') return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(joinedRing)) };
  return geometry;
}

function joinedRing(ring: Position[]): Position[] {
  let shift = 0;
  let before = ring[0]?.[0] ?? 0;
  const moved = ring.map(([longitude = 0, latitude = 0]) => {
    if (longitude - before > 180) shift -= 360;
    else if (before - longitude > 180) shift += 360;
    before = longitude;
    return [longitude + shift, latitude];
  });
  // Around a pole it does not close: it stays as it was.
  if (shift !== 0) return ring;
  // Begun east of the edge, it lies beyond the western one: the main land of those countries is in the east.
  return moved.some(([longitude = 0]) => longitude < -180)
    ? moved.map(([longitude = 0, latitude = 0]) => [longitude + 360, latitude])
    : moved;
}
