import { engine } from '../../client/engine';
import { useAlerts } from '../../stores/alerts';
import { useCounted } from './useCounted';

/** While packets come, no more often than that, ms. Places cost a walk over all flows, what is new one over all addresses. */
const STATISTICS_MS = 1000;
const PLACES_MS = 2000;
const NEW_MS = 5000;

export const useStatistics = () => useCounted((scope) => engine.call('statistics', { scope }), STATISTICS_MS);

export function usePlaces() {
  const revision = useAlerts(({ news }) => news?.revision ?? 0);
  return useCounted((scope) => engine.call('overview.places', { scope }), PLACES_MS, revision);
}

export const useNewToday = () => useCounted((scope) => engine.call('overview.new', { scope }), NEW_MS);
