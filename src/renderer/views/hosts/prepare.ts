import { engine } from '../../client/engine';
import { useHostQuery } from '../../stores/host-query';
import { SORTS, useHostColumns } from './column-store';

/** Before somebody looks: the engine counts the hosts, puts them in order and keeps it. */
export function prepareHosts(): Promise<unknown> {
  const { column, descending } = useHostColumns.getState().sort;
  return engine.call('hosts.rows', { from: 0, count: 1, query: useHostQuery.getState(), sort: SORTS[column], descending });
}
