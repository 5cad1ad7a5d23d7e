import type { MapCountry, MapHome, MapOwnPlace } from '../../../shared/contract/map';
import type { Cluster } from './clusters';

interface At {
  /** In the map, px. */
  readonly at: { readonly x: number; readonly y: number };
}

/** What the pointer is on. */
export type Hover = At &
  (
    | { readonly kind: 'country'; readonly name: string; readonly country: MapCountry | null }
    | { readonly kind: 'cluster'; readonly cluster: Cluster }
    | { readonly kind: 'home'; readonly home: MapHome }
    | { readonly kind: 'own'; readonly own: MapOwnPlace }
  );
