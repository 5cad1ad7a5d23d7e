import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { Paced } from '../../client/paced';
import { isFiltered, useFilter } from '../../stores/filter';
import { selectSessionId, useSession } from '../../stores/session';

export type Scope = 'all' | 'shown';

export interface Counted<T> {
  /** Of the present session; that of the filter before stays until the new one comes. Null before the first. */
  readonly value: T | null;
  readonly scope: Scope;
  readonly isStale: boolean;
  readonly problem: Problem | null;
}

interface Answer<T> {
  readonly session: number | null;
  readonly filter: number;
  readonly scope: Scope;
  readonly value: T | null;
  readonly problem: Problem | null;
}

/**
 * What the engine counts, of everything or of what the filter shows; kept up while it grows and the window is seen, asked no more often than
 * once in `interval` ms: each time the engine counts anew. `revision`: something else that the numbers have changed.
 */
export function useCounted<T>(call: (scope: Scope) => Promise<T>, interval: number, revision = 0): Counted<T> {
  const session = useSession(selectSessionId);
  const packets = useSession((state) => state.tick?.packets ?? 0);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const scanned = useSession((state) => state.tick?.filter.scanned ?? 0);
  const filter = useFilter((state) => state.id);
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const [refresh] = useState(() => new Paced(async () => setAnswer(await ask(call)), interval));

  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is to be counted
  useEffect(() => refresh.ask(true), [refresh, session, filter, load]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there is more to be counted
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, packets, scanned, revision]);
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

  const mine = answer?.session === session ? answer : null;
  return {
    value: mine?.value ?? null,
    scope: mine?.scope ?? 'all',
    isStale: mine?.filter !== filter,
    problem: mine?.problem ?? null,
  };
}

async function ask<T>(call: (scope: Scope) => Promise<T>): Promise<Answer<T>> {
  const session = selectSessionId(useSession.getState());
  const state = useFilter.getState();
  const scope = isFiltered(state) ? 'shown' : 'all';
  const about = { session, filter: state.id, scope } as const;
  try {
    return { ...about, value: await call(scope), problem: null };
  } catch (error) {
    return { ...about, value: null, problem: wasCancelled(error) ? null : problemOf(error) };
  }
}
