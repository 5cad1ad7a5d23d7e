import type { Exported, TableFormat } from '../../shared/contract/exports';
import { Turn } from '../budget';
import type { Session } from '../session';
import { FLOW_FIELDS, flowRecord } from './flow-records';
import { packetColumn } from './packet-columns';
import type { Countries } from './packet-fields';
import type { Progress, RowList } from './row-list';
import { TableFile } from './table-file';

/** Of a flow, beside the command line's. */
const MORE_FLOW_FIELDS = ['roundTrip', 'retransmissions', 'process'] as const;

/** A line a packet, with these fields. When `signal` is aborted it ends early. */
export async function writePacketTable(
  { capture, dissector }: Session,
  rows: RowList,
  { fields, format, places }: { readonly fields: readonly string[]; readonly format: TableFormat; readonly places: Countries },
  path: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Exported> {
  const { packets } = capture.tables;
  const columns = fields.map((name) => packetColumn(capture, name, places));
  const needsTree = columns.some(({ fromTables }) => fromTables === null);
  const turn = new Turn();
  let missing = 0;
  progress.total = rows.count;
  const written = await TableFile.write(path, fields, format, async (table) => {
    for (let i = 0; i < rows.count && !signal.aborted; i++) {
      const row = rows.row(i);
      const dissection = needsTree && packets.has(row) ? await dissector.dissect(row) : null;
      // Reading the frame takes time, in which the packet may go.
      if (packets.has(row)) {
        await table.add(columns.map(({ fromTables, fromTree }) => (fromTables ? fromTables(row) : dissection && fromTree(dissection))));
      } else missing++;
      progress.done = i + 1;
      if (turn.over) await turn.next();
    }
  });
  return { ...written, missing };
}

/** A line a flow. */
export async function writeFlowTable(
  { capture: { tables, pipeline } }: Session,
  flows: Uint32Array,
  format: TableFormat,
  path: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<Exported> {
  const fields = [...FLOW_FIELDS, ...MORE_FLOW_FIELDS];
  const turn = new Turn();
  let missing = 0;
  progress.total = flows.length;
  const written = await TableFile.write(path, fields, format, async (table) => {
    for (const [i, flow] of flows.entries()) {
      if (signal.aborted) break;
      if (tables.flows.has(flow)) {
        const record = flowRecord(tables, (service) => pipeline.applications.protocolName(service), flow);
        await table.add(fields.map((name) => record[name]));
      } else missing++;
      progress.done = i + 1;
      if (turn.over) await turn.next();
    }
  });
  return { ...written, missing };
}
