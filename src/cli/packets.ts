import type { Capture } from '../engine/capture';
import { cell, Output } from './output';
import { columnFields, type Getter, type Value } from './packet-fields';

export const DEFAULT_FIELDS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'];

export interface PacketsOptions {
  readonly fields: readonly string[];
  readonly limit: number;
  readonly json: boolean;
}

/** Prints a line a packet while the capture is read. */
export async function printPackets(capture: Capture, options: PacketsOptions): Promise<void> {
  const output = new Output();
  const getters = options.fields.map((field): readonly [string, Getter] => [field, columnFields[field] ?? (() => null)]);
  if (!options.json) output.line(options.fields.join('\t'));
  let printed = 0;
  while (printed < options.limit && !output.closed) {
    const batch = await capture.next();
    if (!batch) break;
    const { packets } = capture.tables;
    for (let row = packets.count - batch.count; row < packets.count && printed < options.limit; row++) {
      output.line(
        options.json ? jsonLine(capture, getters, row) : getters.map(([, get]) => cell(text(get(capture.tables, row)))).join('\t'),
      );
      printed++;
    }
  }
  output.flush();
}

const text = (value: Value): string => (value === null ? '' : String(value));

function jsonLine(capture: Capture, getters: readonly (readonly [string, Getter])[], row: number): string {
  const record: Record<string, Value> = {};
  for (const [name, get] of getters) {
    const value = get(capture.tables, row);
    if (value !== null) record[name] = value;
  }
  return JSON.stringify(record);
}
