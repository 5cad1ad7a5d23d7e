import { protocolNames } from '../decode/protocol-names';
import type { FilterTables } from '../filter/leaves';
import type { SessionTables } from '../session-tables';
import { flowHost } from './flow-rows';

/** What display filters read of a session. `serviceName` turns a flow's service number into a name, `countryOf` is the database of places. */
export function filterTables(
  tables: SessionTables,
  serviceName: (service: number) => string,
  countryOf?: FilterTables['countryOf'],
): FilterTables {
  const { flows } = tables;
  return {
    ...tables,
    protocolNames,
    countryOf,
    filterFlows: {
      has: (flow) => flows.has(flow),
      state: (flow) => flows.state(flow),
      host: (flow) => flowHost(tables, flow),
      service: (flow) => flows.service(flow),
      process: (flow) => tables.processes?.name(flow) ?? 0,
      processes: tables.processes?.names ?? null,
      serviceName,
    },
  };
}
