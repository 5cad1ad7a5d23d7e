import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import type { StatisticsSnapshot } from '../../../shared/model/records';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { Paced } from '../../client/paced';
import { isFiltered, useFilter } from '../../stores/filter';
import { selectSessionId, useSession } from '../../stores/session';

/** While packets come, no more often: each time the engine counts rankings anew. */
const REFRESH_MS = 1000;

export interface Statistics {
  /** Of the present session; that of the filter before stays until the new one comes. Null before the first. */
  readonly snapshot: StatisticsSnapshot | null;
  readonly scope: 'all' | 'shown';
  readonly isStale: boolean;
  readonly problem: Problem | null;
}

interface Counted {
  readonly session: number | null;
  readonly filter: number;
  readonly scope: 'all' | 'shown';
  readonly snapshot: StatisticsSnapshot | null;
  readonly problem: Problem | null;
}

/** What the views count, of everything or of what the filter shows; kept up while it grows and the window is seen. */
export function useStatistics(): Statistics {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const filter = useFilter((state) => state.id);
  const [counted, setCounted] = useState<Counted | null>(null);
  const [refresh] = useState(() => new Paced(async () => setCounted(await count()), REFRESH_MS));

  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is to be counted
  useEffect(() => refresh.ask(true), [refresh, session, filter, load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there is more to be counted
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, packets, scanned]);
  useEffect(() => {
    const onVisible = (): void => {
      if (!document.hidden) refresh.ask();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      refresh.stop();
    };
  }, [refresh]);

  const mine = counted?.session === session ? counted : null;
  return {
    snapshot: mine?.snapshot ?? null,
    scope: mine?.scope ?? 'all',
    isStale: mine?.filter !== filter,
    problem: mine?.problem ?? null,
  };
}

async function count(): Promise<Counted> {
  const session = selectSessionId(useSession.getState());
  const state = useFilter.getState();
  const scope = isFiltered(state) ? 'shown' : 'all';
  const about = { session, filter: state.id, scope } as const;
  try {
    return { ...about, snapshot: await engine.call('statistics', { scope }), problem: null };
  } catch (error) {
    return { ...about, snapshot: null, problem: wasCancelled(error) ? null : problemOf(error) };
  }
}
