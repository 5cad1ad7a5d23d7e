import type { Capture } from '../engine/capture';
import { CHUNK_MASK } from '../engine/columns/column-chunk';
import { FLOW_FIELDS, flowRecord } from '../engine/exports/flow-records';
import { NONE_32 } from '../shared/model/units';
import type { Listing } from './listing';
import { cell, Output } from './output';

/** Prints a line a flow, in the order in which they began: all of them, or those of the packets that `listing`'s filter takes. */
export async function printFlows(capture: Capture, listing: Listing | null, json: boolean): Promise<void> {
  const wanted = listing ? await flowsOf(listing) : null;
  if (!listing) while (await capture.next()) {}
  const { tables, pipeline } = capture;
  const output = new Output();
  if (!json) output.line(FLOW_FIELDS.join('\t'));
  for (let flow = tables.flows.oldest; flow < tables.flows.count && !output.closed; flow++) {
    if (wanted && !wanted.has(flow)) continue;
    const record = flowRecord(tables, (service) => pipeline.applications.protocolName(service), flow);
    if (json) output.line(JSON.stringify(Object.fromEntries(FLOW_FIELDS.map((name) => [name, record[name]]))));
    else output.line(FLOW_FIELDS.map((name) => cell(record[name] === null ? '' : String(record[name]))).join('\t'));
  }
  output.flush();
}

async function flowsOf(listing: Listing): Promise<Set<number>> {
  const { packets } = listing.capture.tables;
  const flows = new Set<number>();
  for await (const { row } of listing.rows()) flows.add(packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32);
  return flows;
}
