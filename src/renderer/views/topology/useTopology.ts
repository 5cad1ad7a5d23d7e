import { MAX_NODES, type TopologyQuery } from '../../../shared/contract/topology';
import { engine } from '../../client/engine';
import { useAlerts } from '../../stores/alerts';
import { useCounted } from '../../stores/counted';
import { Question } from '../../stores/question';
import { selectSessionId, useSession } from '../../stores/session';
import { useChoices } from './store';

/** While packets come, no more often: each time the engine goes over all flows. */
const REFRESH_MS = 1500;

function chosenQuery(): TopologyQuery {
  const { scope, grouping, open } = useChoices.getState();
  return { scope, grouping, open, limit: MAX_NODES };
}

const graph = new Question(
  () => engine.call('topology.graph', chosenQuery()),
  () => JSON.stringify(chosenQuery()),
);

/** The graph of what was chosen, of the present session; that of the question before stays until the new one comes. */
export function useTopology() {
  const session = useSession(selectSessionId);
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  useChoices();
  const { value, isStale, problem, again } = useCounted(graph, REFRESH_MS, revision);
  return { session, graph: value, isStale, problem, again };
}

/** Before somebody looks. */
export const prepareTopology = (): Promise<unknown> => graph.ask();
