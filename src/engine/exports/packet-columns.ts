import { hex } from '../../shared/base/bytes';
import { NONE_32, type PacketIndex } from '../../shared/model/units';
import { filterTables } from '../api/filter-tables';
import { packetRow } from '../api/packet-rows';
import type { Capture } from '../capture';
import { CHUNK_MASK } from '../columns/column-chunk';
import type { Dissection } from '../decode/tree/dissection';
import type { Field } from '../decode/tree/field';
import { protocolFilterNames } from '../decode/tree/fields';
import { filterFields } from '../filter/all-fields';
import { ownValues } from '../row-look/own-values';
import { type Countries, columnFields, countryFields, type Value } from './packet-fields';

/** Those of the packet list. */
export const DEFAULT_FIELDS = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'];

/** A column of a table of packets: from the session's tables, or from the packet's tree. */
export interface PacketColumn {
  readonly name: string;
  readonly fromTables: ((row: PacketIndex) => Value) | null;
  readonly fromTree: (dissection: Dissection) => Value;
}

/** 'country', 'source.country'. */
const COUNTRY = /^(\w+\.)?country$/;
const TREE_NAMES: ReadonlyMap<string, string> = new Map([['tlsJa4', 'tls.handshake.ja4']]);

/** Names beside those of display filters. */
export const contractFields: readonly string[] = [
  ...new Set([...DEFAULT_FIELDS, ...Object.keys(columnFields), ...TREE_NAMES.keys(), ...Object.keys(countryFields)]),
];

/** True where a database of places is needed. */
export const needsPlaces = (fields: readonly string[]): boolean =>
  fields.some((field) => Object.hasOwn(countryFields, field) || COUNTRY.test(field));

/** True for `contractFields`, and for every name that a display filter knows. */
export const isKnownField = (name: string): boolean =>
  contractFields.includes(name) ||
  ownValues(name) !== undefined ||
  filterFields.definitions.has(name) ||
  filterFields.aliases.has(name) ||
  protocolFilterNames.has(name);

/** Of a name that `isKnownField` knows. */
export function packetColumn(capture: Capture, name: string, places: Countries): PacketColumn {
  const { tables } = capture;
  const get = columnFields[name] ?? countryFields[name]?.(places);
  if (get) return { name, fromTables: (row) => get(tables, row), fromTree: () => null };
  if (name === 'info' || name === '_ws.col.info') return { name, fromTables: null, fromTree: (dissection) => dissection.info };
  const own = ownValues(name);
  if (own) return { name, fromTables: ownColumn(capture, own, places), fromTree: () => null };
  const field = TREE_NAMES.get(name) ?? name;
  const names = new Set(filterFields.aliases.get(field) ?? [field]);
  return { name, fromTables: null, fromTree: (dissection) => firstValue(dissection.root, names) };
}

/** What is in no tree: the packet's flow, its comment, its places. The first value where there are several. */
function ownColumn(
  { tables, pipeline }: Capture,
  own: NonNullable<ReturnType<typeof ownValues>>,
  places: Countries,
): (row: PacketIndex) => Value {
  const serviceName = (service: number): string => pipeline.applications.protocolName(service);
  const { comments, filterFlows: flows, texts, packets } = filterTables(tables, serviceName);
  return (row) => {
    const values = own({
      row: packetRow(tables, row, ''),
      flows,
      comments: comments.get(row) ?? [],
      text: (index) => texts.text(index),
      country: (side) => places?.countryOf(packets.chunkOf(row)[side][row & CHUNK_MASK] ?? NONE_32) ?? null,
    });
    return values.find((value) => value !== null && value !== '') ?? null;
  };
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

/** A line of JSON Lines: what has no value is left out. */
export function jsonLine(names: readonly string[], values: readonly Value[]): string {
  const record: Record<string, Value> = {};
  for (const [i, name] of names.entries()) {
    const value = values[i] ?? null;
    if (value !== null) record[name] = value;
  }
  return JSON.stringify(record);
}
