import Supercluster from 'supercluster';
import type { MapPlace } from '../../../shared/contract/map';
import { SEVERITIES, type Severity } from '../../../shared/model/alerts';
import { bytesOf } from './shades';

/** Markers that are nearer than this are one, px of Supercluster's tiles of 512 px. */
const RADIUS = 34;
/** From this zoom on every place stands alone. */
const MAX_ZOOM = 7;

interface Sums {
  readonly places: number;
  readonly hosts: number;
  readonly flows: number;
  readonly bytes: number;
  /** Index into SEVERITIES; -1: none. */
  readonly worst: number;
}

/** Places that are drawn as one marker. */
export interface Cluster extends Omit<Sums, 'worst'> {
  readonly latitude: number;
  readonly longitude: number;
  readonly severity: Severity | null;
  /** The place, where it is only one. */
  readonly place: MapPlace | null;
  /** Zoom at which it falls apart; null for a single place. */
  readonly opensAt: number | null;
}

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Places by where and how near one looks. */
export class Clusters {
  readonly #index: Supercluster<Sums & { readonly at: number }, Sums>;
  readonly #places: readonly MapPlace[];

  constructor(places: readonly MapPlace[]) {
    this.#places = places;
    this.#index = new Supercluster({
      radius: RADIUS,
      maxZoom: MAX_ZOOM,
      map: ({ places, hosts, flows, bytes, worst }) => ({ places, hosts, flows, bytes, worst }),
      reduce: (sum: { -readonly [K in keyof Sums]: Sums[K] }, { places, hosts, flows, bytes, worst }) => {
        sum.places += places;
        sum.hosts += hosts;
        sum.flows += flows;
        sum.bytes += bytes;
        sum.worst = Math.max(sum.worst, worst);
      },
    });
    this.#index.load(
      places.map((place, at) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [place.longitude, place.latitude] },
        properties: {
          at,
          places: 1,
          hosts: place.hosts,
          flows: place.flows,
          bytes: bytesOf(place),
          worst: place.severity === null ? -1 : SEVERITIES.indexOf(place.severity),
        },
      })),
    );
  }

  /** The greatest first: small ones are drawn over them. */
  in({ west, south, east, north }: Box, zoom: number): Cluster[] {
    return this.#index
      .getClusters([west, south, east, north], Math.max(0, Math.floor(zoom)))
      .map(({ geometry, properties }) => {
        const [longitude = 0, latitude = 0] = geometry.coordinates;
        const { places, hosts, flows, bytes, worst } = properties;
        const isCluster = 'cluster' in properties;
        return {
          latitude,
          longitude,
          places,
          hosts,
          flows,
          bytes,
          severity: SEVERITIES[worst] ?? null,
          place: isCluster ? null : (this.#places[properties.at] ?? null),
          opensAt: isCluster ? this.#index.getClusterExpansionZoom(properties.cluster_id) : null,
        };
      })
      .sort((a, b) => b.bytes - a.bytes);
  }
}
