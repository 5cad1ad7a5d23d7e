import { engine } from '../../client/engine';
import { useExposure } from './store';

/** Before somebody looks: the engine counts the ports, puts them in order and keeps it. */
export function prepareExposure(): Promise<unknown> {
  const { host, scope, sort } = useExposure.getState();
  return engine.call('exposure.rows', { host, scope, from: 0, count: 1, sort: sort.column, descending: sort.descending });
}
