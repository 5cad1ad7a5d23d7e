import type { MapScope } from '../../../shared/contract/map';
import { engine } from '../../client/engine';
import { useAlerts } from '../../stores/alerts';
import { useCounted } from '../../stores/counted';
import { isFiltered, useFilter } from '../../stores/filter';
import { Question } from '../../stores/question';
import { loadOutlines } from './world-shapes';

/** While packets come, no more often: each time the engine goes over all flows. */
const REFRESH_MS = 1000;
/** So many places more make it one such interval longer: all of them are sent and joined to clusters each time. */
const PLACES_A_REFRESH = 5000;

const world = new Question((scope) => engine.call('map.places', { scope }));

const interval = (): number => REFRESH_MS * (1 + Math.floor((world.kept?.value?.places.length ?? 0) / PLACES_A_REFRESH));

export const presentScope = (): MapScope => (isFiltered(useFilter.getState()) ? 'shown' : 'all');

/** Countries and places of what the filter shows. */
export function useWorld() {
  const revision = useAlerts((state) => state.news?.revision ?? 0);
  const { value, ...rest } = useCounted(world, interval, revision);
  return { world: value, ...rest };
}

/** Before somebody looks. */
export async function prepareMap(): Promise<void> {
  await world.ask();
  // Where they cannot be read the map says so itself.
  await loadOutlines(false).catch(() => undefined);
}
