import type { Dissection } from '../engine/decode/tree/dissection';
import type { Field } from '../engine/decode/tree/field';
import { protocolFilterNames } from '../engine/decode/tree/fields';
import type { GeoDatabase } from '../engine/enrich/geo/geo-database';
import { Places } from '../engine/enrich/geo/places';
import { filterFields } from '../engine/filter/all-fields';
import { hex } from '../shared/base/bytes';
import type { PacketIndex } from '../shared/model/units';
import type { Listing } from './listing';
import { cell, Output } from './output';
import { columnFields, countryFields, type Value } from './packet-fields';

export const DEFAULT_FIELDS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'];

export interface PacketsOptions {
  readonly fields: readonly string[];
  readonly limit: number;
  /** For the fields that need places. */
  readonly geo: GeoDatabase | null;
  readonly json: boolean;
}

/** A column of the output: from the tables, or from the packet's tree. */
interface Column {
  readonly name: string;
  readonly fromTables: ((row: PacketIndex) => Value) | null;
  readonly fromTree: (dissection: Dissection) => Value;
}

/** Prints a line a packet while the capture is read. */
export async function printPackets(listing: Listing, options: PacketsOptions): Promise<void> {
  const output = new Output();
  const places = options.geo && new Places(options.geo, listing.capture.tables.addresses);
  const columns = options.fields.map((name) => columnOf(listing, name, places));
  const needsTree = columns.some((column) => column.fromTables === null);
  if (!options.json) output.line(options.fields.join('\t'));
  let printed = 0;
  if (options.limit > 0) {
    for await (const { row, dissect } of listing.rows()) {
      const dissection = needsTree ? await dissect() : null;
      const values = columns.map(({ fromTables, fromTree }) => (fromTables ? fromTables(row) : dissection ? fromTree(dissection) : null));
      output.line(options.json ? jsonLine(columns, values) : values.map((value) => cell(value === null ? '' : String(value))).join('\t'));
      printed++;
      if (printed >= options.limit || output.closed) break;
    }
  }
  output.flush();
}

const TREE_NAMES: ReadonlyMap<string, string> = new Map([['tlsJa4', 'tls.handshake.ja4']]);

/** Names of the contract, beside those of display filters. */
export const contractFields: readonly string[] = [
  ...new Set([...DEFAULT_FIELDS, ...Object.keys(columnFields), ...TREE_NAMES.keys(), ...Object.keys(countryFields)]),
];

/** True where a database of places is needed. */
export const needsPlaces = (fields: readonly string[]): boolean => fields.some((field) => Object.hasOwn(countryFields, field));

/** True for the contract's fields, and for every name that a display filter knows. */
export const isKnownField = (name: string): boolean =>
  contractFields.includes(name) || filterFields.definitions.has(name) || filterFields.aliases.has(name) || protocolFilterNames.has(name);

function columnOf(listing: Listing, name: string, places: Places | null): Column {
  const get = columnFields[name] ?? countryFields[name]?.(places);
  const { tables } = listing.capture;
  if (get) return { name, fromTables: (row) => get(tables, row), fromTree: () => null };
  if (name === 'info') return { name, fromTables: null, fromTree: (dissection) => dissection.info };
  const field = TREE_NAMES.get(name) ?? name;
  const names = listing.fieldNames(field);
  return { name, fromTables: null, fromTree: (dissection) => firstValue(dissection.root, names) };
}

/** First value of a field in tree order, as text where it is not a number or a truth value; a protocol's name is 'true' where it is present. */
function firstValue(fields: readonly Field[], names: ReadonlySet<string>): Value {
  for (const field of fields) {
    if (names.has(field.name)) return fieldValue(field);
    const inner = firstValue(field.children, names);
    if (inner !== null) return inner;
  }
  return null;
}

function fieldValue(field: Field): Value {
  const { value } = field;
  if (value === null) return true;
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? hex(value, 0, value.length, ':') : value;
}

function jsonLine(columns: readonly Column[], values: readonly Value[]): string {
  const record: Record<string, Value> = {};
  for (const [i, column] of columns.entries()) {
    const value = values[i] ?? null;
    if (value !== null) record[column.name] = value;
  }
  return JSON.stringify(record);
}
