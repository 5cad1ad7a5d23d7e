import { useEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../shared/base/result';
import { MAX_NODES, type TopologyGraph, type TopologyQuery } from '../../../shared/contract/topology';
import { engine } from '../../client/engine';
import { problemOf, wasCancelled } from '../../client/engine-client';
import { Paced } from '../../client/paced';
import { useAlerts } from '../../stores/alerts';
import { useFilter } from '../../stores/filter';
import { whenGrown } from '../../stores/growth';
import { selectSessionId, useSession } from '../../stores/session';
import { useChoices } from './store';

/** While packets come, no more often: each time the engine goes over all flows. */
const REFRESH_MS = 1500;

interface Answer {
  readonly session: number | null;
  /** Filter and time range that it is of. */
  readonly filter: number;
  readonly graph: TopologyGraph | null;
  readonly problem: Problem | null;
}

/** The graph of what was chosen, of the present session; that of the question before stays until the new one comes. */
export function useTopology() {
  const session = useSession(selectSessionId);
  const load = useSession((state) => state.tick?.load.state ?? 'none');
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const filter = useFilter((state) => state.id);
  const { scope, grouping, open } = useChoices();
  const query = useMemo<TopologyQuery>(() => ({ scope, grouping, open, limit: MAX_NODES }), [scope, grouping, open]);
  const asked = useRef(query);
  asked.current = query;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [refresh] = useState(() => new Paced(async () => setAnswer(await ask(asked.current)), REFRESH_MS));

  // biome-ignore lint/correctness/useExhaustiveDependencies: something else is asked
  useEffect(() => refresh.ask(true), [refresh, session, filter, load, query]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these may change the graph
  useEffect(() => {
    if (!document.hidden) refresh.ask();
  }, [refresh, revision]);
  // Not by a hook: the view need not be rendered for every tick.
  useEffect(() => whenGrown(() => refresh.ask()), [refresh]);
  useEffect(() => () => refresh.stop(), [refresh]);

  const mine = answer?.session === session ? answer : null;
  return {
    session,
    graph: mine?.graph ?? null,
    isStale: mine?.filter !== filter,
    problem: mine?.problem ?? null,
    again: () => refresh.ask(true),
  };
}

async function ask(query: TopologyQuery): Promise<Answer> {
  const about = { session: selectSessionId(useSession.getState()), filter: useFilter.getState().id };
  try {
    return { ...about, graph: await engine.call('topology.graph', query), problem: null };
  } catch (error) {
    return { ...about, graph: null, problem: wasCancelled(error) ? null : problemOf(error) };
  }
}
