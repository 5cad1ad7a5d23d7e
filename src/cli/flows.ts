import { flowRow } from '../engine/api/flow-rows';
import type { Capture } from '../engine/capture';
import { CHUNK_MASK } from '../engine/columns/column-chunk';
import { epochText } from '../engine/columns/packet-table';
import { NONE_32 } from '../shared/model/units';
import type { Listing } from './listing';
import { cell, Output } from './output';

const COLUMNS = [
  'protocol',
  'source',
  'sourcePort',
  'destination',
  'destinationPort',
  'firstTime',
  'lastTime',
  'duration',
  'packets',
  'bytes',
  'packetsBack',
  'bytesBack',
  'state',
  'tcpFlags',
  'service',
  'host',
] as const;

const NANOSECONDS = 1_000_000_000;
const DECIMALS = 9;

/** Prints a line a flow, in the order in which they began: all of them, or those of the packets that `listing`'s filter takes. */
export async function printFlows(capture: Capture, listing: Listing | null, json: boolean): Promise<void> {
  const wanted = listing ? await flowsOf(listing) : null;
  if (!listing) while (await capture.next()) {}
  const { tables, pipeline } = capture;
  const output = new Output();
  if (!json) output.line(COLUMNS.join('\t'));
  const time = (nanoseconds: number): string => {
    const second = Math.floor(nanoseconds / NANOSECONDS);
    return epochText(tables.packets.startSecond + second, Math.round(nanoseconds - second * NANOSECONDS));
  };
  for (let flow = tables.flows.oldest; flow < tables.flows.count && !output.closed; flow++) {
    if (wanted && !wanted.has(flow)) continue;
    const row = flowRow(tables, (service) => pipeline.applications.protocolName(service), flow);
    const record = {
      ...row,
      firstTime: time(row.firstTime),
      lastTime: time(row.lastTime),
      duration: ((row.lastTime - row.firstTime) / NANOSECONDS).toFixed(DECIMALS),
    };
    if (json) output.line(JSON.stringify(Object.fromEntries(COLUMNS.map((name) => [name, record[name]]))));
    else output.line(COLUMNS.map((name) => cell(record[name] === null ? '' : String(record[name]))).join('\t'));
  }
  output.flush();
}

async function flowsOf(listing: Listing): Promise<Set<number>> {
  const { packets } = listing.capture.tables;
  const flows = new Set<number>();
  for await (const { row } of listing.rows()) flows.add(packets.chunkOf(row).flow[row & CHUNK_MASK] ?? NONE_32);
  return flows;
}
