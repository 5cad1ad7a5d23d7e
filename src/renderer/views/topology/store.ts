import { create } from 'zustand';
import { MAX_OPEN_GROUPS, type TopologyGrouping, type TopologyScope } from '../../../shared/contract/topology';
import type { Point } from './place-new';

export interface TopologyChoices {
  readonly scope: TopologyScope;
  readonly grouping: TopologyGrouping;
  readonly open: readonly string[];
  readonly as: 'graph' | 'list';
  readonly legend: boolean;
}

/** What is drawn and how. Kept while another view is looked at, not between starts. */
export const useChoices = create<TopologyChoices>(() => ({ scope: 'shown', grouping: 'auto', open: [], as: 'graph', legend: true }));

export const choose = (change: Partial<TopologyChoices>): void => useChoices.setState(change);

/** The oldest open one is closed for it where too many are. */
export const openGroup = (id: string): void =>
  useChoices.setState(({ open }) => (open.includes(id) ? {} : { open: [...open, id].slice(-MAX_OPEN_GROUPS) }));

export const closeGroup = (id: string): void => useChoices.setState(({ open }) => ({ open: open.filter((each) => each !== id) }));

/** Where nodes stand, of one session; nodes that left keep their place for when they come back. */
export interface Places {
  readonly session: number | null;
  readonly at: Map<string, Point>;
  readonly pinned: Set<string>;
  viewport: { readonly zoom: number; readonly pan: Point } | null;
  /** Nodes that came since all were arranged. */
  added: number;
  /** Somebody moved or selected something: the picture is known by now. */
  touched: boolean;
}

/** Places that are kept, some 100 bytes each: filters bring ever other nodes. */
const MAX_PLACES = 20_000;

const noPlaces = (session: number | null): Places => ({
  session,
  at: new Map(),
  pinned: new Set(),
  viewport: null,
  added: 0,
  touched: false,
});

let places = noPlaces(null);

/** Those of the session, empty for another one than before. */
export function placesOf(session: number | null): Places {
  if (places.session !== session) places = noPlaces(session);
  else if (places.at.size > MAX_PLACES) {
    for (const id of places.at.keys()) {
      if (places.at.size <= MAX_PLACES / 2) break;
      if (!places.pinned.has(id)) places.at.delete(id);
    }
  }
  return places;
}
