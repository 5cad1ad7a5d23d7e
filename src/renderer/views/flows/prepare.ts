import { engine } from '../../client/engine';
import { SORTS, useFlowSettings } from './column-store';

/** Before somebody looks: the engine puts the flows in order and keeps it. */
export function prepareFlows(): Promise<unknown> {
  const { column, descending } = useFlowSettings.getState().sort;
  return engine.call('flows.rows', { from: 0, count: 1, sort: SORTS[column], descending });
}
