import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { Places } from '../engine/enrich/geo/places';
import { jsonLine, packetColumn } from '../engine/exports/packet-columns';
import type { Listing } from './listing';
import { cell, Output } from './output';

export interface PacketsOptions {
  readonly fields: readonly string[];
  readonly limit: number;
  /** For the fields that need places. */
  readonly geo: GeoDatabase | null;
  readonly json: boolean;
}

/** Prints a line a packet while the capture is read. */
export async function printPackets(listing: Listing, { fields, limit, geo, json }: PacketsOptions): Promise<void> {
  const output = new Output();
  const { tables } = listing.capture;
  const places = geo && new Places(geo, tables.addresses);
  const columns = fields.map((name) => packetColumn(listing.capture, name, places));
  const needsTree = columns.some((column) => column.fromTables === null);
  if (!json) output.line(fields.join('\t'));
  let printed = 0;
  if (limit > 0) {
    for await (const { row, dissect } of listing.rows()) {
      const dissection = needsTree ? await dissect() : null;
      const values = columns.map(({ fromTables, fromTree }) => (fromTables ? fromTables(row) : dissection ? fromTree(dissection) : null));
      output.line(json ? jsonLine(fields, values) : values.map((value) => cell(value === null ? '' : String(value))).join('\t'));
      printed++;
      if (printed >= limit || output.closed) break;
    }
  }
  output.flush();
}
