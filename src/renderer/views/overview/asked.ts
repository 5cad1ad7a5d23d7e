import { engine } from '../../client/engine';
import { useAlerts } from '../../stores/alerts';
import { useCounted } from '../../stores/counted';
import { Question } from '../../stores/question';

/** While packets come, no more often than that, ms. Places cost a walk over all flows, what is new one over all addresses. */
const STATISTICS_MS = 1000;
const PLACES_MS = 2000;
const NEW_MS = 5000;

const statistics = new Question((scope) => engine.call('statistics', { scope }));
// One after the other: what is on top of the page does not wait for what is below.
const places = new Question(async (scope) => {
  await statistics.underWay();
  return engine.call('overview.places', { scope });
});
const newToday = new Question(async (scope) => {
  await statistics.underWay();
  await places.underWay();
  return engine.call('overview.new', { scope });
});

export const useStatistics = () => useCounted(statistics, STATISTICS_MS);

export function usePlaces() {
  const revision = useAlerts(({ news }) => news?.revision ?? 0);
  return useCounted(places, PLACES_MS, revision);
}

export const useNewToday = () => useCounted(newToday, NEW_MS);

/** Before somebody looks. */
export async function prepareOverview(): Promise<void> {
  for (const question of [statistics, places, newToday]) await question.ask();
}
