import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { MapScope, MapWorld } from '../../../shared/contract/map';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { Paced } from '../../client/paced';
import { useAlerts } from '../../stores/alerts';
import { isFiltered, useFilter } from '../../stores/filter';
import { whenGrown } from '../../stores/growth';
import { selectSessionId, useSession } from '../../stores/session';

/** While packets come, no more often: each time the engine goes over all flows. */
const REFRESH_MS = 1000;
/** So many places more make it one such interval longer: all of them are sent and joined to clusters each time. */
const PLACES_A_REFRESH = 5000;

interface Counted {
  readonly session: number | null;
  readonly filter: number;
  readonly scope: MapScope;
  readonly world: MapWorld | null;
  readonly problem: Problem | null;
}

export const presentScope = (): MapScope => (isFiltered(useFilter.getState()) ? 'shown' : 'all');

/** Countries and places of what the filter shows; kept up while it grows and the window is seen. */
export function useWorld() {
  const session = useSession(selectSessionId);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const filter = useFilter((state) => state.id);
  const [counted, setCounted] = useState<Counted | null>(null);
  const places = useRef(0);
  const [refresh] = useState(
    () =>
      new Paced(
        async () => {
          const next = await count();
          places.current = next.world?.places.length ?? 0;
          setCounted(next);
        },
        () => REFRESH_MS * (1 + Math.floor(places.current / PLACES_A_REFRESH)),
      ),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is to be counted
  useEffect(() => refresh.ask(true), [refresh, session, filter, load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other alerts are to be counted
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, revision]);
  // Not by a hook: the view need not be rendered for every tick.
  useEffect(() => whenGrown(() => refresh.ask()), [refresh]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const mine = counted?.session === session ? counted : null;
  return {
    /** Null before the first answer; that of the filter before stays until the new one comes. */
    world: mine?.world ?? null,
    scope: mine?.scope ?? 'all',
    isStale: mine?.filter !== filter,
    problem: mine?.problem ?? null,
    again: () => refresh.ask(true),
  };
}

async function count(): Promise<Counted> {
  const session = selectSessionId(useSession.getState());
  const scope = presentScope();
  const about = { session, filter: useFilter.getState().id, scope };
  try {
    return { ...about, world: await engine.call('map.places', { scope }), problem: null };
  } catch (error) {
    return { ...about, world: null, problem: wasCancelled(error) ? null : problemOf(error) };
  }
}
